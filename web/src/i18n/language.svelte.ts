// The page's language: the browser's until one is signed in, then the profile's. Loading a language
// changes every text at once, without a reload. Each is a file of its own; nothing is shown before
// the first one is there.

import type { Key } from './en';
import { translate, type Catalogue, type Params } from './translate';

export const languages = { en: 'English', fr: 'Français' } as const;
export type Language = keyof typeof languages;

const loaders: Record<Language, () => Promise<Catalogue>> = {
  en: async () => (await import('./en')).en,
  fr: async () => (await import('./fr')).fr,
};

export function nearestLanguage(wanted: readonly string[]): Language {
  for (const each of wanted) {
    const short = each.toLowerCase().split('-')[0] ?? '';
    if (short in languages) return short as Language;
  }
  return 'en';
}

class PageLanguage {
  /** For Intl: the full tag when known ("fr-CA"), so that dates follow the region. */
  locale = $state('en');
  #catalogue = $state.raw<Catalogue>({});

  /** Fetches what will probably be asked for, while something else is waited for. */
  expect(tag: string): void {
    loaders[nearestLanguage([tag])]().catch(() => undefined); // use() asks again and tells
  }

  async use(tag: string): Promise<void> {
    const language = nearestLanguage([tag]);
    this.#catalogue = await loaders[language]();
    this.locale = nearestLanguage([tag]) === language && tag !== '' ? tag : language;
    document.documentElement.lang = language;
  }

  t = (key: Key, params?: Params): string => translate(this.#catalogue, this.locale, key, params);
}

export const language = new PageLanguage();
export const t = language.t;
