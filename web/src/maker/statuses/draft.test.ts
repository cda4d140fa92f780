import { describe, expect, it } from 'vitest';
import {
  draftOf,
  emptyDraft,
  faultsOf,
  iconFits,
  newBody,
  patchBetween,
  unchanged,
  withTags,
  type Draft,
} from './draft';
import { changedMeanwhile, merged } from './meanwhile';

const coffee: Draft = {
  name: 'Coffee',
  names: { fr: 'Café' },
  type: 'absent',
  tags: ['Break'],
  icon: '☕',
  default_duration_s: 900,
  position: 10,
};

describe('the form of a status', () => {
  it('R7: is not ready without exactly one of the four types and a name', () => {
    expect([...faultsOf(emptyDraft).keys()]).toEqual(['/name', '/type']);
    expect(faultsOf(coffee).size).toBe(0);
  });
  it('creates with what stands in it', () => {
    expect(newBody({ ...coffee, name: ' Tea ', names: { fr: ' ', de: 'Tee' }, icon: '', position: null })).toEqual({
      name: 'Tea',
      names: { de: 'Tee' },
      type: 'absent',
      tags: ['Break'],
      icon: null,
      default_duration_s: 900,
    });
  });
  it('R8: patches only what differs', () => {
    expect(patchBetween(coffee, { ...coffee, name: 'Coffee ' })).toEqual({});
    expect(unchanged(coffee, { ...coffee, names: { fr: 'Café', de: '' } })).toBe(true);
    expect(
      patchBetween(coffee, { ...coffee, names: { de: 'Kaffee' }, tags: [], icon: '', default_duration_s: null }),
    ).toEqual({ names: { fr: null, de: 'Kaffee' }, tags: [], icon: null, default_duration_s: null });
  });
  it('knows the limits', () => {
    expect(faultsOf({ ...coffee, name: 'x'.repeat(61) }).has('/name')).toBe(true);
    expect(faultsOf({ ...coffee, name: '😀'.repeat(60) }).has('/name')).toBe(false);
    expect([...faultsOf({ ...coffee, names: { fr: 'a\u0007' }, default_duration_s: 30, position: -1 }).keys()]).toEqual(
      ['/names/fr', '/default_duration_s', '/position'],
    );
  });
  it('takes one emoji, families too, and no more', () => {
    for (const one of ['', '☕', '🍽️', '👨‍👩‍👧‍👦', ' ☕ ']) expect(iconFits(one)).toBe(true);
    expect(iconFits('☕☕')).toBe(false);
    expect(iconFits('👩🏽‍❤️‍💋‍👩🏽')).toBe(false); // one cluster, but 35 bytes
  });
  it('keeps one of two tags that differ in case or accents', () => {
    expect(withTags(['Réunion'], ['reunion', ' Team ', '', 'team'])).toEqual(['Réunion', 'Team']);
    expect(withTags(['バス'], ['ハス'])).toEqual(['バス', 'ハス']);
    expect(
      withTags(
        Array.from({ length: 20 }, (_, i) => `t${i}`),
        ['one more'],
      ),
    ).toHaveLength(20);
  });
  it('is made from a status', () => {
    expect(
      draftOf({ ...coffee, names: {}, tags: [], icon: null, type: 'busy', default_duration_s: null, position: 3 }),
    ).toEqual({ ...emptyDraft, name: 'Coffee', type: 'busy', position: 3 });
  });
});

describe('two people edit a status', () => {
  const theirs: Draft = { ...coffee, name: 'Coffee break', names: {}, tags: ['Break', 'Team'] };
  const mine: Draft = { ...coffee, name: 'Tea', icon: '🫖' };

  it('says field by field what the other one changed', () => {
    expect(changedMeanwhile(coffee, theirs, mine)).toEqual([
      { field: 'name', before: 'Coffee', theirs: 'Coffee break', mine: 'Tea', clash: true },
      { field: 'tags', before: ['Break'], theirs: ['Break', 'Team'], mine: ['Break'], clash: false },
      { field: 'names.fr', before: 'Café', theirs: null, mine: 'Café', clash: false },
    ]);
  });
  it('takes theirs where they alone changed something, and what one chose elsewhere', () => {
    const differences = changedMeanwhile(coffee, theirs, mine);
    expect(merged(mine, differences, new Set(['name']))).toEqual({ ...theirs, name: 'Tea', icon: '🫖' });
    expect(merged(mine, differences, new Set())).toEqual({ ...theirs, icon: '🫖' });
  });
  it('is no clash when both changed it to the same', () => {
    expect(changedMeanwhile(coffee, theirs, theirs).every(({ clash }) => !clash)).toBe(true);
    expect(changedMeanwhile(coffee, coffee, mine)).toEqual([]);
  });
});
