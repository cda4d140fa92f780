// Three nodes on a PostgreSQL that is killed, and whose standby takes over.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Live } from '../lib/live.js';
import { until } from '../lib/patience.js';
import { Postgres } from '../lib/postgres.js';
import { UnderLoad } from '../lib/under_load.js';

const kBack = 2000; // ms after the promotion

test('a standby that is promoted is found: nothing is lost, a new epoch begins, and positions of the old one are good', async (t) => {
  const primary = await Postgres.start();
  t.after(() => primary.close());
  await primary.createDatabase('one');
  const standby = await primary.standby();
  t.after(() => standby.close());
  const url = `postgres://pastille@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/one`;
  const load = await UnderLoad.begin(t, { database: () => url });
  const { cluster, recorded } = load;
  const before = await cluster.org.admin.get('getBoard');
  await recorded.acknowledges(100);
  const lost = Date.now();
  await primary.kill();
  await until(() => load.watchers.every((one) => one.frames('stale', lost).length > 0), { what: 'that all are told' });
  await standby.promote();
  const promoted = Date.now();
  await recorded.acknowledges(1, { within: kBack });
  await until(() => load.watchers.every((one) => one.frames('fresh', lost).length > 0), { within: kBack - (Date.now() - promoted), what: 'that the board is fresh' });
  for (const node of cluster.nodes.keys()) await recorded.acknowledges(10, { node });
  t.diagnostic(`it took ${recorded.of('', 'acknowledged', promoted)[0].at - promoted} ms after the promotion`);

  const { users, epoch } = await load.check(t);
  load.unnoticed();
  for (const one of load.colleagues) assert.deepEqual(one.ends, [], 'nobody had to come back');
  assert.notEqual(epoch, before.epoch);
  for (const admin of cluster.admins()) {
    const live = await Live.connect(admin, { open: { present: false, epoch: before.epoch, seq: before.seq, follow: { all: true } } });
    assert.deepEqual([live.ready.resumed, live.ready.epoch], [true, epoch]);
    const changed = users.filter((/** @type {any} */ one) => one.rev > before.seq);
    await until(() => live.seq >= Math.max(...changed.map((/** @type {any} */ one) => one.rev)), { what: 'what changed' });
    await live.close();
  }
});
