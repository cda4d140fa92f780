import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Stream, type Update } from './stream';

const entry = { user: 'u1', status: 's1', type: 'busy', note: null, since: null, until: null, rev: 5 };
const kReady = { is: 'ready', epoch: 'e', seq: 5, heartbeat_s: 10, stale: false };
const kBoard = { is: 'board', seq: 5, users: [entry], all: false, more: false };

/** A page with one circle, and the server that it asks. */
class World extends EventTarget {
  hidden = false;
  status = 200;
  seen: (Update | undefined)[] = [];
  /** The streams that were asked for: their address, and whether they go on. */
  streams: { url: string; open: boolean; say: (text: string) => void }[] = [];

  fetch = (url: string, { signal }: { signal: AbortSignal }): Promise<Response> => {
    if (this.status !== 200) return Promise.resolve(new Response(null, { status: this.status }));
    if (url.endsWith('catalogue')) return Promise.resolve(Response.json({ statuses: [] }));
    const body = new ReadableStream<Uint8Array>({
      start: (control) => {
        const stream = { url, open: true, say: (text: string) => control.enqueue(new TextEncoder().encode(text)) };
        signal.addEventListener('abort', () => {
          stream.open = false;
          control.error(signal.reason);
        });
        this.streams.push(stream);
      },
    });
    return Promise.resolve(new Response(body));
  };
  say(...frames: object[]): void {
    for (const frame of frames) this.streams.at(-1)?.say(`data: ${JSON.stringify(frame)}\n\n`);
  }
  get live(): boolean | undefined {
    return this.seen.at(-1)?.live;
  }
  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let world: World;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  world = new World();
  vi.stubGlobal('document', world);
  vi.stubGlobal('addEventListener', world.addEventListener.bind(world));
  vi.stubGlobal('fetch', world.fetch);
  new Stream('https://host/api/v1/', '').watch('u1', (update) => world.seen.push(update));
  await settled(60);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Streams hand on what they are given over several turns of the loop. */
async function settled(ms = 0): Promise<void> {
  await pass(ms);
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
}

describe('the stream of a page', () => {
  it('shows what comes', async () => {
    expect(world.live).toBeUndefined();
    world.say(kReady, kBoard);
    await settled();
    expect(world.seen.at(-1)).toMatchObject({ entry, live: true });
  });

  it('takes a stream that says nothing for lost, and opens another', async () => {
    world.say(kReady, kBoard);
    await settled();
    await settled(15_000);
    world.streams.at(-1)?.say(':\n\n');
    await settled(15_000);
    expect(world.live).toBe(true);
    await settled(6_000);
    expect(world.live).toBe(false);
    await settled(2_000);
    expect(world.streams.map(({ open }) => open)).toEqual([false, true]);
  });

  it('takes one that never begins for lost, too', async () => {
    await settled(50_000);
    await settled(2_000);
    expect(world.streams.map(({ open }) => open)).toEqual([false, true]);
  });

  it('stays the last known until the server can save again', async () => {
    world.say(kReady, kBoard, { is: 'stale', since: 'x' });
    await settled();
    world.say({ is: 'at', seq: 6, now: 'x' }, { is: 'changes', seq: 6, users: [] });
    await settled();
    expect(world.live).toBe(false);
    world.say({ is: 'fresh', seq: 7 });
    await settled();
    expect(world.live).toBe(true);
  });

  it('begins as the last known where the server cannot save', async () => {
    world.say({ ...kReady, stale: true }, kBoard);
    await settled();
    expect(world.live).toBe(false);
  });

  it('ignores frames of a newer server', async () => {
    world.say(kReady, kBoard, { is: 'weather', users: 7 });
    await settled();
    expect(world.live).toBe(true);
    expect(world.streams).toHaveLength(1);
  });

  it('asks no more where nobody is signed in, until the page is looked at again', async () => {
    world.say(kReady, kBoard);
    await settled();
    world.status = 401;
    world.say({ code: 4401 });
    await settled(600_000);
    expect(world.seen.at(-1)).toBeUndefined();
    expect(world.streams).toHaveLength(1);
    world.turn(false);
    await settled(600_000);
    expect(world.streams).toHaveLength(1);
    world.status = 200;
    world.turn(false);
    await settled();
    expect(world.streams).toHaveLength(2);
  });

  it('keeps no connection for a page that nobody sees', async () => {
    world.say(kReady, kBoard);
    await settled();
    world.turn(true);
    await settled(600_000);
    expect(world.streams.map(({ open }) => open)).toEqual([false]);
    world.turn(false);
    await settled();
    expect(world.live).toBe(false);
    world.say(kReady, kBoard);
    await settled();
    expect(world.live).toBe(true);
  });

  it('forgets whom the server no longer names', async () => {
    world.say(kReady, kBoard);
    await settled();
    world.turn(false);
    await settled();
    world.say(kReady, { ...kBoard, users: [], unknown: ['u1'] });
    await settled();
    expect(world.seen.at(-1)).toBeUndefined();
  });
});
