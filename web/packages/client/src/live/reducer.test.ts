import { describe, expect, it } from 'vitest';
import type { BoardItem, Entry, Frame, Status } from './frames.ts';
import { initial, reduce, resumable, stillThere, type LiveEvent, type LiveState } from './reducer.ts';

const entry = (user: string, rev: number, type: Entry['type'] = 'connected'): Entry => ({
  user,
  status: 's1',
  type,
  note: null,
  since: '2026-01-01T08:00:00.000Z',
  until: null,
  rev,
});
const ready = (more: Partial<Extract<Frame, { is: 'ready' }>> = {}): Frame => ({
  is: 'ready',
  epoch: 'e1',
  seq: 10,
  me: entry('u1', 10),
  catalogue: 3,
  people: 4,
  heartbeat_s: 25,
  resumed: false,
  stale: false,
  ...more,
});
const run = (events: LiveEvent[], from: LiveState = initial) => events.reduce(reduce, from);

describe('the live state', () => {
  it('knows itself after ready', () => {
    const state = run([ready()]);
    expect(state.link).toBe('live');
    expect(state.me?.user).toBe('u1');
    expect(state.entries.get('u1')?.rev).toBe(10);
  });

  it('never goes back to an older entry of its own, whatever tells of it', () => {
    const tells: ((own: Entry) => LiveEvent)[] = [
      (own) => ({ is: 'done', ref: '1', entry: own }),
      (own) => ({ is: 'changes', seq: 20, users: [own] }),
      (own) => ({ is: 'board', seq: 20, users: [own], all: false, more: false }),
      (own) => ready({ me: own, resumed: true }),
    ];
    const newer = entry('u1', 12, 'busy');
    for (const first of tells) {
      for (const second of tells) {
        const state = run([ready(), first(newer), second(entry('u1', 11, 'absent'))]);
        expect([state.me, state.entries.get('u1')]).toEqual([newer, newer]);
      }
    }
    // Of another store, the same numbers say nothing.
    const anew = entry('u1', 2, 'absent');
    expect(run([ready(), { is: 'done', ref: '1', entry: newer }, ready({ epoch: 'e2', me: anew })]).me).toBe(anew);
  });

  it('keeps the entry with the greater rev, in whatever order they come', () => {
    const newer = entry('u2', 12, 'busy');
    const older = entry('u2', 11, 'absent');
    for (const order of [
      [older, newer],
      [newer, older],
    ]) {
      const state = run([ready(), ...order.map((each): Frame => ({ is: 'changes', seq: each.rev, users: [each] }))]);
      expect(state.entries.get('u2')).toBe(newer);
    }
  });

  it('moves its own entry with a change that comes from another tab', () => {
    const state = run([ready(), { is: 'changes', seq: 11, users: [entry('u1', 11, 'busy')] }]);
    expect(state.me?.type).toBe('busy');
  });

  it('has no position to resume from while a board is under way', () => {
    let state = run([ready(), { is: 'asked-board', anew: false }]);
    expect(resumable(state)).toBeNull();
    state = reduce(state, { is: 'board', seq: 11, users: [], all: false, more: true });
    expect(resumable(state)).toBeNull();
    state = reduce(state, { is: 'board', seq: 11, users: [entry('u2', 5)], all: false, more: false });
    expect(resumable(state)).toEqual({ epoch: 'e1', seq: 11 });
  });

  it('stays as it is when the server only says that it is there', () => {
    const state = run([ready(), { is: 'board', seq: 10, users: [], all: false, more: false }]);
    const answer: LiveEvent = { is: 'board', seq: 10, users: [], all: false, more: false, ref: stillThere };
    expect(reduce(state, answer)).toBe(state);
    expect(reduce(state, { is: 'at', seq: 10, now: '2026-01-01T08:00:00.000Z' })).toBe(state);
    const asked = reduce(state, { is: 'asked-board', anew: false });
    expect(resumable(reduce(asked, { ...answer, seq: 11 } as LiveEvent))).toBeNull(); // the board that was asked for is still to come
  });

  it('has none either when the link was lost meanwhile: that board never came', () => {
    const lost = run([ready(), { is: 'asked-board', anew: false }, { is: 'link', link: 'reconnecting' }]);
    expect(resumable(lost)).toBeNull();
    const back = run(
      [{ is: 'asked-board', anew: true }, ready(), { is: 'board', seq: 12, users: [], all: false, more: false }],
      lost,
    );
    expect(resumable(back)).toEqual({ epoch: 'e1', seq: 12 });
  });

  it('stands where it stood when it resumed, until it has what it missed', () => {
    const before = run([
      ready(),
      { is: 'at', seq: 12, now: '2026-01-01T08:00:00.000Z' },
      { is: 'link', link: 'reconnecting' },
    ]);
    const back = run(
      [{ is: 'asked-board', anew: false }, ready({ resumed: true, seq: 12, me: entry('u1', 15) })],
      before,
    );
    expect(resumable(back)).toEqual({ epoch: 'e1', seq: 12 });
    expect(resumable(reduce(back, { is: 'changes', seq: 15, users: [entry('u2', 15)] }))).toEqual({
      epoch: 'e1',
      seq: 15,
    });
  });

  it('keeps what it knew when it resumed, and forgets it when it did not', () => {
    const before = run([
      ready(),
      { is: 'changes', seq: 11, users: [entry('u2', 11)] },
      { is: 'link', link: 'reconnecting' },
    ]);
    expect(before.entries.has('u2')).toBe(true);
    expect(reduce(before, ready({ resumed: true, seq: 12 })).entries.has('u2')).toBe(true);
    expect(reduce(before, ready({ resumed: false, seq: 12 })).entries.has('u2')).toBe(false);
  });

  it('shows the last known as last known while the server is stale', () => {
    const stale = run([ready(), { is: 'stale', since: '2026-01-01T08:00:00.000Z' }]);
    expect(stale.stale).toBe(true);
    expect(reduce(stale, { is: 'fresh', seq: 20 })).toMatchObject({ stale: false, seq: 20 });
  });

  it('takes an erased person off the board, and an older entry does not bring them back within a page', () => {
    const state = run([
      ready(),
      { is: 'changes', seq: 11, users: [entry('u2', 11)] },
      { is: 'changes', seq: 12, users: [{ user: 'u2', gone: true, rev: 12 }] },
    ]);
    expect(state.entries.has('u2')).toBe(false);
  });

  it('forgets people it no longer follows, but never itself', () => {
    const state = run([
      ready(),
      { is: 'changes', seq: 11, users: [entry('u2', 11)] },
      { is: 'unfollowed', users: ['u1', 'u2'] },
    ]);
    expect([...state.entries.keys()]).toEqual(['u1']);
  });

  const status = (id: string, name: string): Status => ({
    id,
    name,
    names: {},
    type: 'absent',
    system: false,
    tags: [],
    icon: null,
    position: 0,
    default_duration_s: null,
  });
  const names = (state: LiveState) => [...state.statuses.values()].map(({ name }) => name);
  const wantsCatalogue = (state: LiveState) => state.catalogueWanted > state.catalogueVersion;

  it('applies catalogue changes and never goes back to an older whole', () => {
    let state = run([
      ready({ catalogue: 5 }),
      { is: 'loaded-catalogue', version: 5, statuses: [status('s9', 'Lunch')], since: 0 },
    ]);
    state = reduce(state, { is: 'catalogue', version: 6, statuses: [status('s9', 'Long lunch')], gone: [] });
    state = reduce(state, { is: 'loaded-catalogue', version: 5, statuses: [status('s9', 'Lunch')], since: 0 });
    expect(names(state)).toEqual(['Long lunch']);
    state = reduce(state, { is: 'catalogue', version: 7, statuses: [], gone: ['s9'] });
    expect([state.statuses.size, wantsCatalogue(state)]).toEqual([0, false]);
  });

  it('does not take a change that comes while the whole is under way for the whole', () => {
    let state = run([
      ready({ catalogue: 5 }),
      { is: 'catalogue', version: 6, statuses: [status('s9', 'Long lunch')], gone: [] },
    ]);
    expect(wantsCatalogue(state)).toBe(true);
    state = reduce(state, {
      is: 'loaded-catalogue',
      version: 5,
      statuses: [status('s8', 'Coffee'), status('s9', 'Lunch')],
      since: 0,
    });
    expect([state.statuses.size, wantsCatalogue(state)]).toEqual([2, true]);
    state = reduce(state, {
      is: 'loaded-catalogue',
      version: 6,
      statuses: [status('s9', 'Long lunch')],
      gone: [],
      since: 5,
    });
    expect([names(state), wantsCatalogue(state)]).toEqual([['Coffee', 'Long lunch'], false]);
    const people = run([
      ready({ people: 5 }),
      { is: 'people', version: 6, users: [{ id: 'u9', display_name: 'Anna', teams: [] }], gone: [] },
    ]);
    expect(people.peopleVersion).toBe(0);
  });

  it('does not ask a server again at once that has nothing newer', () => {
    const state = run([ready({ catalogue: 5 }), { is: 'loaded-catalogue', version: 4, statuses: [], since: 0 }]);
    expect(wantsCatalogue(state)).toBe(true);
    expect(reduce(state, { is: 'loaded-catalogue', version: 4, statuses: [], gone: [], since: 4 })).toBe(state);
  });

  it('reads all anew where the server does not know the epoch any more, also when its versions are lower now', () => {
    const loaded = run([
      ready({ catalogue: 9, people: 9 }),
      { is: 'loaded-catalogue', version: 9, statuses: [status('s9', 'Lost')], since: 0 },
      { is: 'loaded-people', version: 9, users: [{ id: 'u9', display_name: 'Lost', teams: [] }], since: 0 },
    ]);
    let state = reduce(loaded, ready({ epoch: 'e2', catalogue: 7, people: 7 }));
    expect([state.catalogueVersion, state.peopleVersion]).toEqual([0, 0]);
    expect(names(state)).toEqual(['Lost']); // until there is something else to show
    state = reduce(state, { is: 'loaded-catalogue', version: 7, statuses: [status('s8', 'Coffee')], since: 0 });
    state = reduce(state, { is: 'loaded-people', version: 7, users: [], since: 0 });
    expect([names(state), state.people.size, wantsCatalogue(state)]).toEqual([['Coffee'], 0, false]);
    const late = reduce(reduce(loaded, ready({ epoch: 'e2', catalogue: 12 })), {
      is: 'loaded-catalogue',
      version: 12,
      statuses: [],
      gone: [],
      since: 9,
    });
    expect([late.catalogueVersion, wantsCatalogue(late)], 'asked before').toEqual([0, true]);
    const same = reduce(loaded, ready({ catalogue: 9, people: 9 }));
    expect([same.catalogueVersion, same.peopleVersion]).toEqual([9, 9]);
    const resumed = reduce(loaded, ready({ epoch: 'e2', resumed: true, catalogue: 9, people: 9 }));
    expect([resumed.catalogueVersion, resumed.peopleVersion]).toEqual([9, 9]);
  });

  it('never changes the state that it was given', () => {
    const state = Object.freeze(run([ready()]));
    const entries = new Map(state.entries);
    reduce(state, { is: 'changes', seq: 11, users: [entry('u2', 11)] });
    expect(state.entries).toEqual(entries);
  });
});

describe('a board of everyone', () => {
  const page = (seq: number, users: BoardItem[], more: boolean) =>
    ({ is: 'board', seq, users, all: true, more }) as const;

  it('says with its last page who is offline, but not of whom has come since', () => {
    let state = run([
      ready(),
      { is: 'changes', seq: 11, users: [entry('u2', 11), entry('u3', 11)] },
      { is: 'asked-board', anew: false, all: true },
      page(12, [entry('u2', 11)], true),
    ]);
    expect([state.everyone, state.entries.has('u3')]).toEqual([false, true]);
    state = run([{ is: 'changes', seq: 14, users: [entry('u5', 14)] }, page(12, [entry('u4', 12)], false)], state);
    expect([state.everyone, [...state.entries.keys()].sort()]).toEqual([true, ['u1', 'u2', 'u4', 'u5']]);
  });

  it('holds for as long as the connection can be taken up again, and everyone is followed', () => {
    const state = run([ready(), { is: 'asked-board', anew: false, all: true }, page(12, [], false)]);
    const lost = reduce(state, { is: 'link', link: 'reconnecting' });
    expect(reduce(lost, ready({ resumed: true, seq: 12 })).everyone).toBe(true);
    expect(reduce(lost, ready({ seq: 12 })).everyone).toBe(false);
    expect(reduce(state, { is: 'unfollowed', users: [] }).everyone).toBe(true);
    expect(reduce(state, { is: 'unfollowed', users: [], everyone: true }).everyone).toBe(false);
  });
});
