// What both pages of a signed-in person are made of, whatever they show.
import type { Frame } from '../live/frames';
import { installation } from '../stores/installation.svelte';
import { ConversationStore, provideConversations } from '../stores/conversation_store.svelte';
import { notificationOf, notifies } from '../stores/notifications';
import { saveLastKnown, lastKnownOf, type LastKnown } from '../stores/last_known';
import { provideSession, SessionStore } from '../stores/session_store.svelte';
import type { Schemas } from '../api/client';
import { t } from '../i18n/language.svelte';
import { leave } from './start';
import { keepTab } from './tab.svelte';

export interface Begun {
  signedIn: Schemas['SignedIn'];
  /** The server could not be asked: this was known before. */
  before: LastKnown | null;
}

const kRememberEveryMs = 60_000;

/** open: shows a conversation, as a click on its notification asks. */
export function begin({ signedIn, before }: Begun, open: (conversation: string) => void): void {
  const session = provideSession(new SessionStore(signedIn, leave, before));
  const conversations = provideConversations(new ConversationStore(session));
  $effect(() => () => {
    conversations.close();
    session.close();
  });
  keepTab(session, conversations);
  $effect(() => keepRemembering(session));
  $effect(() => keepNotifying(session, open));
  // A server that comes back may have been away for a newer version.
  $effect(() =>
    session.live.listen((frame) => {
      if (frame.is === 'ready') installation.look();
    }),
  );
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
