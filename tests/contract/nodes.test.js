import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { run } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation({ settings: { node_name: 'Café 1' } });
});
after(() => org?.close());

/** The one server that there is. */
async function only() {
  const answer = await org.admin.get('listNodes');
  assert.equal(answer.total, 1);
  assert.equal(answer.next, null);
  assert.equal(answer.items.length, 1);
  return { ...answer.items[0], seq: answer.seq };
}

test('a server alone names itself and is ready', async () => {
  const version = (await run(['--version'])).stdout.trim().split(' ').at(-1);
  const node = await only();
  assert.equal(node.name, 'Café 1');
  assert.equal(node.version, version);
  assert.equal(node.self, true);
  assert.equal(node.state, 'ready');
  assert.match(node.id, /^d\w+$/);
  assert.ok(node.silent_ms < 5000);
  assert.ok(node.started_at <= node.seen_at);
});

test('it has come to the newest event', async () => {
  const before = (await only()).seq;
  await org.team('North');
  const node = await until(async () => {
    const now = await only();
    return now.behind === 0 ? now : undefined;
  }, { what: 'nothing that it has not' });
  assert.ok(node.seq > before);
});

test('it counts the live connections that make people present, each', async () => {
  const ana = await org.person('ana');
  const present = { open: { present: true, follow: { all: true } } };
  const lives = [await Live.connect(ana, present), await Live.connect(ana, present), await Live.connect(org.admin, present)];
  const looking = await Live.connect(org.admin, { open: { present: false, follow: { all: true } } });
  assert.equal((await only()).present, 3);
  await lives[0]?.close();
  await until(async () => (await only()).present === 2, { what: 'two' });
  for (const live of [...lives.slice(1), looking]) await live.close();
  await until(async () => (await only()).present === 0, { what: 'none' });
});

test('it takes audit.read, and no token', async () => {
  const others = await org.person('others', { permissions: ['users.manage', 'teams.manage', 'roles.manage'] });
  const problem = await others.refused('permission-missing', 'listNodes');
  assert.equal(problem.permission, 'audit.read');
  const reader = await org.person('reader', { permissions: ['audit.read'] });
  assert.equal((await reader.get('listNodes')).total, 1);
  await (await org.token(org.admin, ['read', 'status'])).refused('scope-missing', 'listNodes');
  await org.server.client().refused('not-signed-in', 'listNodes');
});

test('it says when it was started', async () => {
  const first = await only();
  await org.server.restart();
  const second = await only();
  assert.ok(second.started_at > first.seen_at, `${second.started_at} is after ${first.seen_at}`);
});
