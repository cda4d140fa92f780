// Three nodes, each of which reaches PostgreSQL at an address of its own, and one that no longer does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, until } from '../lib/patience.js';
import { Postgres } from '../lib/postgres.js';
import { inPrivateNetwork, isPrivate, Lost } from '../lib/private_network.js';
import { UnderLoad } from '../lib/under_load.js';

const addresses = ['127.0.0.11', '127.0.0.12', '127.0.0.13'];
const kCut = 1; // the node

if (!isPrivate) inPrivateNetwork(import.meta.url, 'a node that no longer reaches the database, in a network of its own', 240_000);
else {
  const lost = new Lost();

  /** @param {import('node:test').TestContext} t */
  async function begin(t) {
    const postgres = await Postgres.start({ addresses });
    t.after(() => postgres.close());
    await postgres.createDatabase('one');
    return UnderLoad.begin(t, { database: (node) => postgres.url('one', addresses[node]) });
  }

  test('for less than a lease: nobody had to move, and nothing is lost', async (t) => {
    const load = await begin(t);
    lost.cut(addresses[kCut]);
    const cut = Date.now();
    await load.recorded.acknowledges(20);
    await pause(5000 - (Date.now() - cut));
    lost.mend(addresses[kCut]);
    await load.recorded.acknowledges(20, { node: kCut });
    await load.check(t);
    load.unnoticed();
    for (const one of load.connectionsAt(kCut)) assert.deepEqual(one.ends, []);
  });

  test('for longer than a lease: it says that it is stale and refuses, the others go on, and who was there was not away', async (t) => {
    const load = await begin(t);
    const { cluster, recorded } = load;
    const there = load.connectionsAt(kCut);
    assert.equal(there.length, 5, 'three, one who sets and one who watches');
    lost.cut(addresses[kCut]);
    const cut = Date.now();
    for (const node of [0, 2]) await recorded.acknowledges(20, { node });
    await until(() => there.every((one) => one.frames('stale', cut).length > 0 || one.ends.length > 0), { within: 15_000, what: 'that they are told' });
    const told = Date.now() - cut;
    const admin = cluster.at(kCut, cluster.org.admin);
    const refused = await admin.call('createTeam', { body: { name: 'Meanwhile' }, status: 503 });
    assert.ok(Number(refused.headers['retry-after']) >= 1);
    assert.ok((await admin.get('getBoard')).users.length >= 12, 'what it last knew');
    assert.equal((await admin.call('getReadiness', { anyStatus: true })).status, 503);
    await pause(16_000 - (Date.now() - cut));
    await recorded.acknowledges(20);
    assert.deepEqual(recorded.of('', 'acknowledged', cut + 1000).filter(({ node }) => node === kCut), []);
    lost.mend(addresses[kCut]);
    const mended = Date.now();
    await recorded.acknowledges(10, { node: kCut, within: 5000 });
    t.diagnostic(`told after ${told} ms; it took changes ${Date.now() - mended} ms after the heal`);
    await load.check(t);
    load.unnoticed();
    for (const one of there) for (const { code } of one.ends) assert.equal(code, 1012);
  });
}
