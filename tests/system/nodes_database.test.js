// Three nodes whose PostgreSQL is slow, breaks off, starts again or is away for longer than a lease.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { patient, pause, until } from '../lib/patience.js';
import { Postgres, Session } from '../lib/postgres.js';
import { Relay } from '../lib/relay.js';
import { UnderLoad } from '../lib/under_load.js';

/** @typedef {import('../lib/cluster.js').Cluster} Cluster */

const kBack = 2000; // ms after the return of the database
const kLonger = 13_000; // ms, than a lease

/** Nobody had to come back, and nobody was seen to change. @param {UnderLoad} load */
function unmoved(load) {
  for (const one of [...load.watchers, ...load.colleagues]) assert.deepEqual(one.ends, [], `${one.who.login} kept the connection`);
  load.unnoticed();
}

/** All are told once more that what they see is fresh. @param {UnderLoad} load @param {number} since ms @param {number} within ms */
const fresh = (load, since, within) =>
  until(() => load.watchers.every((one) => one.frames('fresh', since).length > 0), { within, what: 'that everyone is told that the board is fresh' });

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

describe('a database that is slow or breaks off', { concurrency: 3 }, () => {
  /** @type {Postgres} */
  let postgres;
  before(async () => {
    postgres = await Postgres.start();
  });
  after(() => postgres?.close());

  /** Node 1 goes through the relay. @param {import('node:test').TestContext} t @param {string} name @param {Parameters<typeof UnderLoad.begin>[1]} [options] */
  async function withRelay(t, name, options) {
    const relay = await Relay.start({ port: postgres.port });
    const url = postgres.url(await postgres.createDatabase(name));
    const through = url.replace(`:${postgres.port}/`, `:${relay.port}/`);
    const load = await UnderLoad.begin(t, { database: (node) => (node === 1 ? through : url), ...options }).finally(() => t.after(() => relay.close()));
    return { relay, load };
  }

  test('held by somebody for longer than a lease: nodes keep their leases, reads go on, and changes after it', async (t) => {
    const url = postgres.url(await postgres.createDatabase('held'));
    const load = await UnderLoad.begin(t, { database: () => url });
    const holder = new Session(url);
    t.after(() => holder.close());
    await holder.run("BEGIN; SELECT value FROM meta WHERE key = 'seq' FOR UPDATE");
    const held = Date.now();
    while (Date.now() < held + kLonger) {
      for (const admin of load.cluster.admins()) await admin.get('getBoard');
      await pause(250);
    }
    assert.deepEqual(load.recorded.of('', 'acknowledged', held + 500), [], 'nothing is acknowledged meanwhile');
    await holder.run('COMMIT');
    await load.recorded.acknowledges(10, { within: kBack });
    await load.check(t);
    unmoved(load);
  });

  test('far away from one node: the others hardly wait for it', async (t) => {
    // Ana writes there, all others elsewhere.
    const at = (/** @type {Cluster} */ { nodes }, /** @type {string} */ writer) => nodes[writer.endsWith(' ana') ? 1 : Math.random() < 0.5 ? 0 : 2];
    const { relay, load } = await withRelay(t, 'far', { at });
    relay.delay = 150;
    const since = Date.now();
    await load.recorded.acknowledges(10, { node: 1, within: 60_000 });
    const took = (/** @type {boolean} */ far) => load.recorded.of('', 'acknowledged', since).filter(({ node }) => (node === 1) === far).map((one) => one.took);
    t.diagnostic(`median ${median(took(false))} ms, the slowest ${Math.max(...took(false))} ms; far away ${median(took(true))} ms`);
    assert.ok(median(took(true)) >= 300, 'it is far away');
    assert.ok(median(took(false)) < patient(150), 'the others hardly wait');
    assert.ok(Math.max(...took(false)) < patient(2500));
    relay.delay = 0;
    await load.check(t);
    unmoved(load);
  });

  test('connections that break while a commit is under way: it is found out what became of it', async (t) => {
    const { relay, load } = await withRelay(t, 'broken');
    for (let round = 0; round < 8; round++) {
      await load.recorded.acknowledges(5, { node: 1 });
      relay.loseAnswers(true);
      await pause(40 + 20 * round);
      relay.cut();
      relay.loseAnswers(false);
    }
    await load.recorded.acknowledges(20, { node: 1 });
    await load.check(t);
    unmoved(load);
  });

  test('away from one node: who comes there from another with more than it has is told to try again, and is given no older board', async (t) => {
    const { relay, load } = await withRelay(t, 'behind');
    const { cluster, recorded } = load;
    const [near, behind] = [cluster.at(0, cluster.org.admin), cluster.at(1, cluster.org.admin)];
    relay.close();
    await recorded.acknowledges(5, { node: 0 });
    await until(async () => (await behind.call('getReadiness', { anyStatus: true })).status === 503, { what: 'that the node says it is behind' });
    const { epoch, seq } = await near.get('getBoard');
    assert.ok((await behind.get('getBoard')).seq < seq, 'it is behind');
    const live = await Live.connect(behind, { open: null });
    live.send({ do: 'open', present: false, epoch, seq, follow: { all: true } });
    await live.closes(1012, 5000);
    assert.deepEqual(live.frames.map(({ is, problem }) => [is, problem?.status]), [['refused', 503]]);
    await relay.open();
    await cluster.agree({ within: 15_000 });
    const anew = await Live.connect(behind, { open: null });
    anew.send({ do: 'open', present: false, epoch, seq, follow: { all: true } });
    assert.equal((await anew.next('ready')).resumed, true);
    await anew.close();
    await load.check(t);
  });

  test('connections that its administrator ends, one after the other: each is made anew', async (t) => {
    const url = postgres.url(await postgres.createDatabase('ended'));
    const load = await UnderLoad.begin(t, { database: () => url });
    const oldestFirst = "SELECT pid FROM pg_stat_activity WHERE datname = 'ended' ORDER BY backend_start";
    const ended = new Set();
    for (let round = 0; round < 20; round++) {
      const pid = await until(async () => (await postgres.sql(oldestFirst)).split('\n').find((one) => one && !ended.has(one)), { what: 'a connection' });
      ended.add(pid);
      await postgres.sql(`SELECT pg_terminate_backend(${pid})`);
      await load.recorded.acknowledges(5);
    }
    for (const node of load.cluster.nodes.keys()) await load.recorded.acknowledges(5, { node });
    await load.check(t);
    unmoved(load);
  });
});

test('started again: changes go on at once', async (t) => {
  const postgres = await Postgres.start();
  t.after(() => postgres.close());
  const url = postgres.url(await postgres.createDatabase('again'));
  const load = await UnderLoad.begin(t, { database: () => url });
  for (const how of /** @type {const} */ (['fast', 'immediate'])) {
    await postgres.stop(how);
    await postgres.start();
    await load.recorded.acknowledges(20, { within: kBack });
  }
  await load.check(t);
  unmoved(load);
});

test('away for longer than a lease: what was known is shown as stale, changes are refused, nobody turns Offline; two seconds after its return all is well', async (t) => {
  const postgres = await Postgres.start();
  t.after(() => postgres.close());
  const url = postgres.url(await postgres.createDatabase('away'));
  const load = await UnderLoad.begin(t, { database: () => url, settings: { presence: { grace_s: 2 } } });
  const { cluster, recorded } = load;
  const lost = Date.now();
  await postgres.kill();
  await until(() => [...load.watchers, ...load.colleagues].every((one) => one.frames('stale', lost).length > 0), { within: 5000, what: 'that all are told' });
  for (const node of cluster.nodes.keys()) {
    const admin = cluster.at(node, cluster.org.admin);
    const refused = await admin.call('createTeam', { body: { name: 'Meanwhile' }, status: 503 });
    assert.ok(Number(refused.headers['retry-after']) >= 1);
    assert.equal((await admin.call('getReadiness', { anyStatus: true })).status, 503);
    const { users } = await admin.get('getBoard');
    for (const { me } of load.crowd) assert.equal(users.find((/** @type {any} */ one) => one.user === me.id)?.type, 'connected');
    await admin.get('getCatalogue');
  }
  await pause(kLonger - (Date.now() - lost));
  assert.deepEqual(recorded.of('', 'acknowledged', lost + 1000), []);
  await postgres.start();
  const back = Date.now();
  await fresh(load, lost, kBack);
  await recorded.acknowledges(20, { within: kBack });
  t.diagnostic(`fresh ${Math.max(...load.watchers.map((one) => one.frames('fresh', lost)[0].at)) - back} ms after the return`);
  await until(async () => (await Promise.all(cluster.admins().map((admin) => admin.call('getReadiness', { anyStatus: true })))).every(({ status }) => status === 200), { what: 'readiness' });
  await load.check(t);
  unmoved(load);
});

test('who is there and opens another page, and who only watches, is shown what was known, as stale, while the database is away', async (t) => {
  const postgres = await Postgres.start();
  t.after(() => postgres.close());
  const url = postgres.url(await postgres.createDatabase('late'));
  const load = await UnderLoad.begin(t, { count: 2, perNode: 1, database: () => url });
  const { cluster, watchers, crowd } = load;
  await load.recorded.end(); // what becomes of a commit that is under way is found out before anything else
  const lost = Date.now();
  await postgres.stop();
  await until(() => watchers.every((one) => one.frames('stale', lost).length > 0), { what: 'that all are told' });
  const pages = [cluster.at(0, cluster.org.admin), cluster.at(0, crowd[0]), cluster.at(1, crowd[0])];
  const late = await Promise.all(pages.map((who, index) => Live.connect(who, { open: { present: index > 0, follow: { all: true } } })));
  for (const one of late) {
    assert.equal(one.ready.stale, true);
    const board = await one.board();
    for (const { me } of crowd) assert.equal(board.get(me.id)?.type, 'connected');
  }
  await postgres.start();
  await fresh(load, lost, kBack);
  for (const one of late) await one.next('fresh');
  await load.check(t);
  unmoved(load);
  for (const one of late) await one.close();
});
