// One stream of server-sent events for all circles of a page (api/asyncapi.yaml), opened anew when
// other people are shown, and by itself with full jitter when it was lost.
import type { BoardItem, Entry, Status } from '../live/frames';

export interface Update {
  readonly entry: Entry;
  readonly status: Status | undefined;
  /** False: the connection is lost, this is the last known. */
  readonly live: boolean;
}
type Watcher = (update: Update | undefined) => void;

/** The server takes no more in one stream. */
const kMost = 200;

export class Stream {
  #watchers = new Map<string, Set<Watcher>>();
  #entries = new Map<string, Entry>();
  #statuses = new Map<string, Status>();
  #live = false;
  #abort = new AbortController();
  #timer = 0;
  #wait = 1_000;

  constructor(private readonly api: string, private readonly token: string) {}

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
    this.#timer = window.setTimeout(() => void this.#run(), wait);
  }

  async #run(): Promise<void> {
    this.#abort.abort();
    const users = [...this.#watchers.keys()].slice(0, kMost);
    if (users.length === 0) return;
    const abort = (this.#abort = new AbortController());
    try {
      const catalogue = (await (await this.#get('catalogue', abort)).json()) as { statuses: Status[] };
      this.#statuses = new Map(catalogue.statuses.map((each) => [each.id, each]));
      const answer = await this.#get(`live/events?follow=none&${users.map((user) => `user=${user}`).join('&')}`, abort);
      await this.#read(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>);
    } catch {
      // Refused, unreachable or cut off: all the same to who looks.
    }
    if (abort.signal.aborted) return;
    this.#live = false;
    this.#tellAll();
    this.#wait = Math.min(2 * this.#wait, 30_000);
    this.#soon(Math.random() * this.#wait);
  }

  async #get(path: string, abort: AbortController): Promise<Response> {
    const answer = await fetch(this.api + path, {
      signal: abort.signal,
      ...(this.token === '' ? { credentials: 'include' } : { credentials: 'omit', headers: { Authorization: `Bearer ${this.token}` } }),
    });
    if (!answer.ok) throw answer;
    return answer;
  }

  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (rest + value).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) this.#take(JSON.parse(data));
      }
    }
  }

  #take(frame: { is?: string; users?: BoardItem[]; statuses?: Status[] }): void {
    this.#live = frame.is !== 'stale';
    this.#wait = 1_000;
    if (frame.is === 'board' || frame.is === 'changes') {
      for (const item of frame.users ?? []) {
        if ('gone' in item) this.#entries.delete(item.user);
        else if ((this.#entries.get(item.user)?.rev ?? -1) <= item.rev) this.#entries.set(item.user, item);
      }
    }
    if (frame.is === 'catalogue') for (const each of frame.statuses ?? []) this.#statuses.set(each.id, each);
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
