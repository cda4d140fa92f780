import { describe, expect, it } from 'vitest';
import { fold, foldName, words } from './fold';

describe('folding', () => {
  it.each([
    ['Łukasz', 'lukasz'],
    ['Ærø', 'aero'],
    ['Straße', 'strasse'],
    ['Đặng', 'dang'],
    ['İstanbul', 'istanbul'],
    ['ISPARTA', 'isparta'],
    ['Ισμήνη', 'ισμηνη'],
    ['Ёлкин', 'елкин'],
    ['Chloé', 'chloe'],
    ['Chloe\u0301', 'chloe'],
    ['Þóra', 'thora'],
    ['Ｍａｒｉａ', 'maria'],
    ['O’Brien', "o'brien"],
    ['佐藤', '佐藤'],
    ['ΚΩΣ', 'κωσ'],
    ['Κώστας', 'κωστασ'],
    ['バス', 'ハス'],
  ])('%s is found under %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });
  it.each([
    ['バス', 'ハス'],
    ['Мой', 'Мои'],
    ['मेल', 'मूल'],
  ])('%s and %s are different names', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });
  it.each([
    ['Réunion', 'REUNION'],
    ['Łukasz', 'lukasz'],
    ['Κώστας', 'ΚΩΣΤΑΣ'],
    ['за\u0301мок', 'замок'],
    ['a  b', ' A b'],
  ])('%s and %s are the same name', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });
  it('splits into words and has none for blanks', () => {
    expect(words('  van  Dijk, Inès ')).toEqual(['van', 'dijk', 'ines']);
    expect(words('   ')).toEqual([]);
  });
});
