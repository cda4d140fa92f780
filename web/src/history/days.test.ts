import { describe, expect, it } from 'vitest';
import { byDays, dayName, duration, type Shown } from './days';

const shown = (from: string, to: string | null = null): Shown => ({
  id: '1',
  status_id: 's1',
  name: 'Connected',
  type: 'connected',
  note: null,
  from,
  to,
});

describe("one's own history", () => {
  it("is put together by days of one's own zone, in its order", () => {
    const items = [shown('2026-11-23T09:00:00Z'), shown('2026-11-22T23:30:00Z'), shown('2026-11-22T10:00:00Z')];
    expect(byDays(items, 'Europe/Paris').map((day) => [day.date, day.items.length])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-22', 1],
    ]);
    expect(byDays(items, 'UTC').map((day) => [day.date, day.items.length])).toEqual([
      ['2026-11-23', 1],
      ['2026-11-22', 2],
    ]);
    expect(byDays([], 'UTC')).toEqual([]);
  });
  it('names days by what is today in that zone', () => {
    const now = new Date('2026-11-22T23:30:00Z');
    expect(dayName('2026-11-23', 'en-GB', 'Europe/Paris', now)).toBe('Today');
    expect(dayName('2026-11-23', 'fr', 'Europe/Paris', now)).toBe('Aujourd’hui');
    expect(dayName('2026-11-22', 'en-GB', 'Europe/Paris', now)).toBe('Yesterday');
    expect(dayName('2026-11-20', 'en-GB', 'Europe/Paris', now)).toBe('Friday 20 November');
    expect(dayName('2025-12-31', 'fr', 'Europe/Paris', now)).toBe('Mercredi 31 décembre 2025');
  });
});

describe('how long', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  it.each([
    ['2026-11-23T11:59:20Z', '40 sec'],
    ['2026-11-23T11:58:59Z', '1 min'],
    ['2026-11-23T10:35:00Z', '1 hr 25 min'],
    ['2026-11-23T10:00:00Z', '2 hr'],
    ['2026-11-20T09:59:00Z', '3 days 2 hr'],
    ['2026-11-23T12:00:01Z', '0 sec'],
  ])('%s', (from, expected) => {
    expect(duration(from, null, 'en', now).replaceAll('\u00a0', ' ')).toBe(expected);
  });
  it('ends where the status ended', () => {
    expect(duration('2026-11-23T10:00:00Z', '2026-11-23T10:05:30Z', 'fr', now)).toBe('5\u00a0min');
  });
});
