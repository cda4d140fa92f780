import { expect, it } from 'vitest';
import { daysLeft, endOf, lives } from './token_life';

const now = new Date('2026-11-23T12:00:00Z');

it('is never longer than asked', () => {
  for (const days of lives) {
    expect(new Date(endOf(days, now)).getTime()).toBeLessThan(now.getTime() + days * 86_400_000);
    expect(daysLeft(endOf(days, now), now)).toBe(days);
  }
});
it('counts the last day', () => {
  expect(daysLeft('2026-11-23T12:00:01Z', now)).toBe(1);
  expect(daysLeft('2026-11-24T12:00:01Z', now)).toBe(2);
  expect(daysLeft('2026-11-22T12:00:00Z', now)).toBe(0);
});
