import { describe, expect, it } from 'vitest';
import { asked, narrowed, readAuditFilter, startOfDay } from './query';

const read = (text: string) => readAuditFilter(new URLSearchParams(text));

describe('what the audit is narrowed by', () => {
  it('is nothing when the address says nothing, or nonsense', () => {
    for (const text of ['', 'kind=cats&outcome=lost&from=today&to=2026-13-40']) {
      expect(narrowed(read(text))).toBe(false);
      expect(asked(read(text), 'UTC')).toEqual({});
    }
  });
  it('is told to the server, whole days in the reader’s zone', () => {
    const filter = read('by=u1&target=t2&kind=team&outcome=refused&from=2026-11-01&to=2026-11-02');
    expect(narrowed(filter)).toBe(true);
    expect(asked(filter, 'Europe/Paris')).toEqual({
      by: 'u1',
      target: 't2',
      action: 'team',
      outcome: 'refused',
      since: '2026-10-31T23:00:00.000Z',
      before: '2026-11-02T23:00:00.000Z',
    });
  });
});

describe('the first instant of a day', () => {
  it.each([
    ['2026-03-29', 0, 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 1, 'Europe/Paris', '2026-03-29T22:00:00.000Z'], // summer time began in between
    ['2026-10-25', 1, 'Europe/Paris', '2026-10-25T23:00:00.000Z'],
    ['2026-12-31', 1, 'Asia/Kathmandu', '2026-12-31T18:15:00.000Z'],
    ['2026-06-01', 0, 'America/Los_Angeles', '2026-06-01T07:00:00.000Z'],
    ['2026-09-06', 0, 'America/Santiago', '2026-09-06T04:00:00.000Z'], // midnight is skipped
    ['2026-09-05', 1, 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['2026-04-05', 0, 'America/Santiago', '2026-04-05T04:00:00.000Z'], // the hour before midnight comes twice
    ['2026-04-04', 0, 'America/Santiago', '2026-04-04T03:00:00.000Z'],
    ['2026-04-24', 0, 'Africa/Cairo', '2026-04-23T22:00:00.000Z'], // midnight is skipped there that day
  ])('%s + %i in %s', (date, on, zone, instant) => {
    expect(startOfDay(date, on, zone)).toBe(instant);
  });
});
