// Three nodes on one PostgreSQL at work, of which some are killed, frozen, or restarted. The long form of what is frozen:
// PASTILLE_FREEZE_S=90.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { patient, pause, until } from '../lib/patience.js';
import { Postgres } from '../lib/postgres.js';
import { UnderLoad } from '../lib/under_load.js';

const kLease = 10; // s
const kNodes = [0, 1, 2];

/** @type {Postgres} */
let postgres;
let databases = 0;
before(async () => {
  postgres = await Postgres.start();
});
after(() => postgres?.close());

/** @param {import('node:test').TestContext} t @param {Parameters<typeof UnderLoad.begin>[1]} [options] */
async function begin(t, options) {
  const url = postgres.url(await postgres.createDatabase(`faults_${++databases}`));
  return UnderLoad.begin(t, { database: () => url, ...options });
}

/** @param {number} time ms */
const ago = (time) => Date.now() - time;

describe('nodes that fail', { concurrency: 3 }, () => {
  test('kill -9 of each in turn: who comes back elsewhere was not away, the others are Offline within 45 s, in one batch', async (t) => {
    const load = await begin(t, { leaving: 3 });
    const { cluster, recorded } = load;
    /** @type {number[]} */
    const killed = [];
    for (const node of kNodes) {
      await recorded.acknowledges(20, { node });
      await cluster.kill(node);
      killed.push(Date.now());
      await recorded.acknowledges(30);
      await cluster.startAgain(node);
    }
    for (const node of kNodes) {
      const left = load.leaversOf(node).map(({ who }) => who);
      assert.equal(left.length, 3);
      const offline = await load.goOffline(left, { since: load.began, within: 45_000 - ago(killed[node]) });
      assert.ok(offline - killed[node] >= 30_000 - 100, 'not without the grace');
    }
    await load.check(t);
    load.unnoticed();
  });

  test('the end of a status comes in time although the node of its owner was killed', async (t) => {
    const load = await begin(t, { count: 2, perNode: 1 });
    const [one] = load.colleagues.filter(({ node, who }) => load.crowd.includes(who) && node === load.cluster.nodes[1]);
    one.returns = false;
    const end = Date.now() + 2500;
    await load.cluster.at(1, one.who).call('setMyStatus', { body: { status_id: load.cluster.org.system.get('busy').id, note: 'soon over', until: new Date(end).toISOString() } });
    await load.cluster.kill(1);
    const back = () => load.watchers[0].entriesOf(one.who.me.id, load.began).filter(({ type, note }) => type === 'connected' && note === null);
    await until(() => back().length > 0, { within: end - Date.now() + 4000, what: 'the end of the status' });
    assert.ok(Date.now() >= end);
    await load.check(t);
    assert.equal(load.watchers[0].entriesOf(one.who.me.id, load.began).length, 2, 'set, and over');
  });

  test('a node that was stopped for longer than its lease ends its connections, and adds nothing stale', async (t) => {
    const long = Number(process.env.PASTILLE_FREEZE_S ?? 0);
    const grace = long ? 30 : 4;
    const load = await begin(t, { perNode: 4, settings: { presence: { grace_s: grace } } });
    const { cluster, recorded } = load;
    const { id: busy } = cluster.org.system.get('busy');
    const [mover, both, ...staying] = load.colleagues.filter(({ node, who }) => node === cluster.nodes[1] && load.crowd.includes(who));
    for (const one of [both, ...staying]) one.stays = true;
    const elsewhere = await Live.connect(cluster.at(0, both.who));
    const frozen = Date.now();
    cluster.freeze(1);
    const sent = cluster.at(1, mover.who).call('setMyStatus', { body: { status_id: busy, note: 'stale' }, anyStatus: true }).catch(() => undefined);
    await recorded.acknowledges(10, { within: 4000 }); // whatever it held
    await mover.moveTo(0);
    for (const setter of load.colleagues.filter(({ node, who }) => node === cluster.nodes[1] && !load.crowd.includes(who))) await setter.moveTo(2);
    await cluster.at(0, mover.who).call('setMyStatus', { body: { status_id: busy, note: 'newer' } });
    const offline = await load.goOffline(staying.map(({ who }) => who), { since: frozen, within: (kLease + grace + 8) * 1000 });
    assert.ok(offline - frozen >= (kLease + grace - 1) * 1000, 'not without the lease and the grace');
    await pause(Math.max(0, long * 1000 - ago(frozen)));
    await recorded.acknowledges(20);
    cluster.thaw(1);
    cluster.open.delete(cluster.nodes[1]); // nobody comes back to it before whoever watched there is to see that they are away
    await until(() => [load.watchers[1], ...staying].every(({ ends }) => ends.length > 0), { what: 'the end of its connections' });
    const codes = new Set([load.watchers[1], ...staying].flatMap(({ ends }) => ends.map(({ code }) => code)));
    if (long) codes.delete(4408); // whoever says nothing for longer than the heartbeat is taken for gone, also by who did not listen
    else assert.ok(codes.has(1012));
    codes.delete(1012);
    assert.deepEqual([...codes], []);
    await until(() => load.watchers[1].arrivals.length > 1, { what: 'that who watched there is elsewhere' });
    cluster.open.add(cluster.nodes[1]);
    await until(() => staying.every(({ arrivals, live }) => live && arrivals.length > 1), { what: 'that they come back' });
    await recorded.acknowledges(20, { node: 1 });
    t.diagnostic(`what was sent to the frozen node: ${(await sent)?.status ?? 'no answer'}`);
    await load.check(t);
    await elsewhere.close();
    for (const watcher of load.watchers) {
      assert.deepEqual(watcher.entriesOf(mover.who.me.id, frozen).map(({ note }) => note), ['newer'], 'nothing stale');
      for (const { who } of staying) assert.deepEqual(watcher.entriesOf(who.me.id, frozen).map(({ type }) => type), ['offline', 'connected']);
    }
    load.unnoticed(load.crowd.filter((who) => ![mover, ...staying].some((one) => one.who === who)));
  });

  test('a node that is stopped for moments, whatever it was doing: the others go on, and nobody notices', async (t) => {
    const load = await begin(t);
    const { cluster, recorded } = load;
    let longest = 0;
    for (let round = 0; round < 8; round++) {
      await recorded.acknowledges(10, { node: 1 });
      cluster.freeze(1);
      const since = Date.now();
      await recorded.acknowledges(10);
      longest = Math.max(longest, ago(since));
      await pause(Math.max(0, 1000 - ago(since)));
      cluster.thaw(1);
    }
    t.diagnostic(`the others were held up for ${longest} ms at most`);
    assert.ok(longest < patient(3000));
    await load.check(t);
    load.unnoticed();
    for (const one of [...load.watchers, ...load.colleagues]) assert.deepEqual(one.ends, [], `${one.who.login} kept the connection`);
  });

  test('each stopped and started in turn hands over at once: nobody notices but of those who left', async (t) => {
    const grace = 5;
    const load = await begin(t, { leaving: 1, settings: { presence: { grace_s: grace } } });
    const { cluster, recorded } = load;
    for (const node of kNodes) {
      const left = load.leaversOf(node).map(({ who }) => who);
      await recorded.acknowledges(20, { node });
      const asked = Date.now();
      await cluster.stop(node);
      const stopped = Date.now();
      const again = recorded.acknowledges(20).then(() => cluster.startAgain(node));
      const [offline] = await Promise.all([load.goOffline(left, { since: asked, within: (grace + 3) * 1000 }), again]);
      assert.ok(offline - asked >= grace * 1000 - 100, 'not without the grace');
      assert.ok(offline - stopped < patient(kLease * 1000), 'not waiting for the lease');
    }
    await recorded.acknowledges(30);
    await load.check(t);
    load.unnoticed();
  });

  test('all killed and started again: everyone comes back and was not away, and nothing is lost', async (t) => {
    const load = await begin(t);
    const { cluster, recorded } = load;
    const { epoch } = await cluster.org.admin.get('getBoard');
    await Promise.all(kNodes.map((node) => cluster.kill(node)));
    await Promise.all(kNodes.map((node) => cluster.startAgain(node)));
    await recorded.acknowledges(50);
    assert.equal((await load.check(t)).epoch, epoch);
    load.unnoticed();
  });
});
