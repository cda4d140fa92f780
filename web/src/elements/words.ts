// What the circle says, line by line, in the language of the page around it and the zone of the device.
import { isSameDay, shortWhen } from '../i18n/when';
import type { Update } from './stream';

const texts = {
  en: {
    connected: 'Connected',
    absent: 'Absent',
    busy: 'Busy',
    in_a_call: 'In a call',
    offline: 'Offline',
    since: 'since ',
    until: 'until ',
    onDay: { since: 'since ', until: 'until ' },
    last: 'last known',
    unknown: 'Status unknown',
  },
  fr: {
    connected: 'Connecté',
    absent: 'Absent',
    busy: 'Occupé',
    in_a_call: 'En appel',
    offline: 'Hors ligne',
    since: 'depuis ',
    until: 'jusqu’à ',
    onDay: { since: 'depuis le ', until: 'jusqu’au ' },
    last: 'dernier connu',
    unknown: 'Statut inconnu',
  },
};

/** `tag`: the language of the page; the region of `browser` counts where the tag has none. */
export function words(update: Update | undefined, tag: string, browser: readonly string[], now: Date): string[] {
  const [wanted = 'en', region] = /^(?:en|fr)(-[a-z]{2})?(?![a-z])/i.exec(tag) ?? [];
  const language = /^fr/i.test(wanted) ? 'fr' : 'en';
  const locale = region === undefined ? (browser.find((each) => each.startsWith(`${language}-`)) ?? language) : wanted;
  const text = texts[language];
  if (update === undefined) return [text.unknown];

  const { entry, status, live } = update;
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const times = (['since', 'until'] as const).map((each) => {
    const instant = entry[each];
    if (!instant) return '';
    const before = isSameDay(new Date(instant), now, zone) ? text[each] : text.onDay[each];
    return before + shortWhen(instant, locale, zone, now);
  });
  const name = status?.names[language] ?? status?.name ?? text[entry.type] ?? text.unknown;
  return [name, entry.note ?? '', ...times, live ? '' : text.last].filter(Boolean);
}
