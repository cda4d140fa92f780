import { describe, expect, it } from 'vitest';
import { hueOf, hues, initials } from './initials';

describe('the signs of a name', () => {
  it.each([
    ['Amina El Idrissi', 'AI'],
    ['Jean-Baptiste', 'JB'],
    ['Ana', 'A'],
    ['ærø bråten', 'ÆB'],
    ['Катерина Шевченко', 'КШ'],
    ['李小明', '小明'],
    ['李 小明', '李小'],
    ['王', '王'],
    ['نور العلي', 'ن\u200cا'],
    ['  ', ''],
    ['👩‍👩‍👧 Team', 'T'],
  ])('of %s are %s', (name, signs) => {
    expect(initials(name)).toBe(signs);
  });
});

it('the colour is one of eight, goes by the id, and ids that follow one another have different ones', () => {
  const found = Array.from({ length: 1_000 }, (_, at) => hueOf(`u${at}`));
  expect(found.every((hue) => Number.isInteger(hue) && hue >= 0 && hue < hues)).toBe(true);
  const counts = Array.from({ length: hues }, (_, hue) => found.filter((each) => each === hue).length);
  expect(Math.min(...counts)).toBeGreaterThan(90);
  expect(hueOf('u17')).toBe(hueOf('u17'));
  expect(new Set([hueOf('u1'), hueOf('u2'), hueOf('u3')]).size).toBe(3);
});
