// The time zones one can choose, found by place ("paris"), region or what their time is called.
import { fold } from '../i18n/fold';
import { formerName, isZone, presentName } from '../i18n/zone_names';

export interface Zone {
  /** Of the IANA database: "America/Argentina/Buenos_Aires". */
  readonly id: string;
  /** "Buenos Aires" */
  readonly place: string;
  /** "America, Argentina"; empty for UTC. */
  readonly region: string;
  /** What it was called before: "Asia/Calcutta". */
  readonly former: string;
}

/** All that the browser knows, and those that must be there though it may not list them. */
export function zonesOf(listed: readonly string[], needed: readonly string[]): Zone[] {
  const ids = new Set([...listed, ...needed.filter(isZone)].map(presentName));
  return [...ids]
    .map(zoneNamed)
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.region < b.region ? -1 : 1));
}

export function zoneNamed(id: string): Zone {
  const parts = id.replaceAll('_', ' ').split('/');
  return { id, place: parts.at(-1) ?? id, region: parts.slice(0, -1).join(', '), former: formerName(id) };
}

/** Every word stands at the beginning of a word of the zone; those whose place begins with it come first. */
export function findZones(zones: readonly Zone[], query: string, named: (id: string) => string): Zone[] {
  const wanted = pieces(query);
  if (wanted.length === 0) return [...zones];
  const found = zones.filter((zone) => {
    const has = pieces(`${zone.id} ${zone.place} ${zone.former} ${named(zone.id)}`);
    return wanted.every((word) => has.some((each) => each.startsWith(word)));
  });
  const first = (zone: Zone) => (fold(zone.place).startsWith(wanted[0] ?? '') ? 0 : 1);
  return found.sort((a, b) => first(a) - first(b));
}

function pieces(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}+\u2212-]+/u)
    .filter((piece) => piece !== '');
}

/** How clocks there stand now, as people say it: "UTC+1". */
export function offsetName(id: string, now: Date): string {
  const name = part(id, 'en-GB', 'shortOffset', now).replace('GMT', 'UTC').replace('-', '\u2212');
  return name === 'UTC' ? 'UTC+0' : name;
}

/** What its time is called: "Central European Standard Time". */
export function timeName(id: string, locale: string, now: Date): string {
  return part(id, locale, 'long', now);
}

function part(timeZone: string, locale: string, timeZoneName: 'long' | 'shortOffset', now: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(now);
  return parts.find((each) => each.type === 'timeZoneName')?.value ?? '';
}
