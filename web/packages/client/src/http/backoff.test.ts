import { describe, expect, it } from 'vitest';
import { againInMs, readRetryAfter } from './backoff.ts';

describe('trying again', () => {
  it('spreads over three seconds, then over ten', () => {
    expect(againInMs(null, 0, () => 0)).toBe(0);
    expect(againInMs(null, 0, () => 0.999)).toBeLessThan(3_000);
    expect(againInMs(null, 1, () => 0.999)).toBeGreaterThan(9_900);
    expect(againInMs(null, 40, () => 0.999)).toBeLessThan(10_000);
  });
  it('is never sooner than the server said', () => {
    expect(againInMs(5, 0, () => 0)).toBe(5_000);
    expect(againInMs(5, 3, () => 0.5)).toBe(10_000);
  });
});

it.each([
  [null, null],
  ['7', 7],
  [' 120 ', 120],
  ['Mon, 23 Nov 2026 12:00:30 GMT', 30],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ['soon', null],
])('reads Retry-After: %s', (field, seconds) => {
  expect(readRetryAfter(field, new Date('2026-11-23T12:00:00Z'))).toBe(seconds);
});
