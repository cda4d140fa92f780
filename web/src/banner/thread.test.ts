import { describe, expect, it } from 'vitest';
import type { Message } from '@pastille/client/live/frames';
import { byDay, dayLabel, firstUnread, withLinks } from './thread';

const message = (id: string, at: string, from = 'u2'): Message => ({ id, conversation: 'c1', from, text: id, at });
const talk = [
  message('m1', '2026-01-01T22:50:00.000Z'),
  message('m2', '2026-01-01T23:10:00.000Z'),
  message('m3', '2026-01-01T23:12:00.000Z'),
  message('m4', '2026-01-01T23:13:00.000Z', 'u1'),
  message('m5', '2026-01-01T23:14:00.000Z', 'u1'),
  message('m6', '2026-01-02T09:00:00.000Z'),
];

describe('a conversation by day', () => {
  it("begins a day at midnight of the reader's zone", () => {
    expect(
      byDay(talk, 'u1', 'Europe/Paris', null, null).map((day) => [day.date, day.lines.map((line) => line.message.id)]),
    ).toEqual([
      ['2026-01-01', ['m1']],
      ['2026-01-02', ['m2', 'm3', 'm4', 'm5', 'm6']],
    ]);
    expect(byDay(talk, 'u1', 'UTC', null, null).map((day) => day.lines.length)).toEqual([5, 1]);
  });

  it('makes runs of what one writer says in a few minutes, and ends one before what is new', () => {
    const ends = (firstNew: string | null) =>
      byDay(talk, 'u1', 'UTC', firstNew, null)
        .flatMap((day) => day.lines)
        .filter((line) => line.ends)
        .map((line) => line.message.id);
    expect(ends(null)).toEqual(['m1', 'm3', 'm5', 'm6']);
    expect(ends('m3')).toEqual(['m1', 'm2', 'm3', 'm5', 'm6']);
  });

  it('marks the last own message that the other one has read', () => {
    const read = (upTo: string | null) =>
      byDay(talk, 'u1', 'UTC', null, upTo)
        .flatMap((day) => day.lines)
        .filter((line) => line.read)
        .map((line) => line.message.id);
    expect(read('m4')).toEqual(['m4']);
    expect(read('m6')).toEqual(['m5']);
    expect(read('m3')).toEqual([]);
    expect(read(null)).toEqual([]);
  });

  it("marks the first message after the other one's sign-in was renewed", () => {
    const first = (renewedAt: string | null) =>
      byDay(talk, 'u1', 'UTC', null, null, renewedAt)
        .flatMap((day) => day.lines)
        .filter((line) => line.firstRenewed)
        .map((line) => line.message.id);
    expect(first(null)).toEqual([]);
    expect(first('2026-01-01T23:12:00.000Z')).toEqual(['m4']);
    expect(first('2026-01-03T00:00:00.000Z')).toEqual([]);
  });

  it('names days as people do', () => {
    const now = new Date('2026-01-02T10:00:00Z');
    const label = (date: string, locale = 'en-GB') => dayLabel(date, locale, 'Europe/Paris', now);
    expect([label('2026-01-02'), label('2026-01-01'), label('2026-01-02', 'fr')]).toEqual([
      'Today',
      'Yesterday',
      'Aujourd’hui',
    ]);
    expect(label('2025-12-24')).toMatch(/^Wednesday,? 24 December 2025$/);
    expect(dayLabel('2026-03-02', 'fr', 'UTC', new Date('2026-03-09T10:00:00Z'))).toBe('Lundi 2 mars');
  });
});

describe('what is new', () => {
  it("is the first of the other one's messages after the read mark", () => {
    expect(firstUnread(talk, 'u1', 'm5', 1, false)).toBe('m6');
    expect(firstUnread(talk, 'u1', null, 3, true)).toBe('m1');
    expect(firstUnread(talk, 'u1', 'm3', 1, false)).toBe('m6');
  });
  it('is nothing when all is read, or when the mark is further back than what is loaded', () => {
    expect(firstUnread(talk, 'u1', 'm6', 0, true)).toBeNull();
    expect(firstUnread(talk, 'u1', 'm0', 9, false)).toBeNull();
    expect(firstUnread(talk, 'u1', null, 70, false)).toBeNull();
  });
});

it('finds web addresses and leaves the full stop alone', () => {
  expect(withLinks('see https://example.org/a?b=1. Or (http://x.test/y)!')).toEqual([
    { text: 'see ' },
    { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
    { text: '. Or (' },
    { text: 'http://x.test/y', href: 'http://x.test/y' },
    { text: ')!' },
  ]);
  expect(withLinks('javascript:alert(1) plain')).toEqual([{ text: 'javascript:alert(1) plain' }]);
});

it.each([
  ['https://en.wikipedia.org/wiki/Pastille_(sweet)', 'https://en.wikipedia.org/wiki/Pastille_(sweet)'],
  ['(see https://en.wikipedia.org/wiki/Pastille_(sweet)).', 'https://en.wikipedia.org/wiki/Pastille_(sweet)'],
  ['[https://x.test/a[1]]', 'https://x.test/a[1]'],
  ['(https://x.test/a)b).', 'https://x.test/a)b'],
  ['« https://x.test/»?!', 'https://x.test/'],
  [`https://x.test/${')'.repeat(4_000)}`, 'https://x.test/'],
])('an address keeps the brackets that it opens itself: %s', (text, href) => {
  expect(withLinks(text).find((part) => part.href !== undefined)?.href).toBe(href);
});
