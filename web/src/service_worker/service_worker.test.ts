import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** Caches in memory, in the order in which they were made, as browsers keep them. */
class Caches {
  all = new Map<string, Map<string, Response>>();
  /** How many more files there is room for. */
  room = Infinity;
  denied = false;

  #check(): void {
    if (this.denied) throw new DOMException('denied', 'SecurityError');
  }
  async open(name: string) {
    this.#check();
    const files = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, files);
    return {
      put: async (key: string | { url: string }, response: Response) => {
        if (this.room-- <= 0) throw new DOMException('full', 'QuotaExceededError');
        files.set(pathOf(key), response);
      },
    };
  }
  async match(key: string, { cacheName }: { cacheName?: string } = {}) {
    this.#check();
    for (const [name, files] of this.all)
      if (cacheName === undefined || name === cacheName) if (files.has(key)) return files.get(key)?.clone();
    return undefined;
  }
  async keys() {
    this.#check();
    return [...this.all.keys()];
  }
  async delete(name: string) {
    return this.all.delete(name);
  }
}
const pathOf = (key: string | { url: string }): string => (typeof key === 'string' ? key : new URL(key.url).pathname);

interface Event {
  request?: { url: string; method: string; mode: string };
}
interface Worker {
  event(type: string, event?: Event): Promise<Response | undefined>;
}

let caches: Caches;
/** What the server has, by path; null: it is away. */
let server: Record<string, string> | null;
let fetched: string[];

const filesOf = (release: number): Record<string, string> => ({
  '/': `sign-in of ${release}`,
  '/banner': `Banner of ${release}`,
  '/maker': `Maker of ${release}`,
  [`/assets/banner-${release}.js`]: `script of ${release}`,
});

/** A worker of a release in the browser that has these caches. */
async function worker(release: number): Promise<Worker> {
  const listeners = new Map<string, (event: object) => void>();
  vi.stubGlobal('self', {
    shell: { version: String(release), files: Object.keys(filesOf(release)) },
    location: { origin: 'https://host' },
    registration: {},
    clients: { claim: async () => undefined },
    skipWaiting: async () => undefined,
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
  });
  vi.resetModules();
  await import('./service_worker');
  return {
    async event(type, more = {}) {
      const waits: Promise<unknown>[] = [];
      let answer: Promise<Response> | undefined;
      listeners.get(type)?.({
        ...more,
        waitUntil: (until: Promise<unknown>) => waits.push(until),
        respondWith: (response: Promise<Response>) => (answer = response),
      });
      const response = await answer;
      await Promise.all(waits);
      return response;
    },
  };
}
async function installed(release: number): Promise<Worker> {
  const made = await worker(release);
  await made.event('install');
  await made.event('activate');
  return made;
}
async function text(from: Worker, path: string, mode = 'no-cors'): Promise<string | undefined> {
  return (await from.event('fetch', { request: { url: `https://host${path}`, method: 'GET', mode } }))?.text();
}
const opens = (from: Worker, path: string): Promise<string | undefined> => text(from, path, 'navigate');

beforeEach(() => {
  caches = new Caches();
  server = filesOf(1);
  fetched = [];
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('fetch', async (what: string | { url: string }) => {
    const path = pathOf(what);
    fetched.push(path);
    if (server === null) throw new TypeError('away');
    const found = server[path];
    return found === undefined ? new Response('', { status: 404 }) : new Response(found);
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('the worker of the pages', () => {
  it('opens them without the server, as the newest version that it keeps', async () => {
    for (const release of [1, 2]) {
      server = filesOf(release);
      await installed(release);
    }
    const now = await installed(2);
    server = null;
    expect(await opens(now, '/banner/history')).toBe('Banner of 2');
    expect(await opens(now, '/maker/users')).toBe('Maker of 2');
  });

  it('keeps what an open page of the version before began with, and nothing older', async () => {
    for (const release of [1, 2]) {
      server = filesOf(release);
      await installed(release);
    }
    server = filesOf(3);
    const now = await installed(3);
    expect(await text(now, '/assets/banner-2.js')).toBe('script of 2');
    expect(await text(now, '/assets/banner-1.js')).toBe('');
    expect([...caches.all.keys()]).toEqual(['pastille.shell.2', 'pastille.shell.3']);
  });

  it('takes a half-written cache for no version', async () => {
    await installed(1);
    server = filesOf(2);
    caches.room = 2;
    await expect((await worker(2)).event('install')).rejects.toThrow('full');
    caches.room = Infinity;
    // The version that is at work goes on with its own.
    server = null;
    expect(await opens(await worker(1), '/banner')).toBe('Banner of 1');
    server = filesOf(3);
    const now = await installed(3);
    expect([...caches.all.keys()]).toEqual(['pastille.shell.1', 'pastille.shell.3']);
    server = null;
    expect(await opens(now, '/banner')).toBe('Banner of 3');
    expect(await text(now, '/assets/banner-1.js')).toBe('script of 1');
  });

  it('fetches nothing again that an earlier version has under the same hashed name', async () => {
    await installed(1);
    fetched = [];
    server = { ...filesOf(2), '/assets/banner-1.js': 'script of 1' };
    await (await worker(1)).event('install');
    expect(fetched.toSorted()).toEqual(['/', '/banner', '/maker']);
  });

  it('hands on what it fetches where there is no room to keep it', async () => {
    const now = await installed(1);
    caches.room = 0;
    server = { ...filesOf(1), '/assets/later-1.js': 'later' };
    expect(await text(now, '/assets/later-1.js')).toBe('later');
  });

  it('leaves the pages to the server where storage is denied', async () => {
    const now = await worker(1);
    caches.denied = true;
    expect(await opens(now, '/banner')).toBe('Banner of 1');
    expect(await text(now, '/assets/banner-1.js')).toBe('script of 1');
  });
});
