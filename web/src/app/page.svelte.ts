// What both pages of a signed-in person are made of, whatever they show.
import type { Frame } from '@pastille/client/live/frames';
import { installation } from '../live/installation.svelte';
import { Mailbox, provideMailbox } from '../live/mailbox.svelte';
import { notificationOf, notifies } from '../live/notify';
import { keep, remembered, type Remembered } from '../live/remembered';
import { provideWorkplace, Workplace } from '../live/workplace.svelte';
import type { Schemas } from '@pastille/client/http/client';
import { t } from '../i18n/language.svelte';
import { leave } from './start';
import { keepTab } from './tab.svelte';

export interface Begun {
  signedIn: Schemas['SignedIn'];
  /** The server could not be asked: this was known before. */
  before: Remembered | null;
}

const kRememberEveryMs = 60_000;

/** open: shows a conversation, as a click on its notification asks. */
export function begin({ signedIn, before }: Begun, open: (conversation: string) => void): void {
  const workplace = provideWorkplace(new Workplace(signedIn, leave, before));
  const mailbox = provideMailbox(new Mailbox(workplace));
  $effect(() => () => {
    mailbox.close();
    workplace.close();
  });
  keepTab(workplace, mailbox);
  $effect(() => keepRemembering(workplace));
  $effect(() => keepNotifying(workplace, open));
  // A server that comes back may have been away for a newer version.
  $effect(() =>
    workplace.live.listen((frame) => {
      if (frame.is === 'ready') installation.look();
    }),
  );
}

/** When the page goes or is hidden, and now and then in case the machine stops. Returns its own end. */
function keepRemembering(workplace: Workplace): () => void {
  const remember = () => {
    const { state } = workplace.live;
    const { self: user, permissions } = workplace;
    // What was itself only remembered is there already.
    if (state.epoch !== null) keep(remembered(state, { user, permissions: [...permissions] }));
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
function keepNotifying(workplace: Workplace, open: (conversation: string) => void): () => void {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  const hear = (frame: Frame) => {
    if (frame.is !== 'message' || !notifies(workplace.self.id)) return;
    const name = workplace.colleague(frame.message.from)?.display_name ?? t('colleagues.former');
    const shown = notificationOf(frame.message, workplace.self.id, document.visibilityState === 'hidden', name);
    if (shown !== null) worker?.controller?.postMessage({ is: 'notify', ...shown });
  };
  const clicked = ({ data }: MessageEvent<{ is: 'open'; conversation: string }>) => {
    if (data.is === 'open') open(data.conversation);
  };
  const end = workplace.live.listen(hear);
  worker?.addEventListener('message', clicked);
  return () => {
    end();
    worker?.removeEventListener('message', clicked);
  };
}
