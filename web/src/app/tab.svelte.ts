// What the tab of a page shows: its title with the number of unread messages, and as its icon what
// one shows oneself.
import type { ConversationStore } from '../stores/conversation_store.svelte';
import type { SessionStore } from '../stores/session_store.svelte';
import { pageTitle } from '../ui/page_title.svelte';
import { faviconUrl, titleWith } from './favicon';

/** While the calling component is there. */
export function keepTab(session: SessionStore, conversations: ConversationStore): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  $effect(() => {
    document.title = titleWith(conversations.unread, pageTitle.shown);
  });
  $effect(() => {
    if (icon !== null && session.me !== null)
      icon.href = faviconUrl(session.me.type, conversations.unread > 0, session.lastKnown);
  });
}
