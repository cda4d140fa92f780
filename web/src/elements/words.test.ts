import { describe, expect, it } from 'vitest';
import type { BasicType, Entry, Status } from '@pastille/client/live/frames';
import type { Update } from './stream';
import { words } from './words';

const now = new Date(2026, 10, 23, 9, 0);
const at = (day: number, hour: number): string => new Date(2026, 10, day, hour, 32).toISOString();
const entry: Entry = { user: 'u1', status: 's9', type: 'absent', note: null, since: null, until: null, rev: 1 };
const status: Status = {
  id: 's9',
  name: 'Coffee break',
  names: { fr: 'Pause café' },
  type: 'absent',
  system: false,
  tags: [],
  icon: '☕',
  position: 1,
  default_duration_s: null,
};
const shown = (more: Partial<Entry>, update: Partial<Update> = {}): Update => ({
  entry: { ...entry, ...more },
  status,
  live: true,
  ...update,
});
/** With spaces as people see them. */
const said = (update: Update | undefined, tag = 'en-US', browser: string[] = []) =>
  words(update, tag, browser, now).map((each) => each.replace(/\s/g, ' '));

describe('what a circle says', () => {
  it('names the day where it is not today', () => {
    expect(said(shown({ since: at(23, 8), until: at(24, 19) }))).toEqual([
      'Coffee break',
      'since 8:32 AM',
      'until Nov 24, 7:32 PM',
    ]);
    expect(said(shown({ since: at(22, 8), until: at(24, 19) }), 'fr')).toEqual([
      'Pause café',
      'depuis le 22 nov., 08:32',
      'jusqu’au 24 nov., 19:32',
    ]);
    expect(said(shown({ until: at(23, 19) }), 'fr')[1]).toBe('jusqu’à 19:32');
  });

  it('counts hours as the region of the page does, or of the browser where the page names none', () => {
    expect(said(shown({ until: at(23, 19) }), 'en-GB')[1]).toBe('until 19:32');
    expect(said(shown({ until: at(23, 19) }), 'en', ['fr-FR', 'en-GB'])[1]).toBe('until 19:32');
    expect(said(shown({ until: at(23, 19) }), 'en', [])[1]).toBe('until 7:32 PM');
  });

  it.each(['', 'de', 'en_GB', 'english', 'x', 'fr-x-old-1990-1990'])(
    'lets no odd language tag break it: "%s"',
    (tag) => {
      expect(said(shown({ since: at(23, 8) }), tag)).toHaveLength(2);
    },
  );

  it('says that nothing is known, or what is known of a type that came later', () => {
    expect(said(undefined)).toEqual(['Status unknown']);
    expect(said(undefined, 'fr')).toEqual(['Statut inconnu']);
    const later = 'asleep' as BasicType;
    expect(said(shown({ type: later }))).toEqual(['Coffee break']);
    expect(said(shown({ type: later }, { status: undefined }))).toEqual(['Status unknown']);
  });

  it('calls a call what the pages call it', () => {
    expect(said(shown({ type: 'in_a_call' }, { status: undefined, live: false }), 'fr')).toEqual([
      'En appel',
      'dernier connu',
    ]);
  });
});
