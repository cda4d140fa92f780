// The live state of the page, for components: state to read, and the few things one can do.
// Owns the socket and the follow set. Commands are answered by done or refused; while the link is
// down they are refused here with a clear problem, never kept for later. One whose answer was lost with
// the link is looked up when the link is back.

import { inDoubt, unreachable, type Problem } from '@pastille/client/http/client';
import { initial, reduce, resumable, stillThere, type LiveEvent, type LiveState } from '@pastille/client/live/reducer';
import { LiveSocket } from '@pastille/client/live/socket';
import type { Entry, Frame } from '@pastille/client/live/frames';

export interface Choice {
  readonly status_id: string;
  readonly note?: string | null;
  /** An instant, "today", or null for no end; absent: the status's default duration. */
  readonly until?: string | null;
  readonly for_s?: number;
}
export type Outcome = { readonly entry: Entry } | { readonly problem: Problem };

/** The server takes 1,000 ids a frame; a page never needs more than it can show. */
const kMostFollowed = 1_000;
const kFollowEveryMs = 80;
/** Without an answer the link is looked at; in the end nobody knows. */
const kLookMs = 4_000;
const kCommandMs = 20_000;

/** After the link is back: for what was still on its way to the server. */
const kSettleMs = 2_000;

interface Command {
  readonly choice: Choice | null;
  /** Of one's own entry when it was sent. */
  readonly rev: number | undefined;
  readonly resolve: (outcome: Outcome) => void;
  readonly timers: ReturnType<typeof setTimeout>[];
}

export class PresenceStore {
  state = $state.raw<LiveState>(initial);
  readonly socket: LiveSocket;
  #watched = new Map<string, readonly string[]>();
  /** Whom the server was asked to follow last: the position holds for these. */
  #followed = new Set<string>();
  /** How many parts of the page want to know of everyone, and whether the server was asked for it last. */
  #everyone = 0;
  #followsAll = false;
  #followTimer: ReturnType<typeof setTimeout> | undefined;
  #counting = 0;
  #commands = new Map<string, Command>();
  #nextRef = 1;
  #listeners = new Set<(frame: Frame) => void>();

  /** onfailed: no connection came about; onended: the session has ended. */
  constructor(
    url: string,
    private readonly onfailed = (): void => undefined,
    private readonly onended = (): void => undefined,
  ) {
    this.socket = new LiveSocket(url, {
      opened: (send) => {
        const position = resumable(this.state);
        if (position === null) {
          this.#followsAll = this.#everyone > 0;
          this.#followed = this.#wanted();
        }
        const all = this.#followsAll;
        send({ do: 'open', present: true, ...position, follow: all ? { all } : { users: [...this.#followed] } });
        this.apply({ is: 'asked-board', anew: true, all }); // a resumed ready says that there will be none
        if (this.#counting > 0) send({ do: 'follow', counts: true });
      },
      asks: (send) => send({ do: 'follow', add: [], drop: [], ref: stillThere }),
      watched: () => document.visibilityState === 'visible',
      frame: (frame) => this.#frame(frame),
      lost: () => this.apply({ is: 'link', link: 'reconnecting' }),
      failed: () => this.onfailed(),
      ended: () => this.#end(),
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

  /** Follows everyone while at least one part of the page wants it. Returns its own end. */
  watchEveryone(): () => void {
    this.#everyone++;
    this.#followSoon();
    return once(() => {
      this.#everyone--;
      this.#followSoon();
    });
  }

  /** Counts while at least one part of the page shows them. Returns its own end. */
  watchCounts(): () => void {
    if (this.#counting++ === 0) this.socket.send({ do: 'follow', counts: true });
    return once(() => {
      if (--this.#counting === 0) this.socket.send({ do: 'follow', counts: false });
    });
  }

  set(choice: Choice): Promise<Outcome> {
    return this.#command({ do: 'set', ...choice }, choice);
  }

  clear(): Promise<Outcome> {
    return this.#command({ do: 'clear' }, null);
  }

  /** Returns its own end. */
  listen(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.#followTimer);
    this.socket.close();
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
    if (this.#everyone > 0) return this.#followAll();
    if (this.#followsAll) {
      if (!this.socket.send({ do: 'follow', all: false })) return;
      this.#followsAll = false;
      this.#followed = new Set();
      this.apply({ is: 'asked-board', anew: false });
      const users = [...this.state.entries.keys()].filter((user) => !wanted.has(user));
      this.apply({ is: 'unfollowed', users, everyone: true });
    }
    const add = [...wanted].filter((user) => !this.#followed.has(user));
    const drop = [...this.#followed].filter((user) => !wanted.has(user));
    if (add.length === 0 && drop.length === 0) return;
    if (!this.socket.send({ do: 'follow', add, drop })) return;
    this.#followed = wanted;
    this.apply({ is: 'unfollowed', users: drop });
    this.apply({ is: 'asked-board', anew: false });
  }

  #followAll(): void {
    if (this.#followsAll || !this.socket.send({ do: 'follow', all: true })) return;
    this.#followsAll = true;
    this.apply({ is: 'asked-board', anew: false, all: true });
  }

  #command(frame: { do: 'clear' } | ({ do: 'set' } & Choice), choice: Choice | null): Promise<Outcome> {
    const ref = String(this.#nextRef++);
    return new Promise((resolve) => {
      if (this.state.link !== 'live' || !this.socket.send({ ...frame, ref })) {
        resolve({ problem: unreachable });
        return;
      }
      const timers = [
        setTimeout(() => this.socket.check(), kLookMs),
        setTimeout(() => this.#answer(ref, { problem: inDoubt }), kCommandMs),
      ];
      this.#commands.set(ref, { choice, rev: this.state.me?.rev, resolve, timers });
    });
  }

  #answer(ref: string, outcome: Outcome): void {
    const command = this.#commands.get(ref);
    if (command === undefined) return;
    this.#commands.delete(ref);
    command.timers.forEach(clearTimeout);
    command.resolve(outcome);
  }

  /** Those that were on their way when the link was lost: what one shows now tells. */
  #lookUp(): void {
    for (const [ref, { choice, rev, timers }] of this.#commands) {
      timers.push(
        setTimeout(() => {
          const { me } = this.state;
          if (me !== null && shows(me, choice)) this.#answer(ref, { entry: me });
          else this.#answer(ref, { problem: me?.rev === rev ? unreachable : inDoubt });
        }, kSettleMs),
      );
    }
  }

  #frame(frame: Frame): void {
    this.apply(frame);
    if (frame.is === 'ready') {
      this.#lookUp();
      if (!this.#followsAll) {
        const users = [...this.state.entries.keys()].filter((user) => !this.#followed.has(user));
        this.apply({ is: 'unfollowed', users });
      }
      this.#follow(); // whoever came on screen since the open frame was sent
    }
    if (frame.is === 'done') this.#answer(frame.ref, { entry: frame.entry });
    if (frame.is === 'refused' && frame.ref !== undefined) this.#answer(frame.ref, { problem: frame.problem });
    for (const listener of this.#listeners) listener(frame);
  }

  #end(): void {
    this.apply({ is: 'link', link: 'ended' });
    for (const ref of [...this.#commands.keys()]) this.#answer(ref, { problem: inDoubt });
    this.onended();
  }
}

/** An end that may be called again and counts once. */
function once(end: () => void): () => void {
  let over = false;
  return () => {
    if (!over) end();
    over = true;
  };
}

function shows(me: Entry, choice: Choice | null): boolean {
  if (choice === null) return me.type === 'connected' && me.note === null;
  return me.status === choice.status_id && (choice.note === undefined || (choice.note ?? '') === (me.note ?? ''));
}
