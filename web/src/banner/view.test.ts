import { describe, expect, it } from 'vitest';
import { addressOf, parsePlace, writePlace, type Place } from './view.svelte';

const places: Place[] = [
  { at: 'home' }, { at: 'conversations' }, { at: 'conversation', id: 'c4k2' }, { at: 'profile' }, { at: 'history' },
];

describe('the places of the Banner', () => {
  it.each(places)('%o is found again from its address', (place) => {
    expect(parsePlace(writePlace(place))).toEqual(place);
    expect(addressOf(place)).toBe(`/banner${writePlace(place)}`);
  });
  it('are Home for an address that does not exist', () => {
    expect(parsePlace('/elsewhere/1')).toEqual({ at: 'home' });
  });
});
