// A cluster at work, to be disturbed: at each node people who are there and somebody who watches, and changes at all of them.

import assert from 'node:assert/strict';
import { Cluster } from './cluster.js';
import { Colleague, noFlicker } from './colleague.js';
import { until } from './patience.js';
import { sql } from './postgres.js';
import { Recorded } from './recorded.js';

/** @typedef {import('./colleague.js').Who} Who */

export class UnderLoad {
  /**
   * `perNode`: how many there are at each node who change nothing and come back, and `leaving` how many who do not come back.
   * @param {import('node:test').TestContext} t
   * @param {{perNode?: number, leaving?: number, at?: (cluster: Cluster, writer: string) => import('./server.js').Server | undefined} & Parameters<typeof Cluster.start>[0]} [options]
   */
  static async begin(t, { perNode = 3, leaving = 0, at, settings, ...options } = {}) {
    const cluster = await Cluster.start({ settings: { log_level: 'warning', ...settings }, ...options });
    const load = new UnderLoad(cluster);
    t.after(() => load.#close());
    const count = cluster.nodes.length;
    const crowd = await cluster.crowd((perNode + leaving) * count);
    const [ana, bo, cy] = [await cluster.org.person('ana'), await cluster.org.person('bo'), await cluster.org.person('cy')];
    load.setters = [ana, bo, cy];
    load.crowd = crowd.slice(0, perNode * count);
    const leavers = crowd.slice(perNode * count);
    await cluster.agree();
    const come = (/** @type {Who} */ who, /** @type {number} */ index, returns = true) => Colleague.come(cluster, who, { at: index % count, returns });
    load.colleagues = await Promise.all([...load.setters, ...load.crowd].map((who, index) => come(who, index)));
    load.leavers = await Promise.all(leavers.map((who, index) => come(who, index, false)));
    load.watchers = await Promise.all(cluster.nodes.map((_, node) => Colleague.come(cluster, cluster.org.admin, { at: node, present: false })));
    const told = (/** @type {Colleague} */ { board }) => [...load.setters, ...load.crowd, ...leavers].every(({ me }) => board.get(me.id)?.type === 'connected');
    await until(() => [...load.watchers, ...load.colleagues].every(told), { what: 'that all know that all are there' });
    load.began = Date.now() + 1; // what told the last of them is not counted
    load.recorded = await Recorded.begin(cluster, {
      setters: load.setters,
      talkers: [[ana, bo], [bo, cy], [cy, ana]],
      at: at ? (writer) => at(cluster, writer) : undefined,
    });
    await load.recorded.acknowledges(30);
    return load;
  }

  /** @param {Cluster} cluster */
  constructor(cluster) {
    this.cluster = cluster;
    /** Those whose status changes all the time. @type {import('./organisation.js').Person[]} */
    this.setters = [];
    /** Those who change nothing and come back. @type {Who[]} */
    this.crowd = [];
    /** All who come back. @type {Colleague[]} */
    this.colleagues = [];
    /** Those who change nothing and do not come back. @type {Colleague[]} */
    this.leavers = [];
    /** One at each node. @type {Colleague[]} */
    this.watchers = [];
    this.began = 0;
    this.recorded = /** @type {Recorded} */ (/** @type {unknown} */ (undefined));
  }

  /** Everyone with a connection at that node. @param {number} node */
  connectionsAt(node) {
    return [...this.colleagues, ...this.watchers].filter((one) => one.live && one.node === this.cluster.nodes[node]);
  }

  /** The leavers who came to that node. @param {number} node */
  leaversOf(node) {
    return this.leavers.filter((one) => one.node === this.cluster.nodes[node]);
  }

  /**
   * Waits until these people are seen to be Offline, in one batch, at all open nodes; gives when.
   * @param {Who[]} people @param {{since: number, within: number}} time ms
   */
  async goOffline(people, { since, within }) {
    const watchers = this.watchers.filter(({ node }) => this.cluster.open.has(node));
    const seen = () => watchers.map((watcher) => people.map(({ me }) => watcher.entriesOf(me.id, since)));
    await until(() => seen().every((entries) => entries.every((each) => each.length > 0)), { within, what: `that ${people.map(({ login }) => login)} are Offline` });
    const offline = Date.now();
    for (const entry of seen().flat(2)) assert.equal(entry.type, 'offline');
    // What is told does not say in which event; the newest of each person is theirs.
    const numbers = people.map(({ me }) => parseInt(me.id.slice(1), 32));
    const newest = `SELECT DISTINCT ON (change->'user') batch FROM events, jsonb_array_elements(payload::jsonb) change
      WHERE change->>'is' = 'entry_put' AND (change->>'user')::bigint IN (${numbers.join(',')}) ORDER BY change->'user', seq DESC`;
    const batches = await sql(String(this.cluster.nodes[0].database), `SELECT count(*), count(DISTINCT batch) FROM (${newest}) AS newest`);
    assert.equal(batches, `${people.length}|1`, 'in one batch');
    return offline;
  }

  /** Nobody may have seen a change of those who changed nothing and came back. @param {Who[]} [people] */
  unnoticed(people = this.crowd) {
    noFlicker([...this.watchers, ...this.colleagues], people, this.began);
    for (const setter of this.setters) {
      for (const watcher of this.watchers) assert.ok(!watcher.entriesOf(setter.me.id, this.began).some(({ type }) => type === 'offline'), `${setter.login} was Offline`);
    }
  }

  /** No more changes; holds all nodes, and what everyone was told, against what was answered. @param {import('node:test').TestContext} t */
  async check(t) {
    const { users, epoch } = await this.recorded.check();
    t.diagnostic(this.recorded.summary());
    // Wherever it is told, an entry has another rev.
    const withoutRev = (/** @type {any[]} */ entries) => entries.map(({ rev: _, ...entry }) => entry).sort((a, b) => a.user.localeCompare(b.user));
    const shown = JSON.stringify(withoutRev(users));
    for (const one of [...this.watchers, ...this.colleagues].filter(({ live }) => live)) {
      const told = () => withoutRev([...one.board.values()].filter(({ type, gone }) => type !== 'offline' && !gone));
      await until(() => JSON.stringify(told()) === shown, { within: 5000, what: `that ${one.who.login} was told what the board shows` }).catch((error) => {
        assert.deepEqual(told(), withoutRev(users), error.message);
      });
    }
    return { users, epoch };
  }

  async #close() {
    this.recorded?.end().catch(() => {}); // what it says was said by then
    await Promise.allSettled([...this.watchers, ...this.colleagues, ...this.leavers].map((one) => one.leave()));
    await this.cluster.close();
  }
}
