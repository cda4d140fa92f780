import { describe, expect, it } from 'vitest';
import type { Schemas } from '@pastille/client/http/client';
import type { Entry, Status } from '@pastille/client/live/frames';
import { initial, reduce, resumable, type LiveState } from '@pastille/client/live/reducer';
import { lastKnownOf } from './last_known';

const entry = (user: string, status: string, rev = 5): Entry => ({
  user,
  status,
  type: 'busy',
  note: 'secret',
  since: '2026-11-23T09:00:00Z',
  until: null,
  rev,
});
const status = (id: string): Status => ({
  id,
  name: id,
  names: {},
  type: 'busy',
  system: false,
  tags: [],
  icon: null,
  position: 1,
  default_duration_s: null,
});
const signedIn = { user: { id: 'u1' }, permissions: [] } as unknown as Schemas['SignedIn'];

const state: LiveState = {
  ...initial,
  link: 'live',
  epoch: 'e1',
  me: entry('u1', 's2'),
  entries: new Map([
    ['u1', entry('u1', 's2')],
    ['u2', entry('u2', 's3')],
  ]),
  statuses: new Map(['s2', 's3', 's4'].map((id) => [id, status(id)])),
  people: new Map(['u1', 'u2', 'u3'].map((id) => [id, { id, display_name: id, teams: [] }])),
};

describe('what is remembered', () => {
  const kept = lastKnownOf(state, signedIn);
  it('holds no notes', () => {
    expect(JSON.stringify(kept)).not.toContain('secret');
  });
  it('holds the people and the statuses that were on view, and no others', () => {
    expect(kept.people.map((each) => each.id)).toEqual(['u1', 'u2']);
    expect(kept.statuses.map((each) => each.id).sort()).toEqual(['s2', 's3']);
  });
  it('stays small', () => {
    const many = new Map(Array.from({ length: 5_000 }, (_, at) => [`u${at}`, entry(`u${at}`, 's2')]));
    expect(lastKnownOf({ ...state, entries: many }, signedIn).entries).toHaveLength(300);
  });
});

describe('a start from it', () => {
  const kept = lastKnownOf(state, signedIn);
  const started = reduce(initial, { is: 'remembered', ...kept });
  it('shows it as last known', () => {
    expect(started.link).toBe('reconnecting');
    expect(started.entries.get('u2')?.type).toBe('busy');
    expect(started.me?.status).toBe('s2');
    expect(started.people.get('u2')?.display_name).toBe('u2');
    expect(resumable(started)).toBeNull();
  });
  it('gives way to what the server says, whatever its numbers are', () => {
    const me = { ...entry('u1', 's1', 1), type: 'connected' as const };
    const after = reduce(started, {
      is: 'ready',
      epoch: 'e2',
      seq: 1,
      me,
      catalogue: 1,
      people: 1,
      heartbeat_s: 25,
      resumed: false,
      stale: false,
    });
    expect(after.me).toBe(me);
    expect([...after.entries.keys()]).toEqual(['u1']);
    expect(after.catalogueWanted).toBeGreaterThan(after.catalogueVersion);
  });
  it('never undoes what the server said', () => {
    expect(reduce(state, { is: 'remembered', ...kept })).toBe(state);
  });
});
