// Whether one wants notifications of messages on this device. Off until one asks for them, and the
// browser is asked only then.
import { notifies, rememberNotifies } from '../stores/notifications';

export class Notifying {
  on = $state(false);
  refused = $state(false);
  /** Browsers allow them, and the worker that shows them, only under TLS or on localhost. */
  readonly possible = 'Notification' in globalThis && 'serviceWorker' in navigator;

  constructor(private readonly me: string) {
    if (!this.possible) return;
    this.refused = Notification.permission === 'denied';
    this.on = notifies(me);
  }

  async turn(box: HTMLInputElement): Promise<void> {
    let wanted = box.checked;
    if (wanted) {
      const permission = await Notification.requestPermission();
      this.refused = permission === 'denied';
      wanted = permission === 'granted';
    }
    rememberNotifies(this.me, wanted);
    this.on = wanted;
    box.checked = wanted;
  }
}
