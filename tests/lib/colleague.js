// Someone who is there, and comes back at another node by themselves when a connection ends, from where they were.

import assert from 'node:assert/strict';
import { Live } from './live.js';
import { pause } from './patience.js';

/** @typedef {import('./cluster.js').Cluster} Cluster */
/** @typedef {import('./api.js').Client & {me: any, login: string}} Who */
/** @typedef {import('./server.js').Server} Server */

export class Colleague {
  /**
   * @param {Cluster} cluster @param {Who} who
   * @param {{at: number, present?: boolean, returns?: boolean, stays?: boolean}} options `present: false` only watches; `returns: false`
   * does not come back; `stays` comes back at the same node only
   */
  constructor(cluster, who, { at, present = true, returns = true, stays = false }) {
    this.cluster = cluster;
    this.who = who;
    this.node = cluster.nodes[at];
    this.present = present;
    this.returns = returns;
    this.stays = stays;
    /** What they were told of others and of themselves, in order. @type {{is: string, at: number, frame: any}[]} */
    this.told = [];
    /** What they know of everyone by that. @type {Map<string, any>} */
    this.board = new Map();
    /** Entries that were newer than what they knew. @type {{at: number, entry: any}[]} */
    this.changes = [];
    this.paging = false;
    /** @type {{at: number, node: Server, ready: any}[]} */
    this.arrivals = [];
    /** @type {{at: number, code: number}[]} */
    this.ends = [];
    /** @type {{epoch: string, seq: number} | undefined} */
    this.position = undefined;
    /** @type {Live | undefined} */
    this.live = undefined;
    this.over = false;
    /** @type {unknown} */
    this.fault = undefined;
  }

  /** @param {Cluster} cluster @param {Who} who @param {ConstructorParameters<typeof Colleague>[2]} options */
  static async come(cluster, who, options) {
    const one = new Colleague(cluster, who, options);
    await one.#arrive();
    return one;
  }

  async #arrive() {
    const client = this.cluster.at(this.node, this.who);
    const live = await Live.connect(client, { open: null });
    live.send({ do: 'open', present: this.present, ...this.position, follow: { all: true } });
    const ready = await live.next('ready');
    this.position = { epoch: ready.epoch, seq: ready.seq };
    this.live = live;
    this.arrivals.push({ at: Date.now(), node: this.node, ready });
    const listen = () => this.#take(live);
    live.waiting.add(listen);
    listen();
    void live.closed.then(({ code }) => {
      this.#take(live);
      this.ends.push({ at: Date.now(), code });
      if (this.live === live) void this.#comeBack();
    });
  }

  /** @param {Live} live */
  #take(live) {
    this.fault ??= live.fault;
    for (const frame of live.frames.splice(0)) {
      this.told.push({ is: frame.is, at: Date.now(), frame });
      if (frame.is === 'board') {
        if (!this.paging) this.board.clear();
        this.paging = frame.more;
      }
      for (const entry of frame.is === 'board' || frame.is === 'changes' ? frame.users : []) {
        const known = this.board.get(entry.user);
        if (frame.is === 'changes' && !(known?.rev >= entry.rev)) this.changes.push({ at: Date.now(), entry });
        if (!(known?.rev > entry.rev)) this.board.set(entry.user, entry);
      }
    }
    if (this.live === live && live.epoch) this.position = live.position();
  }

  /** At once, as a client does whose connection was closed; then again and again. */
  async #comeBack() {
    this.live = undefined;
    while (!this.over && this.returns) {
      const open = [...this.cluster.open];
      const others = this.stays ? open.filter((node) => node === this.node) : open.filter((node) => node !== this.node);
      const next = others[Math.floor(Math.random() * others.length)] ?? (this.stays ? undefined : open[0]);
      if (next) {
        this.node = next;
        try {
          return await this.#arrive();
        } catch (error) {
          if (!isGone(error)) this.fault ??= error;
        }
      }
      await pause(50);
    }
  }

  /** Leaves for that node, before this connection ends. @param {number} node */
  async moveTo(node) {
    const before = this.live;
    this.live = undefined;
    this.node = this.cluster.nodes[node];
    await this.#arrive();
    before?.drop();
  }

  /** All frames of a kind. @param {string} is @param {number} [since] ms */
  frames(is, since = 0) {
    return this.told.filter((one) => one.is === is && one.at >= since);
  }

  /** What they saw of this person, newest last. @param {string} user @param {number} [since] ms @returns {any[]} */
  entriesOf(user, since = 0) {
    return this.changes.filter(({ at, entry }) => at >= since && entry.user === user).map(({ entry }) => entry);
  }

  /** What was told of this person, and when one came and went, to find out what happened. @param {string} user @param {number} since ms */
  storyOf(user, since) {
    const told = this.told.flatMap(({ is, at, frame }) => {
      const entry = Array.isArray(frame.users) && frame.users.find((/** @type {any} */ one) => one.user === user);
      return entry || is === 'board' ? [{ at, what: `${is} ${frame.seq}: ${entry ? `${entry.type} ${entry.rev}` : 'not there'}` }] : [];
    });
    const came = this.arrivals.map(({ at, ready }) => ({ at, what: `came at ${ready.seq}, ${ready.resumed ? 'resumed' : 'anew'}` }));
    const ended = this.ends.map(({ at, code }) => ({ at, what: `ended with ${code}` }));
    return [...told, ...came, ...ended].sort((a, b) => a.at - b.at).map(({ at, what }) => `${at - since} ms ${what}`).join('; ');
  }

  async leave() {
    this.over = true;
    await this.live?.close();
    if (this.fault) throw this.fault;
  }
}

/** Whether this says that nobody is there, and not that an answer was wrong. @param {unknown} error */
export function isGone(error) {
  const { status } = /** @type {any} */ (error);
  return status === 503 || /ECONN|socket hang up|EPIPE|aborted|was not answered|closed with (1006|1012)|no ready within/.test(String(error));
}

/**
 * That nobody was told of a change of any of these people.
 * @param {Colleague[]} watchers @param {Who[]} people @param {number} [since] ms
 */
export function noFlicker(watchers, people, since = 0) {
  for (const watcher of watchers) {
    for (const { me, login } of people) assert.deepEqual(watcher.entriesOf(me.id, since), [], `${watcher.who.login} saw a change of ${login}: ${watcher.storyOf(me.id, since)}`);
    for (const { ready } of watcher.arrivals.slice(1)) assert.equal(ready.resumed, true, `${watcher.who.login} was given a whole board`);
    assert.ok(!watcher.fault, String(watcher.fault));
  }
}
