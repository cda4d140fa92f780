// A conversation as it stands on the page: by day, in runs of one writer, with the mark of what is new
// and of what the other one has read. Pure.

import type { Message } from '@pastille/client/live/frames';

export interface Line {
  readonly message: Message;
  readonly own: boolean;
  /** The last one of a run: the time stands under it. */
  readonly ends: boolean;
  /** The first one that was not read when the conversation was opened. */
  readonly firstNew: boolean;
  /** The last of one's own that the other one has read. */
  readonly read: boolean;
  /** The first one after the other one's sign-in was renewed. */
  readonly firstRenewed: boolean;
}
export interface Day {
  readonly date: string;
  readonly lines: readonly Line[];
}

/** Messages of one writer within this time are one run. */
const kRunMs = 5 * 60_000;

export function byDay(
  messages: readonly Message[],
  me: string,
  timeZone: string,
  firstNew: string | null,
  partnerReadUpTo: string | null,
  renewedAt: string | null = null,
): Day[] {
  const dateOf = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone });
  const seen = messages.findLastIndex((each) => each.id === partnerReadUpTo);
  const lastRead = messages.findLastIndex((each, i) => i <= seen && each.from === me);
  const renewed = renewedAt === null ? -1 : messages.findIndex((each) => each.at > renewedAt);
  const days: { date: string; lines: Line[] }[] = [];
  messages.forEach((message, i) => {
    const date = dateOf.format(new Date(message.at));
    const next = messages[i + 1];
    const line: Line = {
      message,
      own: message.from === me,
      ends:
        next === undefined ||
        next.from !== message.from ||
        next.id === firstNew ||
        Date.parse(next.at) - Date.parse(message.at) > kRunMs ||
        dateOf.format(new Date(next.at)) !== date,
      firstNew: message.id === firstNew,
      read: i === lastRead,
      firstRenewed: i === renewed,
    };
    const day = days.at(-1);
    if (day?.date === date) day.lines.push(line);
    else days.push({ date, lines: [line] });
  });
  return days;
}

/** The first message of the other one after the read mark; null when all is read, or when it stands
 *  before what is loaded. whole: there are no earlier messages. */
export function firstUnread(
  messages: readonly Message[],
  me: string,
  readUpTo: string | null,
  unread: number,
  whole: boolean,
): string | null {
  if (unread === 0) return null;
  const mark = messages.findIndex((each) => each.id === readUpTo);
  if (mark < 0 && (readUpTo !== null || !whole)) return null;
  return messages.slice(mark + 1).find((each) => each.from !== me)?.id ?? null;
}

/** "Today", "Yesterday", or the date with its weekday; with the year when it is another one. */
export function dayLabel(date: string, locale: string, timeZone: string, now: Date): string {
  const today = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(now);
  const days = Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000);
  const text =
    days === 0 || days === -1
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
      : new Intl.DateTimeFormat(locale, {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
          timeZone: 'UTC',
          ...(date.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }),
        }).format(new Date(date));
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

export type Part = { readonly text: string; readonly href?: string };

/** A text with its web addresses, so that they can be followed. Only http and https. */
export function withLinks(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of text.matchAll(/\bhttps?:\/\/[^\s<>"']+/gi)) {
    const href = withoutEnd(found[0]);
    if (!URL.canParse(href)) continue;
    if (found.index > end) parts.push({ text: text.slice(end, found.index) });
    parts.push({ text: href, href });
    end = found.index + href.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const kOpening: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Without what ends the sentence or the bracket around an address; a bracket that it opens itself is its own. */
function withoutEnd(address: string): string {
  const open: Record<string, number> = { '(': 0, '[': 0, '{': 0 };
  let end = 0;
  for (let i = 0; i < address.length; i++) {
    const sign = address.charAt(i);
    const opening = kOpening[sign];
    if (opening === undefined) {
      if (sign in open) open[sign] = (open[sign] ?? 0) + 1;
      if (!/[.,;:!?»”’]/.test(sign)) end = i + 1;
    } else if ((open[opening] ?? 0) > 0) {
      open[opening] = (open[opening] ?? 0) - 1;
      end = i + 1;
    }
  }
  return address.slice(0, end);
}
