// Three nodes on one PostgreSQL, and in every round something else that goes wrong, or two things at once. It prints its seed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawing } from '../lib/drawn.js';
import { pause, until } from '../lib/patience.js';
import { Postgres, Session } from '../lib/postgres.js';
import { Relay } from '../lib/relay.js';
import { UnderLoad } from '../lib/under_load.js';

const ROUNDS = Math.ceil(Number(process.env.PASTILLE_KILL_ROUNDS ?? 100) / 12);

test(`in ${ROUNDS} rounds of faults nothing is lost, nothing is there twice, and nobody who comes back was away`, async (t) => {
  const draw = drawing(t);
  const postgres = await Postgres.start();
  t.after(() => postgres.close());
  const url = postgres.url(await postgres.createDatabase('one'));
  const relays = await Promise.all([0, 1, 2].map(() => Relay.start({ port: postgres.port })));
  const through = (/** @type {number} */ node) => url.replace(`:${postgres.port}/`, `:${relays[node].port}/`);
  const load = await UnderLoad.begin(t, { database: through }).finally(() => t.after(() => relays.forEach((relay) => relay.close())));
  const { cluster, recorded } = load;

  /** As its service does (Restart=on-failure): a node whose database is away at its start ends, and is started again. @param {number} node */
  const startAgain = (node) =>
    until(() => cluster.startAgain(node).then(() => true, (error) => {
      if (!/The database/.test(String(error))) throw error;
    }), { within: 30_000, every: 500, what: `that node ${node} starts` });

  /** Each ends when it is over. @type {Record<string, (node: number, ms: number) => Promise<unknown>>} */
  const ofNode = {
    killed: async (node, ms) => {
      await cluster.kill(node);
      await pause(ms);
      await startAgain(node);
    },
    restarted: async (node) => {
      await cluster.stop(node);
      await startAgain(node);
    },
    frozen: async (node, ms) => {
      cluster.freeze(node);
      await pause(ms);
      cluster.thaw(node);
    },
    'without answers': async (node, ms) => {
      relays[node].loseAnswers(true);
      await pause(ms / 4);
      relays[node].cut();
      relays[node].loseAnswers(false);
    },
    'far away': async (node, ms) => {
      relays[node].delay = 20 + ms / 20;
      await pause(2 * ms);
      relays[node].delay = 0;
    },
  };
  /** @type {Record<string, (ms: number) => Promise<unknown>>} */
  const ofDatabase = {
    'the database restarted': async () => {
      await postgres.stop();
      await postgres.start();
    },
    'all connections ended': () => postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'one'"),
    'the position held': async (ms) => {
      const holder = new Session(url);
      await holder.run("BEGIN; SELECT value FROM meta WHERE key = 'seq' FOR UPDATE").catch(() => {}); // the database may be gone
      await pause(2 * ms);
      holder.close();
    },
  };
  /** @template T @param {Record<string, T>} all @returns {[string, T]} */
  const any = (all) => Object.entries(all)[draw(Object.keys(all).length)];

  for (let round = 0; round < ROUNDS; round++) {
    const node = draw(3);
    const faults = [];
    const what = [];
    if (draw(3) > 0) {
      const [name, happens] = any(ofNode);
      faults.push(() => happens(node, 200 + draw(1300)));
      what.push(`node ${node} ${name}`);
    }
    if (draw(2) > 0 || !faults.length) {
      const [name, happens] = any(ofDatabase);
      faults.push(() => happens(200 + draw(800)));
      what.push(name);
    }
    t.diagnostic(`round ${round}: ${what.join(', ')}`);
    await Promise.all(faults.map((happens) => happens()));
    for (const each of cluster.nodes.keys()) await recorded.acknowledges(5, { node: each, within: 30_000 });
  }
  await load.check(t);
  load.unnoticed();
  assert.ok(recorded.of('', 'acknowledged').length > 30 * ROUNDS);
});
