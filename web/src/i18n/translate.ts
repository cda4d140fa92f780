// Messages are strings with {placeholders}, or plural forms chosen by Intl.PluralRules. English is
// the source and the fallback; a language is one more file beside en.ts and one line in languages.

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };
export type Catalogue = Readonly<Record<string, string | Plural>>;
export type Params = Readonly<Record<string, string | number>>;

export function translate(catalogue: Catalogue, locale: string, key: string, params: Params = {}): string {
  const message = catalogue[key];
  if (message === undefined) return key;
  const form = typeof message === 'string' ? message : pluralForm(message, locale, Number(params['count'] ?? 0));
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

function pluralForm(message: Plural, locale: string, count: number): string {
  return message[new Intl.PluralRules(locale).select(count)] ?? message.other;
}
