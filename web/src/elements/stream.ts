// One stream of server-sent events for all circles of a page (api/asyncapi.yaml). It is opened anew when
// other people are shown, and by itself with full jitter when it was lost or fell silent. A page that
// nobody sees keeps none: over HTTP/1.1 a browser opens six connections to a server, for all its tabs.
import type { BoardItem, Entry, Status } from '../live/frames';

export interface Update {
  readonly entry: Entry;
  readonly status: Status | undefined;
  /** False: the connection is lost, or the server cannot save: this is the last known. */
  readonly live: boolean;
}
type Watcher = (update: Update | undefined) => void;
interface AnyFrame {
  readonly is?: string;
  readonly users?: readonly BoardItem[];
  readonly statuses?: readonly Status[];
  readonly more?: boolean;
  readonly stale?: boolean;
  readonly heartbeat_s?: number;
  /** Of the last one: why the stream ends. */
  readonly code?: number;
}

/** The server takes no more in one stream. */
const kMost = 200;
const kFirstWaitMs = 1_000;
const kLongestWaitMs = 30_000;

export class Stream {
  #watchers = new Map<string, Set<Watcher>>();
  #entries = new Map<string, Entry>();
  #statuses = new Map<string, Status>();
  #live = false;
  #stale = false;
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #wait = kFirstWaitMs;
  #heartbeatMs = 25_000;

  constructor(
    private readonly api: string,
    private readonly token: string,
  ) {
    const run = () => void this.#run();
    document.addEventListener('visibilitychange', run);
    addEventListener('online', run);
  }

  /** Returns its own end. */
  watch(user: string, watcher: Watcher): () => void {
    const known = this.#watchers.get(user);
    const watchers = known ?? new Set();
    watchers.add(watcher);
    this.#watchers.set(user, watchers);
    if (known === undefined) this.#soon(50);
    this.#tell(user);
    return () => {
      watchers.delete(watcher);
      if (watchers.size > 0 || this.#watchers.get(user) !== watchers) return;
      this.#watchers.delete(user);
      this.#entries.delete(user);
      this.#soon(50);
    };
  }

  #soon(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), wait);
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#abort.abort();
    const abort = (this.#abort = new AbortController());
    const users = [...this.#watchers.keys()].slice(0, kMost);
    if (users.length === 0 || document.hidden) return this.#lose();
    let signedOut: boolean;
    try {
      this.#hear(abort);
      const catalogue = (await (await this.#get('catalogue', abort)).json()) as { statuses: Status[] };
      this.#statuses = new Map(catalogue.statuses.map((each) => [each.id, each]));
      const query = users.map((user) => `user=${encodeURIComponent(user)}`).join('&');
      const answer = await this.#get(`live/events?follow=none&${query}`, abort);
      signedOut = await this.#read(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>, abort);
    } catch (fault) {
      // Refused, unreachable or cut off: all the same to who looks.
      signedOut = fault instanceof Response && fault.status === 401;
    }
    if (abort !== this.#abort) return;
    if (signedOut) this.#entries.clear();
    this.#lose();
    if (signedOut) return; // tried again when the page is looked at again
    this.#wait = Math.min(2 * this.#wait, kLongestWaitMs);
    this.#soon(Math.random() * this.#wait);
  }

  #lose(): void {
    clearTimeout(this.#silence);
    this.#live = false;
    this.#tellAll();
  }

  /** Whoever says nothing for two heartbeats is gone, at the start too. */
  #hear(abort: AbortController): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => abort.abort(), 2 * this.#heartbeatMs);
  }

  async #get(path: string, abort: AbortController): Promise<Response> {
    const answer = await fetch(this.api + path, {
      signal: abort.signal,
      ...(this.token === ''
        ? { credentials: 'include' }
        : { credentials: 'omit', headers: { Authorization: `Bearer ${this.token}` } }),
    });
    if (!answer.ok) throw answer;
    return answer;
  }

  /** True when it ended because nobody is signed in any more. */
  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>, abort: AbortController): Promise<boolean> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done || abort !== this.#abort) return false;
      this.#hear(abort);
      const events = (rest + value).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data === undefined) continue;
        const frame = JSON.parse(data) as AnyFrame;
        if (frame.code === 4401) return true;
        this.#take(frame);
      }
    }
  }

  #take(frame: AnyFrame): void {
    switch (frame.is) {
      case 'ready':
        this.#stale = frame.stale === true;
        this.#heartbeatMs = 1_000 * (frame.heartbeat_s ?? 25);
        this.#entries.clear(); // a whole board follows
        return;
      case 'board':
      case 'changes':
        for (const item of frame.users ?? []) {
          if ('gone' in item) this.#entries.delete(item.user);
          else if ((this.#entries.get(item.user)?.rev ?? -1) <= item.rev) this.#entries.set(item.user, item);
        }
        if (frame.is === 'changes' || frame.more === true) break;
        this.#live = !this.#stale;
        this.#wait = kFirstWaitMs;
        break;
      case 'catalogue':
        for (const each of frame.statuses ?? []) this.#statuses.set(each.id, each);
        break;
      case 'stale':
      case 'fresh':
        this.#stale = frame.is === 'stale';
        this.#live = !this.#stale;
        break;
      default:
        return;
    }
    this.#tellAll();
  }

  #tellAll(): void {
    for (const user of this.#watchers.keys()) this.#tell(user);
  }

  #tell(user: string): void {
    const entry = this.#entries.get(user);
    const update = entry && { entry, status: this.#statuses.get(entry.status), live: this.#live };
    for (const watcher of this.#watchers.get(user) ?? []) watcher(update);
  }
}
