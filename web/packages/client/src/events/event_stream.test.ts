import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EventStream } from './event_stream.ts';

const ready = { is: 'ready', epoch: 'e', seq: 5, heartbeat_s: 10, stale: false };
let told: string[];
/** The streams that were asked for, and what the server says on each. */
let streams: ReadableStreamDefaultController<Uint8Array>[];
let refused: number | null;
let stream: EventStream;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(Math, 'random').mockReturnValue(0.999);
  told = [];
  streams = [];
  refused = null;
  stream = new EventStream({
    open: (signal) => {
      if (refused !== null) return Promise.reject(new Response(null, { status: refused }));
      const body = new ReadableStream<Uint8Array>({
        start: (control) => {
          signal.addEventListener('abort', () => control.error(signal.reason));
          streams.push(control);
        },
      });
      return Promise.resolve(new Response(body));
    },
    frame: (frame) => told.push(frame.is),
    lost: (signedOut) => told.push(signedOut ? 'signed out' : 'lost'),
  });
  void stream.open();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const say = (text: string) => streams.at(-1)?.enqueue(new TextEncoder().encode(text));
const frame = (what: object) => `event: x\ndata: ${JSON.stringify(what)}\n\n`;
/** Streams hand on what they are given over several turns of the loop. */
async function pass(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
}

it('reads events wherever their bytes are cut, and no comments', async () => {
  const text = `retry: 3000\n\n:\n\n${frame(ready)}id: e.6\n${frame({ is: 'at', seq: 6, now: 'x' })}`;
  for (const each of text) say(each);
  await pass();
  expect(told).toEqual(['ready', 'at']);
});

it('comes back by itself, later each time, and soon again when it stood', async () => {
  refused = 503;
  streams[0]?.error(new Error('lost'));
  await pass();
  expect(told).toEqual(['lost']);
  await pass(1_900);
  expect(told).toHaveLength(1);
  await pass(200);
  expect(told).toHaveLength(2);
  await pass(3_800);
  expect(told).toHaveLength(2);
  refused = null;
  await pass(200);
  say(frame(ready) + frame({ is: 'board', seq: 5, users: [], all: true, more: false }));
  await pass();
  streams.at(-1)?.error(new Error('lost'));
  await pass();
  await pass(2_100);
  expect(streams).toHaveLength(3);
});

it.each(['closed with 4401', 'answered with 401'])('does not come back when it was %s', async (how) => {
  if (how.startsWith('closed')) say(frame({ code: 4401 }));
  else {
    refused = 401;
    void stream.open();
  }
  await pass(600_000);
  expect(told).toEqual(['signed out']);
  expect(streams).toHaveLength(1);
});

it('is over when it is closed', async () => {
  say(frame(ready));
  await pass();
  stream.close();
  await pass(600_000);
  expect(told).toEqual(['ready', 'lost']);
  expect(streams).toHaveLength(1);
});
