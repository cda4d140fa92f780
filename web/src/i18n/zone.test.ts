import { describe, expect, it } from 'vitest';
import { endOfToday, instantOf, wallTime } from './zone';

const at = (wall: string, zone: string) => instantOf(wall, zone)?.toISOString();
const end = (now: string, zone: string) => endOfToday(new Date(now), zone).toISOString();

describe('wall-clock time in a zone', () => {
  it('goes there and back', () => {
    expect(at('2026-11-23T14:30', 'Europe/Paris')).toBe('2026-11-23T13:30:00.000Z');
    expect(wallTime(new Date('2026-11-23T13:30:59Z'), 'Europe/Paris')).toBe('2026-11-23T14:30');
    expect(at('2026-07-01T00:15', 'Asia/Kathmandu')).toBe('2026-06-30T18:30:00.000Z');
    expect(wallTime(new Date('2026-01-01T04:59:00Z'), 'America/New_York')).toBe('2025-12-31T23:59');
  });
  it('takes the first of two, when clocks go back', () => {
    expect(at('2026-10-25T02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
  });
  it('goes on after the jump, when clocks go forward over it', () => {
    expect(at('2026-03-29T02:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
    expect(wallTime(new Date('2026-03-29T01:30:00Z'), 'Europe/Paris')).toBe('2026-03-29T03:30');
  });
  it.each(['', '14:30', '2026-02-30T10:00', '2026-13-01T10:00'])('is nothing for "%s"', (wall) => {
    expect(instantOf(wall, 'Europe/Paris')).toBeNull();
  });
});

describe('the end of today', () => {
  it('is the next midnight of the person, not of the browser and not of UTC', () => {
    expect(end('2026-11-23T23:30:00Z', 'Europe/Paris')).toBe('2026-11-24T23:00:00.000Z');
    expect(end('2026-11-23T22:30:00Z', 'Europe/Paris')).toBe('2026-11-23T23:00:00.000Z');
    expect(end('2026-11-23T12:00:00Z', 'Pacific/Auckland')).toBe('2026-11-24T11:00:00.000Z');
    expect(end('2026-12-31T23:59:59Z', 'UTC')).toBe('2027-01-01T00:00:00.000Z');
  });
  it('comes 23 or 25 hours after the last midnight when clocks change', () => {
    expect(end('2026-03-28T23:00:00Z', 'Europe/Paris')).toBe('2026-03-29T22:00:00.000Z');
    expect(end('2026-10-24T22:00:00Z', 'Europe/Paris')).toBe('2026-10-25T23:00:00.000Z');
  });
  it('is the first instant of the date where midnight itself is skipped', () => {
    // Santiago goes forward at midnight: 2026-09-06 begins at 01:00.
    expect(end('2026-09-05T15:00:00Z', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
    // and back at midnight: 23:00 to 24:00 of 4 April comes twice.
    expect(end('2026-04-04T15:00:00Z', 'America/Santiago')).toBe('2026-04-05T04:00:00.000Z');
  });
});
