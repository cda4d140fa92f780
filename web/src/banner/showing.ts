// What a colleague shows, in words: since when and until when, as the tip and the head of a
// conversation say it.
import { language, t } from '../i18n/language.svelte';
import { elapsed, shortWhen } from '../i18n/when';
import type { Entry } from '@pastille/client/live/frames';

/** "for 5 min · until 14:30"; nothing for who is offline, of whom no time is known. */
export function showingTimes(entry: Entry, timeZone: string, now: Date): string {
  const times: string[] = [];
  if (entry.since !== null) {
    const time = elapsed(entry.since, language.locale, now);
    times.push(time === null ? t('showing.just-now') : t('showing.for', { time }));
  }
  if (entry.until !== null)
    times.push(t('showing.until', { time: shortWhen(entry.until, language.locale, timeZone, now) }));
  return times.join(' · ');
}
