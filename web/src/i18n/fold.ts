// Text without case and accents, so that a search finds Łukasz under "lukasz" and Ærø under "aero".

/** Letters that do not come apart into a letter and a mark. */
const kLetters: Readonly<Record<string, string>> = {
  ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'k', ſ: 's', ə: 'e',
};

export function fold(text: string): string {
  return text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
    .replace(/[łøæœßđðþıħŧŋĸſə]/g, (letter) => kLetters[letter] ?? letter).replace(/[’ʼ`´]/g, "'");
}

export function words(text: string): string[] {
  return fold(text).split(/[\s,;]+/u).filter((word) => word !== '');
}
