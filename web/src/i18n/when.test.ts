import { expect, it } from 'vitest';
import { dayOrTime, secondsAgo, shortWhen } from './when';

// Abbreviations and spaces are those of the browser's Intl.
it.each([
  [5_999, 'en', /^5\ssec\.?\sago$/],
  [119_999, 'en-GB', /^119\ssec\.?\sago$/],
  [120_000, 'en', /^2\smin\.?\sago$/],
  [7_000, 'fr', /^il\sy\sa\s7\ss$/],
])('says how long ago something %i ms old is in %s', (ms, locale, text) => {
  expect(secondsAgo(ms, locale)).toMatch(text);
});

// The device that runs this may be anywhere: the zone that counts is the person's.
it.each([
  ['2026-12-31T20:00:00.000Z', '2026-12-31T12:00:00.000Z', 'Asia/Tokyo', 'Jan 1, 2027, 5:00 AM', '1/1/27'],
  ['2027-01-01T02:00:00.000Z', '2026-12-30T12:00:00.000Z', 'America/Lima', 'Dec 31, 9:00 PM', 'Dec 31'],
  ['2027-01-01T09:00:00.000Z', '2026-12-31T12:00:00.000Z', 'Pacific/Honolulu', '11:00 PM', '11:00 PM'],
])('of %s, on %s in %s, the year is said where it is another one there', (instant, now, zone, short, day) => {
  const said = (text: string) => text.replace(/\s/g, ' ');
  expect(said(shortWhen(instant, 'en-US', zone, new Date(now)))).toBe(short);
  expect(said(dayOrTime(instant, 'en-US', zone, new Date(now)))).toBe(day);
});
