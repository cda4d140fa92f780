import { expect, it } from 'vitest';
import { secondsAgo } from './when';

// Abbreviations and spaces are those of the browser's Intl.
it.each([
  [5_999, 'en', /^5\ssec\.?\sago$/], [119_999, 'en-GB', /^119\ssec\.?\sago$/], [120_000, 'en', /^2\smin\.?\sago$/], [7_000, 'fr', /^il\sy\sa\s7\ss$/],
])('says how long ago something %i ms old is in %s', (ms, locale, text) => {
  expect(secondsAgo(ms, locale)).toMatch(text);
});
