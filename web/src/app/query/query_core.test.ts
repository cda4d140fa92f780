import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unreachable, type Problem, type Told } from '@pastille/client/http/client';
import type { Frame } from '@pastille/client/live/frames';
import { isConfig, keepFresh } from './keep_fresh';
import { QueryCore, type QueryState } from './query_core';

const ready = { is: 'ready' } as Frame;
const changed: Frame = { is: 'config', what: 'teams' };
const refused: Problem = {
  type: '/problems/permission-missing',
  title: 'Missing',
  status: 403,
  detail: 'The permission is missing.',
};

/** A server that says its word, after a turn or when it is let. */
class Server {
  word = 'first';
  away: Problem | null = null;
  asked = 0;
  aborted = 0;
  held: ((answer: Told<string>) => void)[] = [];
  hold = false;
  read = (signal: AbortSignal): Promise<Told<string>> => {
    this.asked += 1;
    if (this.hold) {
      return new Promise((answer) => {
        const abort = () => (this.aborted += 1);
        signal.addEventListener('abort', abort);
        this.held.push((told) => {
          signal.removeEventListener('abort', abort);
          answer(told);
        });
      });
    }
    return Promise.resolve(this.away === null ? { data: this.word } : { problem: this.away });
  };
}

class Link {
  #listeners = new Set<(frame: Frame) => void>();
  listen = (listener: (frame: Frame) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  say(frame: Frame): void {
    for (const each of this.#listeners) each(frame);
  }
}

let server: Server;
let link: Link;
let query: QueryCore<string>;
let state: QueryState<string>;
let end: () => void;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  link = new Link();
  state = { data: null, problem: null, busy: false };
  query = new QueryCore<string>(state, { random: () => 1 });
  end = keepFresh(link, query, (frame) => isConfig(frame, 'teams'));
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

describe('what is read and kept fresh', () => {
  it('is read again when it changed, and after a time without a connection', async () => {
    await query.load(server.read);
    server.word = 'second';
    link.say({ is: 'config', what: 'roles' });
    await pass(0);
    expect(state.data).toBe('first');
    link.say(changed);
    await pass(0);
    expect(state.data).toBe('second');
    server.word = 'third';
    link.say(ready);
    await pass(0);
    expect(state.data).toBe('third');
  });

  it('is asked for once at a time, however often it changes', async () => {
    await query.load(server.read);
    server.hold = true;
    for (let i = 0; i < 20; i++) link.say(changed);
    expect(server.asked).toBe(2);
    server.hold = false;
    server.word = 'second';
    server.held[0]?.({ data: 'between' });
    await pass(0);
    expect([server.asked, server.aborted, state.data]).toEqual([3, 0, 'second']);
  });

  it('is tried again later and later while it cannot be read, and not at each change', async () => {
    server.away = unreachable;
    await query.load(server.read);
    expect([state.problem, state.busy]).toEqual([unreachable, false]);
    for (let i = 0; i < 20; i++) link.say(changed);
    expect(server.asked).toBe(1);
    await pass(3_000);
    expect(server.asked).toBe(2);
    await pass(9_999);
    expect(server.asked).toBe(2);
    server.away = null;
    await pass(1);
    expect([server.asked, state.data, state.problem]).toEqual([3, 'first', null]);
  });

  it('is there at once when the server is back', async () => {
    server.away = unreachable;
    await query.load(server.read);
    server.away = null;
    link.say(ready);
    await pass(0);
    expect([state.data, state.problem]).toEqual(['first', null]);
    await pass(60_000);
    expect(server.asked).toBe(2);
  });

  it('waits as long as the server says', async () => {
    await query.load(() => {
      server.asked += 1;
      return Promise.resolve({ problem: unreachable, retryAfterS: 30 });
    });
    await pass(32_999);
    expect(server.asked).toBe(1);
    await pass(1);
    expect(server.asked).toBe(2);
  });

  it('is not asked for again where it is refused', async () => {
    server.away = refused;
    await query.load(server.read);
    await pass(600_000);
    expect([server.asked, state.problem]).toEqual([1, refused]);
  });

  it('ends the question before a newer one, and keeps nothing of an older question', async () => {
    await query.load(server.read);
    server.hold = true;
    void query.reload();
    server.hold = false;
    server.away = unreachable;
    await query.load(server.read);
    expect([server.aborted, state.data, state.problem]).toEqual([1, null, unreachable]);
  });

  it('takes off what is gone', async () => {
    await query.load(server.read);
    server.away = { ...refused, status: 404 };
    await query.reload();
    expect(state.data).toBeNull();
  });

  it('is asked for again only where that is worth it, and then whatever the problem is', async () => {
    let worth = false;
    const own = new QueryCore<string>(state, { read: server.read, retries: () => worth, random: () => 1 });
    server.away = unreachable;
    await own.reload();
    await pass(600_000);
    expect(server.asked).toBe(1);
    worth = true;
    server.away = refused;
    await own.reload();
    server.away = null;
    await pass(3_000);
    expect([server.asked, state.data]).toEqual([3, 'first']);
    own.stop();
  });

  it('begins with short waits again once somebody asks', async () => {
    server.away = unreachable;
    await query.load(server.read);
    await pass(3_000);
    expect(server.asked).toBe(2);
    await query.reload();
    await pass(3_000);
    expect(server.asked).toBe(4);
  });

  it('ends with its component', async () => {
    server.away = unreachable;
    await query.load(server.read);
    end();
    link.say(ready);
    await pass(600_000);
    expect(server.asked).toBe(1);
  });
});
