// Two servers on one PostgreSQL, as who reads the audit is shown them, and as Prometheus is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { freshFolder, ownDatabase, Server } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {Server} */
let second;
/** @type {import('../lib/api.js').Client} the administrator, at the second server */
let there;

before(async () => {
  const folder = freshFolder();
  const database = ownDatabase(folder);
  org = await organisation({ folder, database, settings: { node_name: 'desk-1', metrics_listen: '127.0.0.1:0' } });
  second = await new Server({ folder: freshFolder(), database, settings: { node_name: 'desk-2', metrics_listen: '127.0.0.1:0' } }).start();
  there = second.client();
  await there.signIn('admin', PASSWORD);
});
after(async () => {
  await second?.close();
  await org?.close();
});

/** By name. @param {import('../lib/api.js').Client} client @returns {Promise<Record<string, any>>} */
const shown = async (client) => Object.fromEntries((await client.get('listNodes')).items.map((/** @type {any} */ node) => [node.name, node]));
/** The value of a metric. @param {Server} server @param {string} name */
async function metric(server, name) {
  const address = /metrics.*?(127\.0\.0\.1:\d+)/i.exec(server.lines.join('\n') + server.log)?.[1];
  const text = await (await fetch(`http://${address}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

test('each shows both, and which one answers', async () => {
  const [here, elsewhere] = [await shown(org.admin), await shown(there)];
  assert.deepEqual(Object.keys(here).sort(), ['desk-1', 'desk-2']);
  assert.deepEqual([here['desk-1'].self, here['desk-2'].self], [true, false]);
  assert.deepEqual([elsewhere['desk-1'].self, elsewhere['desk-2'].self], [false, true]);
  for (const node of Object.values(here)) assert.equal(node.state, 'ready');
  assert.equal(here['desk-1'].id, elsewhere['desk-1'].id);
});

test('each is shown with its own connections', async () => {
  const open = { present: true, follow: { all: true } };
  const lives = [await Live.connect(there, { open }), await Live.connect(there, { open }), await Live.connect(org.admin, { open })];
  const nodes = await shown(org.admin);
  assert.deepEqual([nodes['desk-1'].present, nodes['desk-2'].present], [1, 2]);
  for (const live of lives) await live.close();
});

test('what one takes in from the other is counted, and how old its lease is', async () => {
  const before = await metric(second, 'pastille_node_events_taken_in_total');
  await org.team('North');
  await until(async () => (await metric(second, 'pastille_node_events_taken_in_total')) > before, { what: 'an event of the other' });
  assert.ok((await metric(second, 'pastille_node_lease_age_seconds')) < 10);
  assert.ok(Number.isFinite(await metric(second, 'pastille_node_event_lag_seconds')));
  assert.equal(await metric(second, 'pastille_node_begun_anew_total'), 0);
});

test('one that stops saying anything is silent and falls behind, then goes from the list; it is back when it goes on', async () => {
  second.child?.kill('SIGSTOP');
  const silent = await until(async () => {
    const node = (await shown(org.admin))['desk-2'];
    return node?.state === 'silent' ? node : undefined;
  }, { what: 'silence' });
  assert.ok(silent.silent_ms > 5000);
  await org.team('South');
  await until(async () => {
    const node = (await shown(org.admin))['desk-2'];
    return node === undefined || node.behind > 0;
  }, { what: 'that it falls behind' });
  await until(async () => (await shown(org.admin))['desk-2'] === undefined, { within: 30_000, what: 'that it is taken for dead' });
  second.child?.kill('SIGCONT');
  const back = await until(async () => (await shown(org.admin))['desk-2'], { within: 30_000, what: 'that it is back' });
  assert.notEqual(back.id, silent.id);
  await until(async () => (await metric(second, 'pastille_node_begun_anew_total')) === 1, { what: 'that it counts it' });
});

test('one that is stopped goes from the list at once', async () => {
  await second.stop();
  assert.deepEqual(Object.keys(await shown(org.admin)), ['desk-1']);
});
