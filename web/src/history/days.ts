// One's own history by days of one's own zone, and how long each status lasted.
import type { Schemas } from '@pastille/client/http/client';
import { wallTime } from '../i18n/zone';

export type Shown = Readonly<Schemas['OwnHistoryItem']>;
export interface Day {
  /** "2026-11-23" */
  readonly date: string;
  readonly items: readonly Shown[];
}

/** Newest first, as they come. What lasted over midnight stands on the day on which it began. */
export function byDays(items: readonly Shown[], timeZone: string): Day[] {
  const days: { date: string; items: Shown[] }[] = [];
  for (const item of items) {
    const date = wallTime(new Date(item.from), timeZone).slice(0, 10);
    const last = days.at(-1);
    if (last?.date === date) last.items.push(item);
    else days.push({ date, items: [item] });
  }
  return days;
}

/** The day's name: today and yesterday in words, otherwise its date, with the year when it is another. */
export function dayName(date: string, locale: string, timeZone: string, now: Date): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const today = wallTime(now, timeZone).slice(0, 10);
  const ago = Math.round((Date.parse(`${today}T12:00:00Z`) - noon.getTime()) / 86_400_000);
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(date.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
  });
  const named =
    ago === 0 || ago === 1
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-ago, 'day')
      : format.format(noon);
  return named.charAt(0).toLocaleUpperCase(locale) + named.slice(1);
}

/** "1 h 25 min", "3 days 2 h", "40 s": the two largest units, whole. */
export function duration(from: string, to: string | null, locale: string, now: Date): string {
  const seconds = Math.max(
    0,
    Math.floor(((to === null ? now : new Date(to)).getTime() - new Date(from).getTime()) / 1000),
  );
  const parts = (
    [
      ['day', 86_400],
      ['hour', 3_600],
      ['minute', 60],
      ['second', 1],
    ] as const
  ).map(([unit, size], at, all) => ({
    unit,
    count: Math.floor((at === 0 ? seconds : seconds % (all[at - 1]?.[1] ?? 1)) / size),
  }));
  const first = parts.findIndex((each) => each.count > 0);
  if (first < 0) return amount(0, 'second', locale);
  // Seconds matter only where there is nothing greater.
  const shown = parts
    .slice(first, first + 2)
    .filter((each, at) => at === 0 || (each.count > 0 && each.unit !== 'second'));
  return shown.map((each) => amount(each.count, each.unit, locale)).join('\u00a0');
}

function amount(count: number, unit: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })
    .format(count)
    .replaceAll(' ', '\u00a0');
}
