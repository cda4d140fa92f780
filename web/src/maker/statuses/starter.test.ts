import { describe, expect, it } from 'vitest';
import { faultsOf } from './draft';
import { bodyOf, described, starters } from './starter';

describe('the starter set', () => {
  it('is named in the language of the organisation and translated to both', () => {
    const coffee = starters[0];
    if (coffee === undefined) throw new Error('there is none');
    expect(bodyOf(coffee, 'fr-CA')).toMatchObject({
      name: 'Pause café',
      names: { en: 'Coffee break', fr: 'Pause café' },
      type: 'absent',
      tags: ['Pause'],
    });
    expect(bodyOf(coffee, 'en-GB')).toMatchObject({ name: 'Coffee break', tags: ['Break'], default_duration_s: 900 });
    expect(described(coffee, 'en')).toEqual({ name: 'Coffee break', duration: '15 min' });
  });
  it.each(starters)('$key is within the limits', ({ names, type, icon, duration, tag }) => {
    expect(
      faultsOf({ name: names.en, names, type, icon, tags: [tag.en], default_duration_s: duration, position: null })
        .size,
    ).toBe(0);
  });
  it('has six names in each language, no two alike', () => {
    expect(new Set(starters.map(({ names }) => names.en)).size).toBe(6);
    expect(new Set(starters.map(({ names }) => names.fr)).size).toBe(6);
  });
});
