// Times as people read them, by Intl, in the person's own zone.

/** "1:24 PM" and "01:24", whichever the locale counts by. */
function clock(locale: string): Intl.DateTimeFormatOptions {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  return { hour: hour12 === true ? 'numeric' : '2-digit', minute: '2-digit' };
}

export function clockTime(instant: string | Date, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { ...clock(locale), timeZone }).format(new Date(instant));
}

/** "2026-11-23", as clocks and calendars have it there. */
function dayIn(timeZone: string, date: Date): string {
  return new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(date);
}

export function isSameDay(one: Date, other: Date, timeZone: string): boolean {
  return dayIn(timeZone, one) === dayIn(timeZone, other);
}

function isSameYear(one: Date, other: Date, timeZone: string): boolean {
  return dayIn(timeZone, one).slice(0, 4) === dayIn(timeZone, other).slice(0, 4);
}

/** The time alone when it is today in that zone, with the day otherwise. */
export function shortWhen(instant: string | Date, locale: string, timeZone: string, now: Date): string {
  const date = new Date(instant);
  if (isSameDay(date, now, timeZone)) return clockTime(date, locale, timeZone);
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...clock(locale),
    timeZone,
    ...(isSameYear(date, now, timeZone) ? {} : { year: 'numeric' as const }),
  }).format(date);
}

/** Today the time, this year the day, before it the day with its year: for narrow columns. */
export function dayOrTime(instant: string, locale: string, timeZone: string, now: Date): string {
  const date = new Date(instant);
  if (isSameDay(date, now, timeZone)) return clockTime(date, locale, timeZone);
  const day = isSameYear(date, now, timeZone)
    ? ({ day: 'numeric', month: 'short' } as const)
    : ({ dateStyle: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, timeZone }).format(date);
}

/** Units are words of the language, as our own texts are: "15 min" stands beside "15 mins" otherwise. */
const words = (locale: string): string => locale.split('-')[0] ?? locale;

const kUnits = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long since, in one unit: "3 min". Under a minute: null, the caller says "just now". */
export function elapsed(instant: string, locale: string, now: Date): string | null {
  const seconds = (now.getTime() - new Date(instant).getTime()) / 1000;
  for (const [unit, size] of kUnits) {
    if (seconds >= size) {
      return new Intl.NumberFormat(words(locale), {
        style: 'unit',
        unit,
        unitDisplay: unit === 'minute' ? 'short' : 'long',
      }).format(Math.floor(seconds / size));
    }
  }
  return null;
}

/** "7 seconds ago", "2 minutes ago", of what is some milliseconds old. */
export function secondsAgo(ms: number, locale: string): string {
  const seconds = Math.floor(ms / 1_000);
  const format = new Intl.RelativeTimeFormat(words(locale), { style: 'short', numeric: 'always' });
  return seconds < 120 ? format.format(-seconds, 'second') : format.format(-Math.floor(seconds / 60), 'minute');
}

/** "45 min", "1 hr", "1 hr 30 min", "2 days": a status's default duration in words. */
export function durationText(seconds: number, locale: string): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const parts = [
    ['day', Math.floor(minutes / 1_440)],
    ['hour', Math.floor((minutes % 1_440) / 60)],
    ['minute', minutes % 60],
  ] as const;
  return parts
    .filter(([, count]) => count > 0)
    .map(([unit, count]) =>
      new Intl.NumberFormat(words(locale), { style: 'unit', unit, unitDisplay: 'short' }).format(count),
    )
    .join(' ');
}
