import { describe, expect, it } from 'vitest';
import { durationText } from '../i18n/when';
import { endInstant, endIsPossible, endToSend, type ClearAfter, type End } from './until';

const now = new Date('2026-11-23T13:00:00Z');
const zone = 'Europe/Paris';
const end = (clear: ClearAfter, picked = ''): End => ({ clear, picked });
const shown = (of: End, kept?: string | null, seconds: number | null = null) =>
  endInstant(of, kept, seconds, now, zone)?.toISOString() ?? null;

describe("when one's own status ends", () => {
  it('is left to the status when nothing is chosen', () => {
    expect(endToSend(end('default'), undefined, zone)).toEqual({});
    expect(shown(end('default'), undefined, 1_800)).toBe('2026-11-23T13:30:00.000Z');
    expect(shown(end('default'), undefined, null)).toBeNull();
  });
  it('stays as it is when only the note of the shown status is changed', () => {
    expect(endToSend(end('default'), '2026-11-23T15:00:00.000Z', zone)).toEqual({ until: '2026-11-23T15:00:00.000Z' });
    expect(endToSend(end('default'), null, zone)).toEqual({ until: null });
    expect(shown(end('default'), null, 1_800)).toBeNull();
  });
  it('is never, also when the status has a default', () => {
    expect(endToSend(end('never'), undefined, zone)).toEqual({ until: null });
    expect(shown(end('never'), undefined, 1_800)).toBeNull();
  });
  it.each([
    ['15min', 900, '13:15'],
    ['30min', 1_800, '13:30'],
    ['1h', 3_600, '14:00'],
  ] as const)('is %s from now', (clear, seconds, time) => {
    expect(endToSend(end(clear), null, zone)).toEqual({ for_s: seconds });
    expect(shown(end(clear))).toBe(`2026-11-23T${time}:00.000Z`);
  });
  it('leaves "today" to the server and shows the same midnight', () => {
    expect(endToSend(end('today'), null, zone)).toEqual({ until: 'today' });
    expect(shown(end('today'))).toBe('2026-11-23T23:00:00.000Z');
  });
  it("takes a picked time as the person's own clock shows it", () => {
    expect(endToSend(end('time', '2026-11-23T17:45'), null, zone)).toEqual({ until: '2026-11-23T16:45:00.000Z' });
  });
  it.each([
    ['2026-11-23T14:01', true],
    ['2026-11-23T14:00', false],
    ['2026-11-23T09:00', false],
    ['', false],
    ['2027-11-24T13:59', true],
    ['2027-11-24T14:01', false],
  ])('with a picked "%s" is possible: %s', (picked, possible) => {
    expect(endIsPossible(end('time', picked), now, zone)).toBe(possible);
  });
});

describe('a default duration in words', () => {
  it('names hours and minutes as the language does', () => {
    expect(durationText(1_800, 'en')).toBe('30 min');
    expect(durationText(5_400, 'en')).toBe('1 hr 30 min');
    expect(durationText(3_600, 'fr')).toBe('1\u202fh');
    expect(durationText(172_800, 'en')).toBe('2 days');
  });
});
