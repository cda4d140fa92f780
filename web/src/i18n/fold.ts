// Text without case and accents, so that a search finds Łukasz under "lukasz" and Ærø under "aero".

/** Letters that do not come apart into a letter and a mark. */
const kLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
  ə: 'e',
};

/** Lower case, one small sigma, letters of Latin as ASCII. */
function plain(decomposed: string): string {
  return decomposed
    .toLowerCase()
    .normalize('NFKD')
    .replace(/ς/g, 'σ')
    .replace(/[łøæœßđðþıħŧŋĸſə]/g, (letter) => kLetters[letter] ?? letter);
}

export function fold(text: string): string {
  return plain(text.normalize('NFKD'))
    .replace(/\p{M}/gu, '')
    .replace(/[’ʼ`´]/g, "'");
}

/** Names that are the same for the server: marks that make another letter (バス, Мой) tell them apart. */
export function foldName(text: string): string {
  return plain(text.normalize('NFKD'))
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{Mn}/gu, '')
    .replace(/(?<=\p{Script=Cyrillic}\p{M}*)[\u0300\u0301]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
}

export function words(text: string): string[] {
  return fold(text)
    .split(/[\s,;]+/u)
    .filter((word) => word !== '');
}
