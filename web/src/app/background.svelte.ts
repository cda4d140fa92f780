// The background work of a page: the tab's title and icon, saving what the next start shows first, notifications, and
// asking for a newer version. This file is fetched after the first paint.
import type { Frame } from '@pastille/client/live/frames';
import type { ConversationStore } from '../stores/conversation_store.svelte';
import { installation } from '../stores/installation.svelte';
import { lastKnownOf, saveLastKnown } from '../stores/last_known';
import { notificationOf, notifies } from '../stores/notifications';
import type { SessionStore } from '../stores/session_store.svelte';
import { t } from '../i18n/language.svelte';
import { keepTab } from './tab.svelte';

const kRememberEveryMs = 60_000;

/** open: shows a conversation, as a click on its notification asks. Returns its own end. */
export function attend(
  session: SessionStore,
  conversations: ConversationStore,
  open: (conversation: string) => void,
): () => void {
  const ends = [
    $effect.root(() => keepTab(session, conversations)),
    keepRemembering(session),
    keepNotifying(session, open),
    // A server that comes back may have been away for a newer version.
    session.live.listen((frame) => {
      if (frame.is === 'ready') installation.look();
    }),
  ];
  return () => ends.forEach((end) => end());
}

/** When the page goes or is hidden, and now and then in case the machine stops. Returns its own end. */
function keepRemembering(session: SessionStore): () => void {
  const remember = () => {
    const { state } = session.live;
    const { self: user, permissions } = session;
    // What was itself only remembered is there already.
    if (state.epoch !== null) saveLastKnown(lastKnownOf(state, { user, permissions: [...permissions] }));
  };
  const hide = () => {
    if (document.visibilityState === 'hidden') remember();
  };
  const timer = setInterval(remember, kRememberEveryMs);
  addEventListener('pagehide', remember);
  document.addEventListener('visibilitychange', hide);
  return () => {
    clearInterval(timer);
    removeEventListener('pagehide', remember);
    document.removeEventListener('visibilitychange', hide);
  };
}

/** Returns its own end. */
function keepNotifying(session: SessionStore, open: (conversation: string) => void): () => void {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  const hear = (frame: Frame) => {
    if (frame.is !== 'message' || !notifies(session.self.id)) return;
    const name = session.colleague(frame.message.from)?.display_name ?? t('colleagues.former');
    const shown = notificationOf(frame.message, session.self.id, document.visibilityState === 'hidden', name);
    if (shown !== null) worker?.controller?.postMessage({ is: 'notify', ...shown });
  };
  const clicked = ({ data }: MessageEvent<{ is: 'open'; conversation: string }>) => {
    if (data.is === 'open') open(data.conversation);
  };
  const end = session.live.listen(hear);
  worker?.addEventListener('message', clicked);
  return () => {
    end();
    worker?.removeEventListener('message', clicked);
  };
}
