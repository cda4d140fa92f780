// The audit day by day, in the reader's own zone.

export interface Day<Item> {
  /** As "2026-11-23", for a key. */
  readonly date: string;
  readonly items: readonly Item[];
}

/** Items come in order of time; so do the days. */
export function byDay<Item extends { readonly at: string }>(items: readonly Item[], timeZone: string): Day<Item>[] {
  const format = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
  const days: { date: string; items: Item[] }[] = [];
  for (const item of items) {
    const date = format.format(new Date(item.at));
    const last = days.at(-1);
    if (last?.date === date) last.items.push(item);
    else days.push({ date, items: [item] });
  }
  return days;
}

export function dayName(at: string, locale: string, timeZone: string): string {
  const name = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  }).format(new Date(at));
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
