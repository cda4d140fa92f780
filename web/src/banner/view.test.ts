import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressOf, BannerView, parsePlace, writePlace, type Place } from './view.svelte';

beforeEach(() => {
  vi.stubGlobal('window', { name: '' });
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
});
afterEach(() => void vi.unstubAllGlobals());

const places: Place[] = [
  { at: 'home' },
  { at: 'conversations' },
  { at: 'conversation', id: 'c4k2' },
  { at: 'profile' },
  { at: 'history' },
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

describe('a conversation that is slow to open', () => {
  const place = (id: string): Place => ({ at: 'conversation', id });
  function slowly(): { promise: Promise<Place | null>; resolve: (found: Place) => void } {
    let resolve: (found: Place) => void = () => undefined;
    return { promise: new Promise((found) => (resolve = found)), resolve: (found) => resolve(found) };
  }

  it('does not jump over one that was asked for later, nor over where one has gone', async () => {
    const view = new BannerView(false);
    const slow = slowly();
    const first = view.goWhenKnown(slow.promise);
    await view.goWhenKnown(Promise.resolve(place('c2')));
    slow.resolve(place('c1'));
    await first;
    expect(view.place).toEqual(place('c2'));

    const slower = slowly();
    const second = view.goWhenKnown(slower.promise);
    view.go({ at: 'profile' });
    slower.resolve(place('c1'));
    await second;
    expect(view.place).toEqual({ at: 'profile' });
  });

  it('of two that are slow gives the one that was asked for last', async () => {
    const view = new BannerView(false);
    const slow = [slowly(), slowly()] as const;
    const both = slow.map(({ promise }) => view.goWhenKnown(promise));
    slow[0].resolve(place('c1'));
    await both[0];
    slow[1].resolve(place('c2'));
    await both[1];
    expect(view.place).toEqual(place('c2'));
  });
});

it('is there, in its full form, where the browser forbids to remember', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
  });
  const view = new BannerView(false);
  view.resize(true);
  expect(view.small).toBe(true);
  vi.unstubAllGlobals();
});
