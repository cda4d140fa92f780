import { describe, expect, it } from 'vitest';
import { fold, words } from './fold';

describe('folding', () => {
  it.each([
    ['Łukasz', 'lukasz'], ['Ærø', 'aero'], ['Straße', 'strasse'], ['Đặng', 'dang'], ['İstanbul', 'istanbul'], ['ISPARTA', 'isparta'],
    ['Ισμήνη', 'ισμηνη'], ['Ёлкин', 'елкин'], ['Chloé', 'chloe'], ['Chloe\u0301', 'chloe'], ['Þóra', 'thora'], ['Ｍａｒｉａ', 'maria'],
    ['O’Brien', "o'brien"], ['佐藤', '佐藤'],
  ])('%s is found under %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });
  it('splits into words and has none for blanks', () => {
    expect(words('  van  Dijk, Inès ')).toEqual(['van', 'dijk', 'ines']);
    expect(words('   ')).toEqual([]);
  });
});
