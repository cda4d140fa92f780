import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '@pastille/client/live/frames';
import { countUse, groupsOf, loadUses, matching, usedOnceMore } from './choices';

const status = (id: string, name: string, type: Status['type'], more: Partial<Status> = {}): Status => ({
  id,
  name,
  names: {},
  type,
  system: false,
  tags: [],
  icon: null,
  position: 0,
  default_duration_s: null,
  ...more,
});
const all = [
  status('lunch', 'Lunch', 'absent', { position: 20, names: { fr: 'Déjeuner' }, tags: ['Break'] }),
  status('coffee', 'Coffee break', 'absent', { position: 10, names: { fr: 'Pause café' }, tags: ['Break'] }),
  status('apero', 'Apéro', 'absent', { position: 20 }),
  status('s2', 'Absent', 'absent', { system: true, position: 1 }),
  status('meeting', 'Meeting', 'busy', { names: { fr: 'Réunion d’équipe' } }),
  status('s5', 'Offline', 'offline', { system: true }),
  status('s1', 'Connected', 'connected', { system: true }),
];
const groups = (uses = {}) => groupsOf(all, uses, (each) => each.name, 'en');
const ids = (of: readonly { statuses: readonly Status[] }[]) =>
  of.map((group) => group.statuses.map((each) => each.id));

describe('the statuses one is offered', () => {
  it('are grouped by type, offline never, empty types left out', () => {
    expect(groups().map((group) => group.type)).toEqual(['connected', 'absent', 'busy']);
  });
  it("begin with the system one, then follow the organisation's order, then the name", () => {
    expect(ids(groups())[1]).toEqual(['s2', 'coffee', 'apero', 'lunch']);
  });
  it('have what one uses most right after the system one', () => {
    expect(ids(groups({ lunch: 3, apero: 1, s1: 9 }))[1]).toEqual(['s2', 'lunch', 'apero', 'coffee']);
  });
});

describe('searching them', () => {
  it.each([
    ['', [['s1'], ['s2', 'coffee', 'apero', 'lunch'], ['meeting']]],
    ['CAFE', [['coffee']]],
    ['aper', [['apero']]],
    ['reunion equipe', [['meeting']]],
    ['break', [['coffee', 'lunch']]],
    ['cof bre', [['coffee']]],
    ['nothing', []],
  ])('"%s"', (query, found) => {
    expect(ids(matching(groups(), query))).toEqual(found);
  });
});

describe('what one uses', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
  });
  afterEach(() => {
    stored.clear();
    vi.unstubAllGlobals();
  });

  it('is counted for each person apart', () => {
    countUse('u1', 'lunch');
    countUse('u1', 'lunch');
    countUse('u2', 'coffee');
    expect(loadUses('u1')).toEqual({ lunch: 2 });
    expect(loadUses('u2')).toEqual({ coffee: 1 });
  });
  it.each(['not json', '7', 'null', '{"lunch":"many","coffee":-1}'])('is nothing when the device holds %s', (text) => {
    stored.set('pastille.uses.u1', text);
    expect(loadUses('u1')).toEqual({});
  });
  it('fades, so that a new habit overtakes an old one', () => {
    let uses = usedOnceMore({ lunch: 99, once: 0.6 }, 'lunch');
    expect(uses).toEqual({ lunch: 50 });
    for (let i = 0; i < 51; ++i) uses = usedOnceMore(uses, 'coffee');
    expect(uses['coffee']).toBeGreaterThan(uses['lunch'] ?? 0);
  });
});
