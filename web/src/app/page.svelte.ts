// What both pages of a signed-in person are made of, whatever they show.
import type { Schemas } from '@pastille/client/http/client';
import { ConversationStore, provideConversations } from '../stores/conversation_store.svelte';
import type { LastKnown } from '../stores/last_known';
import { provideSession, SessionStore } from '../stores/session_store.svelte';
import { leave } from './start';

export interface Begun {
  signedIn: Schemas['SignedIn'];
  /** The server could not be asked: this was known before. */
  before: LastKnown | null;
}

/** open: shows a conversation, as a click on its notification asks. */
export function begin({ signedIn, before }: Begun, open: (conversation: string) => void): void {
  const session = provideSession(new SessionStore(signedIn, leave, before));
  const conversations = provideConversations(new ConversationStore(session));
  $effect(() => () => {
    conversations.close();
    session.close();
  });
  $effect(() => {
    let end: (() => void) | null | undefined;
    // Without it a page shows all there is, as at a start without the server.
    import('./background.svelte').then(
      ({ attend }) => {
        if (end !== null) end = attend(session, conversations, open);
      },
      () => undefined,
    );
    return () => {
      end?.();
      end = null;
    };
  });
}
