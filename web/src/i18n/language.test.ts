import { describe, expect, it } from 'vitest';
import { formatsOf, nearestLanguage } from './language.svelte';

describe('the language of the pages', () => {
  it('is the first of those wanted that there are texts for, else English', () => {
    expect(nearestLanguage(['xx-AT', 'fr-CA', 'en'])).toBe('fr');
    expect(nearestLanguage(['FR'])).toBe('fr');
    expect(nearestLanguage(['frr', 'xx'])).toBe('en');
    expect(nearestLanguage([])).toBe('en');
  });
});

describe('dates and numbers', () => {
  it('follow the region that the person chose', () => {
    expect(formatsOf('fr-CA', ['fr-FR'])).toBe('fr-CA');
  });
  it('follow the region of a browser that speaks the same language', () => {
    expect(formatsOf('en', ['fr-FR', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(formatsOf('fr', ['en-GB'])).toBe('fr');
  });
  it('follow the language that is shown where there are no texts for the one wanted', () => {
    expect(formatsOf('xx', ['xx-DE', 'en-IE'])).toBe('en-IE');
    expect(formatsOf('', [])).toBe('en');
  });
});
