// The live state of the page, for components: state to read, and the few things one can do.
// Owns the socket and the follow set. Commands are answered by done or refused; while the link is
// down they are refused here with a clear problem, never kept for later.

import { initial, reduce, resumable, type LiveEvent, type LiveState } from './reducer';
import { LiveSocket } from './socket';
import type { Entry, Frame, Problem } from './frames';

export interface Choice {
  readonly status_id: string;
  readonly note?: string | null;
  /** An instant, "today", or null for no end; absent: the status's default duration. */
  readonly until?: string | null;
  readonly for_s?: number;
}
export type Outcome = { readonly entry: Entry } | { readonly problem: Problem };

const disconnected: Problem = { type: '/problems/unavailable', title: 'Not connected', status: 503 };

/** The server takes 1,000 ids a frame; a page never needs more than it can show. */
const kMostFollowed = 1_000;
const kFollowEveryMs = 80;

export class LivePresence {
  state = $state.raw<LiveState>(initial);
  #socket: LiveSocket;
  #watched = new Map<string, readonly string[]>();
  /** Whom the server was asked to follow last: the position holds for these. */
  #followed = new Set<string>();
  #followTimer: ReturnType<typeof setTimeout> | undefined;
  #counting = 0;
  #refs = new Map<string, (outcome: Outcome) => void>();
  #nextRef = 1;
  #listeners = new Set<(frame: Frame) => void>();

  constructor(url: string) {
    this.#socket = new LiveSocket(url, {
      opened: (send) => {
        const position = resumable(this.state);
        if (position === null) this.#followed = this.#wanted();
        send({ do: 'open', present: true, ...position, follow: { users: [...this.#followed] } });
        this.apply({ is: 'asked-board' }); // a resumed ready says that there will be none
        if (this.#counting > 0) send({ do: 'follow', counts: true });
      },
      frame: (frame) => this.#frame(frame),
      lost: () => this.#down('reconnecting'),
      ended: () => this.#down('ended'),
    });
  }

  apply(event: LiveEvent): void {
    this.state = reduce(this.state, event);
  }

  /** Follows these people under a name of the caller's; all names together are the follow set. Drops
   *  what does not fit into kMostFollowed, the oldest name last. Returns its own end. */
  watch(name: string, users: Iterable<string>): () => void {
    this.#watched.set(name, [...users]);
    this.#followSoon();
    return () => {
      if (this.#watched.delete(name)) this.#followSoon();
    };
  }

  /** Counts while at least one part of the page shows them. Returns its own end. */
  watchCounts(): () => void {
    if (this.#counting++ === 0) this.#socket.send({ do: 'follow', counts: true });
    let over = false;
    return () => {
      if (over) return;
      over = true;
      if (--this.#counting === 0) this.#socket.send({ do: 'follow', counts: false });
    };
  }

  set(choice: Choice): Promise<Outcome> {
    return this.#command({ do: 'set', ...choice });
  }

  clear(): Promise<Outcome> {
    return this.#command({ do: 'clear' });
  }

  /** Returns its own end. */
  listen(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hurry(): void {
    this.#socket.hurry();
  }

  close(): void {
    clearTimeout(this.#followTimer);
    this.#socket.close();
  }

  /** A list that scrolls names other people many times a second: one frame for all of it. */
  #followSoon(): void {
    this.#followTimer ??= setTimeout(() => {
      this.#followTimer = undefined;
      this.#follow();
    }, kFollowEveryMs);
  }

  #wanted(): Set<string> {
    return new Set([...this.#watched.values()].flat().slice(0, kMostFollowed));
  }

  #follow(): void {
    if (this.state.link !== 'live') return; // the last known is kept; it is asked when there is a ready
    const wanted = this.#wanted();
    const add = [...wanted].filter((user) => !this.#followed.has(user));
    const drop = [...this.#followed].filter((user) => !wanted.has(user));
    if (add.length === 0 && drop.length === 0) return;
    this.#followed = wanted;
    this.apply({ is: 'unfollowed', users: drop });
    if (this.#socket.send({ do: 'follow', add, drop })) this.apply({ is: 'asked-board' });
  }

  #command(frame: object): Promise<Outcome> {
    const ref = String(this.#nextRef++);
    return new Promise((resolve) => {
      if (this.state.link !== 'live' || !this.#socket.send({ ...frame, ref })) {
        resolve({ problem: disconnected });
        return;
      }
      this.#refs.set(ref, resolve);
    });
  }

  #frame(frame: Frame): void {
    this.apply(frame);
    if (frame.is === 'ready') {
      this.apply({ is: 'unfollowed', users: [...this.state.entries.keys()].filter((user) => !this.#followed.has(user)) });
      this.#follow(); // whoever came on screen since the open frame was sent
    }
    if (frame.is === 'done' || frame.is === 'refused') {
      const waiting = frame.ref === undefined ? undefined : this.#refs.get(frame.ref);
      if (frame.ref !== undefined) this.#refs.delete(frame.ref);
      waiting?.(frame.is === 'done' ? { entry: frame.entry } : { problem: frame.problem });
    }
    for (const listener of this.#listeners) listener(frame);
  }

  #down(link: 'reconnecting' | 'ended'): void {
    this.apply({ is: 'link', link });
    for (const waiting of this.#refs.values()) waiting({ problem: disconnected });
    this.#refs.clear();
  }
}
