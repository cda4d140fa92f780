// The people whom the circles of a page show, over one stream of server-sent events for all of them. It is opened
// anew when other people are shown. A page that nobody sees keeps none: over HTTP/1.1 a browser opens six
// connections to a server, for all its tabs.
import { EventStream } from '@pastille/client/events/event_stream';
import type { Entry, Frame, Status } from '@pastille/client/live/frames';

export interface Update {
  readonly entry: Entry;
  readonly status: Status | undefined;
  /** False: the connection is lost, or the server cannot save: this is the last known. */
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
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #events = new EventStream({
    open: async (signal) => {
      const catalogue = (await (await this.#get('catalogue', signal)).json()) as { statuses: Status[] };
      this.#statuses = new Map(catalogue.statuses.map((each) => [each.id, each]));
      const query = [...this.#watchers.keys()].slice(0, kMost).map((user) => `user=${encodeURIComponent(user)}`);
      return this.#get(`live/events?follow=none&${query.join('&')}`, signal);
    },
    frame: (frame) => this.#take(frame),
    lost: (signedOut) => {
      if (signedOut) this.#entries.clear(); // tried again when the page is looked at again
      this.#live = false;
      this.#tellAll();
    },
  });

  constructor(
    private readonly api: string,
    private readonly token: string,
  ) {
    const run = () => this.#run();
    document.addEventListener('visibilitychange', run);
    addEventListener('online', run);
  }

  /** Returns its own end. */
  watch(user: string, watcher: Watcher): () => void {
    const known = this.#watchers.get(user);
    const watchers = known ?? new Set();
    watchers.add(watcher);
    this.#watchers.set(user, watchers);
    if (known === undefined) this.#soon();
    this.#tell(user);
    return () => {
      watchers.delete(watcher);
      if (watchers.size > 0 || this.#watchers.get(user) !== watchers) return;
      this.#watchers.delete(user);
      this.#entries.delete(user);
      this.#soon();
    };
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), 50);
  }

  #run(): void {
    if (this.#watchers.size === 0 || document.hidden) this.#events.close();
    else void this.#events.open();
  }

  async #get(path: string, signal: AbortSignal): Promise<Response> {
    const answer = await fetch(this.api + path, {
      signal,
      ...(this.token === ''
        ? { credentials: 'include' }
        : { credentials: 'omit', headers: { Authorization: `Bearer ${this.token}` } }),
    });
    if (!answer.ok) throw answer;
    return answer;
  }

  #take(frame: Frame): void {
    switch (frame.is) {
      case 'ready':
        this.#stale = frame.stale;
        this.#entries.clear(); // a whole board follows
        return;
      case 'board':
      case 'changes':
        for (const item of frame.users) {
          if ('gone' in item) this.#entries.delete(item.user);
          else if ((this.#entries.get(item.user)?.rev ?? -1) <= item.rev) this.#entries.set(item.user, item);
        }
        if (frame.is === 'changes' || frame.more) break;
        this.#live = !this.#stale;
        break;
      case 'catalogue':
        for (const each of frame.statuses) this.#statuses.set(each.id, each);
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
