// When a message becomes a notification of the desktop: only for who asked for it on this device, and
// only while the page is out of sight. The service worker shows it, one for a conversation.
import { device } from './device_storage';
import type { Message } from '@pastille/client/live/frames';

const kPrefix = 'pastille.notify.';
const kMostShown = 200;

export function notifies(me: string): boolean {
  return device.get(kPrefix + me) === 'on' && 'Notification' in globalThis && Notification.permission === 'granted';
}

export function rememberNotifies(me: string, on: boolean): void {
  device.set(kPrefix + me, on ? 'on' : null);
}

/** What to show of a message, or null. name: of who wrote it. */
export function notificationOf(
  message: Message,
  me: string,
  hidden: boolean,
  name: string,
): { title: string; body: string; conversation: string } | null {
  if (!hidden || message.from === me) return null;
  const text = [...message.text];
  return {
    title: name,
    body: text.length > kMostShown ? `${text.slice(0, kMostShown - 1).join('')}…` : message.text,
    conversation: message.conversation,
  };
}
