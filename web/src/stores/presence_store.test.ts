import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@pastille/client/live/fake_socket';
import { PresenceStore } from './presence_store.svelte';

const entry = (user: string, type: string, rev: number) => ({
  user,
  status: `s_${type}`,
  type,
  note: null,
  since: null,
  until: null,
  rev,
});
const ready = (more: object = {}) => ({
  is: 'ready',
  epoch: 'e1',
  seq: 7,
  me: entry('u1', 'connected', 7),
  catalogue: 0,
  people: 0,
  heartbeat_s: 25,
  resumed: false,
  stale: false,
  ...more,
});
const last = () => FakeSocket.all.at(-1) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('document', { visibilityState: 'hidden' });
  FakeSocket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('whom a page follows', () => {
  it('are asked for when they come on screen, all of a moment in one frame', () => {
    const live = new PresenceStore('ws://test.invalid');
    last().opens();
    expect(last().asked()).toEqual([{ do: 'open', present: true, follow: { users: [] } }]);
    last().says(ready());
    live.watch('list', ['u2']);
    live.watch('open', ['u3']);
    vi.advanceTimersByTime(1000);
    expect(last().asked()).toEqual([{ do: 'follow', add: ['u2', 'u3'], drop: [] }]);
    live.close();
  });

  it('are asked for after ready when they came on screen between open and ready', () => {
    const live = new PresenceStore('ws://test.invalid');
    last().opens();
    last().asked();
    live.watch('list', ['u2']);
    vi.advanceTimersByTime(1000);
    expect(last().asked()).toEqual([]);
    last().says(ready());
    expect(last().asked()).toEqual([{ do: 'follow', add: ['u2'], drop: [] }]);
    last().says({ is: 'board', seq: 7, users: [entry('u2', 'offline', 1)], more: false });
    last().says({ is: 'changes', seq: 8, users: [entry('u2', 'connected', 8)] });
    expect(live.state.entries.get('u2')?.type).toBe('connected');
    live.close();
  });

  it('who come on screen while the link is down are asked for after a resumed ready: the position does not hold for them', () => {
    const live = new PresenceStore('ws://test.invalid');
    live.watch('list', ['u2']);
    last().opens();
    last().says(ready());
    last().says({ is: 'board', seq: 7, users: [entry('u2', 'busy', 3)], more: false });
    last().ends(1006);
    live.watch('open', ['u3']);
    vi.advanceTimersByTime(10_000);
    last().opens();
    expect(last().asked()).toEqual([{ do: 'open', present: true, epoch: 'e1', seq: 7, follow: { users: ['u2'] } }]);
    last().says(ready({ resumed: true }));
    expect(last().asked()).toEqual([{ do: 'follow', add: ['u3'], drop: [] }]);
    expect(live.state.entries.get('u2')?.type).toBe('busy');
    live.close();
  });

  it('who left the screen while the link is down are let go', () => {
    const live = new PresenceStore('ws://test.invalid');
    const end = live.watch('list', ['u2']);
    last().opens();
    last().says(ready());
    last().says({ is: 'board', seq: 7, users: [entry('u2', 'busy', 3)], more: false });
    last().ends(1006);
    end();
    vi.advanceTimersByTime(10_000);
    last().opens();
    last().asked();
    last().says(ready({ resumed: true }));
    expect(last().asked()).toEqual([{ do: 'follow', add: [], drop: ['u2'] }]);
    expect(live.state.entries.has('u2')).toBe(false);
    live.close();
  });
});

describe('everyone', () => {
  it('are followed while a part of the page wants it; then again those on screen', () => {
    const live = new PresenceStore('ws://test.invalid');
    last().opens();
    last().says(ready());
    live.watch('list', ['u2']);
    const ends = [live.watchEveryone(), live.watchEveryone()];
    vi.advanceTimersByTime(1000);
    last().asked();
    last().says({
      is: 'board',
      seq: 8,
      users: [entry('u2', 'busy', 8), entry('u3', 'busy', 8)],
      all: true,
      more: false,
    });
    expect([live.state.everyone, [...live.state.entries.keys()].sort()]).toEqual([true, ['u1', 'u2', 'u3']]);
    ends[0]?.();
    ends[0]?.();
    vi.advanceTimersByTime(1000);
    expect(last().asked()).toEqual([]);
    ends[1]?.();
    vi.advanceTimersByTime(1000);
    expect(last().asked()).toEqual([
      { do: 'follow', all: false },
      { do: 'follow', add: ['u2'], drop: [] },
    ]);
    expect([live.state.everyone, [...live.state.entries.keys()].sort()]).toEqual([false, ['u1', 'u2']]);
    live.close();
  });

  it('are followed anew after a lost connection, from where one was if the server still knows', () => {
    const live = new PresenceStore('ws://test.invalid');
    last().opens();
    last().says(ready());
    live.watchEveryone();
    vi.advanceTimersByTime(1000);
    last().says({ is: 'board', seq: 8, users: [], all: true, more: false });
    last().says({ is: 'board', seq: 8, users: [], all: false, more: false });
    last().ends(1006);
    vi.advanceTimersByTime(5000);
    last().opens();
    expect(last().asked()).toEqual([{ do: 'open', present: true, epoch: 'e1', seq: 8, follow: { all: true } }]);
    live.close();
  });
});

describe('an own status whose answer was lost with the link', () => {
  async function lost(shown: object): Promise<unknown> {
    const live = new PresenceStore('ws://test.invalid');
    last().opens();
    last().says(ready());
    let outcome: unknown = 'still waiting';
    void live.set({ status_id: 's_busy', note: 'back soon' }).then((told) => (outcome = told));
    last().ends(1006);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(outcome).toBe('still waiting');
    last().opens();
    last().says(ready({ me: shown, resumed: true }));
    await vi.advanceTimersByTimeAsync(3_000);
    live.close();
    return outcome;
  }

  it('is done when one shows it, and refused when nothing was changed', async () => {
    const made = { ...entry('u1', 'busy', 9), note: 'back soon' };
    expect(await lost(made)).toEqual({ entry: made });
    expect(await lost(entry('u1', 'connected', 7))).toMatchObject({ problem: { type: '/problems/unavailable' } });
  });

  it('is in doubt when something else was changed meanwhile, or no link comes back', async () => {
    expect(await lost(entry('u1', 'absent', 12))).toMatchObject({ problem: { type: '/problems/in-doubt' } });
    const live = new PresenceStore('ws://test.invalid');
    last().opens();
    last().says(ready());
    const outcome = live.clear();
    last().ends(1006);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await outcome).toMatchObject({ problem: { type: '/problems/in-doubt' } });
    live.close();
  });
});
