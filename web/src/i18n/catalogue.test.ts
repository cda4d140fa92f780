import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { texts as commonEn } from './en';
import { texts as makerEn } from './maker_en';
import { translate } from './translate';
import { elapsed, shortWhen } from './when';

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const path = join(folder, each.name);
    if (each.isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(each.name) && !/\/i18n\/(maker_)?[a-z]{2}\.ts$|\.test\.ts$/.test(path) ? [path] : [];
  });
const placeholders = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

const en = { ...commonEn, ...makerEn };
// Every language that has a file: its texts with those of the Maker.
const common = import.meta.glob<Record<string, unknown>>('./??.ts', { import: 'texts', eager: true });
const maker = import.meta.glob<Record<string, unknown>>('./maker_??.ts', { import: 'texts', eager: true });
const others = Object.keys(common)
  .map((path) => path.slice(2, 4))
  .filter((tag) => tag !== 'en');
// A language may be without the Maker's: they are shown in English then.
const englishFor = (tag: string) => (`./maker_${tag}.ts` in maker ? en : commonEn);
const textsOf = (tag: string): Record<string, unknown> => ({ ...common[`./${tag}.ts`], ...maker[`./maker_${tag}.ts`] });

describe('the languages', () => {
  const all = sources(join(import.meta.dirname, '..'));
  const code = all.map((path) => readFileSync(path, 'utf8')).join('\n');
  // Keys put together from parts say so with a template: `type.${type}`.
  const families = [...code.matchAll(/`([a-z_.-]+\.)\$\{/g)].map((found) => found[1] ?? '');

  it('are English and French at least', () => {
    expect(others).toContain('fr');
  });
  it.each(others)('%s has every key of English and no other', (tag) => {
    expect(Object.keys(textsOf(tag)).sort()).toEqual(Object.keys(englishFor(tag)).sort());
  });
  it.each(Object.keys(en))('%s is used', (key) => {
    expect(code.includes(`'${key}'`) || families.some((family) => key.startsWith(family))).toBe(true);
  });
  it('a text of the Maker is used nowhere else, as other pages do not load it', () => {
    const elsewhere = all
      .filter((path) => !path.includes('/maker/'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    expect(Object.keys(makerEn).filter((key) => elsewhere.includes(`'${key}'`))).toEqual([]);
  });
  it.each(others)('%s has the same placeholders everywhere', (tag) => {
    const texts = textsOf(tag);
    const differ = Object.entries(englishFor(tag)).filter(
      ([key, text]) => placeholders(texts[key]).join() !== placeholders(text).join(),
    );
    expect(differ.map(([key]) => key)).toEqual([]);
  });
});

describe('translate', () => {
  const catalogue = { people: { one: '{count} person', other: '{count} people' } };
  it('chooses the plural and writes numbers as the locale does', () => {
    expect(translate(catalogue, 'en', 'people', { count: 1 })).toBe('1 person');
    expect(translate(catalogue, 'en', 'people', { count: 4120 })).toBe('4,120 people');
  });
  it('gives the key when there is no message, so that a fault is seen', () => {
    expect(translate(catalogue, 'en', 'nowhere')).toBe('nowhere');
  });
});

describe('times', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  it("names the day only when it is not today in the person's zone", () => {
    expect(shortWhen('2026-11-23T13:30:00Z', 'en-GB', 'Europe/Paris', now)).toBe('14:30');
    expect(shortWhen('2026-11-23T23:30:00Z', 'en-GB', 'Europe/Paris', now)).toBe('24 Nov, 00:30');
    expect(shortWhen('2026-11-23T13:30:00Z', 'en-US', 'Europe/Paris', now)).toBe('2:30 PM');
  });
  it('counts in the largest whole unit', () => {
    expect(elapsed('2026-11-23T11:59:30Z', 'en', now)).toBeNull();
    expect(elapsed('2026-11-23T11:55:00Z', 'en', now)).toBe('5 min');
    expect(elapsed('2026-11-23T11:55:00Z', 'en-GB', now)).toBe('5 min');
    expect(elapsed('2026-11-23T09:59:00Z', 'fr', now)).toBe('2\u00a0heures');
  });
});
