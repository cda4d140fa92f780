import { describe, expect, it } from 'vitest';
import type { Colleague } from '@pastille/client/live/frames';
import type { Conversation } from '../stores/conversations';
import { byName, order, search, sift, togglePin } from './roster';

const person = (id: string, display_name: string, ...teams: string[]): Colleague => ({ id, display_name, teams });
const people = [
  person('u1', 'Me Myself'),
  person('u2', 'Zoé Zola', 't1'),
  person('u3', 'Łukasz Nowak', 't2'),
  person('u4', 'Ærø Jensen'),
  person('u5', 'Anna Straße', 't1', 't2'),
  person('u6', 'Đặng Thị Mai'),
  person('u7', 'émile Zweig'),
];
const talk = (user: string, at: string | null, unread = 0): Conversation => ({
  id: `c-${user}`,
  with: user,
  unread,
  read_up_to: null,
  partner_read_up_to: null,
  changed_at: at ?? '2026',
  last_message: at === null ? null : { id: `m-${user}`, conversation: `c-${user}`, from: user, text: 'hello', at },
});
const directory = new Map(people.map((each) => [each.id, each]));
const everyone = byName(directory, 'u1', 'en');
const names = (users: readonly string[]) => users.map((user) => people.find((each) => each.id === user)?.display_name);

describe('the order', () => {
  it('is by name, without oneself, as the language sorts', () => {
    expect(names(order(everyone, [], []))).toEqual([
      'Ærø Jensen',
      'Anna Straße',
      'Đặng Thị Mai',
      'émile Zweig',
      'Łukasz Nowak',
      'Zoé Zola',
    ]);
    // In Danish Æ comes after Z.
    expect([...byName(directory, 'u1', 'da').keys()].at(-1)).toBe('u4');
  });

  it('follows who comes, goes and is renamed', () => {
    const changed = new Map(directory).set('u3', person('u3', 'Aaron Nowak')).set('u8', person('u8', 'Bo'));
    changed.delete('u4');
    const after = byName(changed, 'u1', 'en', everyone);
    expect([...after.keys()]).toEqual(['u3', 'u5', 'u8', 'u6', 'u7', 'u2']);
    expect(after).toEqual(byName(changed, 'u1', 'en'));
  });

  it('puts unread first, then the pinned as pinned, then recent conversations, each person once', () => {
    const talks = [
      talk('u3', '2026-01-01'),
      talk('u7', '2026-01-04', 1),
      talk('u4', '2026-01-03'),
      talk('u2', '2026-01-02', 3),
    ];
    expect(order(everyone, talks, ['u6', 'u2', 'u3'])).toEqual(['u7', 'u2', 'u6', 'u3', 'u4', 'u5']);
  });

  it('keeps a conversation with someone who left, and forgets their pin', () => {
    expect(order(everyone, [talk('u99', '2026-01-01')], ['u98']).slice(0, 2)).toEqual(['u99', 'u4']);
  });

  it('does not move someone whose conversation was only opened', () => {
    expect(order(everyone, [talk('u2', null)], [])[0]).toBe('u4');
  });
});

describe('the search', () => {
  const all = order(everyone, [], []);
  const teams = new Map([
    ['t1', 'Vente Privée'],
    ['t2', 'Claims'],
  ]);
  it.each([
    ['lukasz', ['u3']],
    ['ŁUK', ['u3']],
    ['aero', ['u4']],
    ['strasse', ['u5']],
    ['dang mai', ['u6']],
    ['MAI dang', ['u6']],
    ['zo', ['u2']],
    ['emile', ['u7']],
    ['nobody', []],
    ['me myself', []],
  ])('finds by %s', (query, found) => {
    expect(search(query, all, everyone, teams).users).toEqual(found);
  });
  it('keeps everyone when nothing is asked', () => {
    expect(search('  ', all, everyone, teams).users).toEqual(all);
  });
  it('puts those whose name begins so before those who only hold it', () => {
    expect(search('z', all, everyone, new Map()).users).toEqual(['u7', 'u2', 'u3']);
  });
  it('finds by team, alone and with a name, after those found by name', () => {
    expect(search('vente privee', all, everyone, teams)).toEqual({
      users: ['u5', 'u2'],
      byTeam: new Set(['u5', 'u2']),
    });
    expect(search('claims luk', all, everyone, teams).users).toEqual(['u3']);
    expect(search('zola', all, everyone, teams).byTeam.size).toBe(0);
  });
});

describe('the search for what people show', () => {
  const shows = (user: string) => ({ u2: 'pause dejeuner', u5: 'pause' })[user] ?? '';
  it('finds by the name of a status, alone and with a name, after those found by name', () => {
    const all = order(everyone, [], []);
    expect(search('Pause', all, everyone, new Map(), shows)).toEqual({ users: ['u5', 'u2'], byTeam: new Set() });
    expect(search('zola déj', all, everyone, new Map(), shows).users).toEqual(['u2']);
  });
});

describe('the filter', () => {
  const all = order(everyone, [], []);
  const typeOf = (user: string) => (['u2', 'u3'].includes(user) ? ('connected' as const) : undefined);
  const of = { everyone, typeOf, unread: new Set<string>() };
  it('keeps those of a type, of a team, of both; without one, everyone', () => {
    expect(sift(all, { type: null, team: null }, of)).toBe(all);
    expect(sift(all, { type: 'connected', team: null }, of)).toEqual(['u3', 'u2']);
    expect(sift(all, { type: null, team: 't1' }, of)).toEqual(['u5', 'u2']);
    expect(sift(all, { type: 'connected', team: 't1' }, of)).toEqual(['u2']);
    expect(sift(all, { type: 'offline', team: null }, of)).toEqual([]);
  });
  it('never hides who has written', () => {
    expect(sift(all, { type: 'connected', team: 't1' }, { ...of, unread: new Set(['u6']) })).toEqual(['u6', 'u2']);
  });
});

describe('pinning', () => {
  it('puts the newest first, takes away at the second click, and makes room of those who left', () => {
    const known = (user: string) => user !== 'u99';
    expect(togglePin(['u2', 'u99'], 'u3', known)).toEqual(['u3', 'u2']);
    expect(togglePin(['u3', 'u2'], 'u3', known)).toEqual(['u2']);
  });
});
