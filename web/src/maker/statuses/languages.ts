// Languages that a status's name can be translated to, by their tags, named in the page's language.

/** Always offered: the two that the pages speak. */
export const firstLanguages = ['en', 'fr'] as const;

const kLanguages = [
  'ar',
  'bg',
  'bn',
  'ca',
  'cs',
  'cy',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'eu',
  'fa',
  'fi',
  'fr',
  'ga',
  'gl',
  'he',
  'hi',
  'hr',
  'hu',
  'hy',
  'id',
  'is',
  'it',
  'ja',
  'ka',
  'ko',
  'lb',
  'lt',
  'lv',
  'mk',
  'ms',
  'mt',
  'nb',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sk',
  'sl',
  'sq',
  'sr',
  'sv',
  'sw',
  'ta',
  'th',
  'tl',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
];

/** As it stands alone: many languages write it small within a sentence, as languageWord does. */
export function languageName(tag: string, locale: string): string {
  const name = languageWord(tag, locale);
  return name === tag ? tag : name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

export function languageWord(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Those not yet there, by their names. */
export function languagesBeside(present: readonly string[], locale: string): { tag: string; name: string }[] {
  return kLanguages
    .filter((tag) => !present.includes(tag))
    .map((tag) => ({ tag, name: languageName(tag, locale) }))
    .sort((some, other) => some.name.localeCompare(other.name, locale));
}

/** The order in which the form shows translations: the pages' own languages first. */
export function inOrder(tags: readonly string[], locale: string): string[] {
  const rest = tags.filter((tag) => !firstLanguages.some((first) => first === tag));
  return [
    ...firstLanguages,
    ...rest.sort((some, other) => languageName(some, locale).localeCompare(languageName(other, locale), locale)),
  ];
}
