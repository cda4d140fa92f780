import { expect, it } from 'vitest';
import { byDay, dayName } from './days';

it('cuts where midnight is for the reader', () => {
  const items = ['2026-11-23T23:30:00.000Z', '2026-11-23T22:30:00.000Z', '2026-11-22T10:00:00.000Z'].map((at) => ({
    at,
  }));
  expect(byDay(items, 'Europe/Paris').map((day) => [day.date, day.items.length])).toEqual([
    ['2026-11-24', 1],
    ['2026-11-23', 1],
    ['2026-11-22', 1],
  ]);
  expect(byDay(items, 'UTC').map((day) => [day.date, day.items.length])).toEqual([
    ['2026-11-23', 2],
    ['2026-11-22', 1],
  ]);
  expect(byDay([], 'UTC')).toEqual([]);
});

it('names a day with a capital, in any language', () => {
  expect(dayName('2026-11-23T12:00:00.000Z', 'fr', 'UTC')).toBe('Lundi 23 novembre 2026');
});
