// When a message becomes a notification of the desktop: only for who asked for it on this device.

const kPrefix = 'pastille.notify.';

export function notifies(me: string): boolean {
  return localStorage.getItem(kPrefix + me) === 'on' && 'Notification' in globalThis && Notification.permission === 'granted';
}

export function rememberNotifies(me: string, on: boolean): void {
  if (on) localStorage.setItem(kPrefix + me, 'on');
  else localStorage.removeItem(kPrefix + me);
}
