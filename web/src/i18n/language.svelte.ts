// The page's language: the browser's until one is signed in, then the profile's. Loading a language
// changes every text at once, without a reload. Each is a file of its own, and one more for the
// Maker; nothing is shown before the first one is there.

import { device } from '../stores/device_storage';
import type { Key } from './en';
import { translate, type Catalogue, type Params } from './translate';

export const kLanguageKey = 'pastille.language';

type Load = () => Promise<Catalogue>;
export type Loaders = Readonly<Record<string, Load>>;
/** A language is there when its file is: its texts for every page, by tag. */
const kEverywhere = byTag(import.meta.glob<Catalogue>('./??.ts', { import: 'texts' }));
/** Those of the Maker. A language without them shows the Maker's in English. */
export const makerTexts = byTag(import.meta.glob<Catalogue>('./maker_??.ts', { import: 'texts' }));

function byTag(files: Record<string, Load>): Loaders {
  return Object.fromEntries(Object.entries(files).map(([path, load]) => [path.slice(-5, -3), load]));
}

/** By tag, each as it calls itself. */
export const languages: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(kEverywhere).map((tag) => [tag, ownName(tag)]),
);

function ownName(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

export function nearestLanguage(wanted: readonly string[]): string {
  for (const each of wanted) {
    const short = each.toLowerCase().split('-')[0] ?? '';
    if (short in languages) return short;
  }
  return 'en';
}

/** For dates and numbers: the tag with its region; without one, that of the browser where it speaks the
 *  same language. A tag that we have no texts for gives the language that is shown instead. */
export function formatsOf(tag: string, browser: readonly string[]): string {
  const language = nearestLanguage([tag]);
  const same = (each: string): boolean => each.toLowerCase().startsWith(`${language}-`);
  return same(tag) ? tag : (browser.find(same) ?? language);
}

class PageLanguage {
  /** For Intl: the full tag when known ("fr-CA"), so that dates follow the region. */
  locale = $state('en');
  #catalogue = $state.raw<Catalogue>({});
  readonly #parts: Loaders[] = [kEverywhere];

  /** A page says before its first use() which texts it takes besides those of every page. */
  add(part: Loaders): void {
    this.#parts.push(part);
  }

  /** Fetches what will probably be asked for, while something else is waited for. */
  expect(tag: string): void {
    this.#load(nearestLanguage([tag])).catch(() => undefined); // use() asks again and tells
  }

  /** What is used is remembered on this device, unless it is only a guess. */
  async use(tag: string, guessed = false): Promise<void> {
    const language = nearestLanguage([tag]);
    if (!guessed) device.set(kLanguageKey, tag);
    this.#catalogue = await this.#load(language);
    this.locale = formatsOf(tag, navigator.languages);
    document.documentElement.lang = language;
  }

  async #load(language: string): Promise<Catalogue> {
    return Object.assign(
      {},
      ...(await Promise.all(this.#parts.map((part) => (part[language] ?? part['en'])?.()))),
    ) as Catalogue;
  }

  t = (key: Key, params?: Params): string => translate(this.#catalogue, this.locale, key, params);
}

export const language = new PageLanguage();
export const t = language.t;
