// The server on a real PostgreSQL (scripts/with-postgres): what is acknowledged stays, a lost database is waited for, and one
// server at a time works on it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { freshFolder, ownDatabase, run, Server } from '../lib/server.js';

const postgres = process.env.PASTILLE_TEST_POSTGRES;
assert.ok(postgres, 'run this in scripts/with-postgres');

/** @param {string} sql */
const psql = (sql) => execFileSync('psql', ['--quiet', '--tuples-only', '--no-align', '--command', sql, `${postgres}/postgres`], { encoding: 'utf8' }).trim();

/** An organisation on a database of its own. @param {import('node:test').TestContext} t */
async function fresh(t) {
  const folder = freshFolder();
  const org = await organisation({ server: new Server({ folder, database: ownDatabase(folder) }) });
  t.after(() => org.close());
  return { org, server: org.server, admin: org.admin, name: new URL(String(org.server.database)).pathname.slice(1) };
}

/** As a server that has gone away. @param {string} name */
function lose(name) {
  psql(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
  psql(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${name}'`);
}
/** @param {string} name */
const giveBack = (name) => psql(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);

/** @param {import('../lib/api.js').Client} client @param {string} status_id @param {string} note */
const set = (client, status_id, note) => client.call('setMyStatus', { body: { status_id, note }, anyStatus: true });

test('what was acknowledged is there after kill -9', async (t) => {
  const { org, server, admin } = await fresh(t);
  const busy = org.system.get('busy').id;
  await Live.connect(admin, { open: { present: true, follow: { all: true } } });
  let acknowledged = -1;
  const writing = (async () => {
    for (let n = 0; ; n++) {
      const answer = await set(admin, busy, `change ${n}`).catch(() => undefined);
      if (answer?.status !== 200) return;
      acknowledged = n;
    }
  })();
  await until(() => acknowledged > 100, { what: '100 changes' });
  await server.kill();
  await writing;
  await server.start();
  const { entry } = await admin.get('getMyStatus');
  assert.ok(Number(/\d+/.exec(entry.note)?.[0]) >= acknowledged, `${entry.note}, ${acknowledged} was acknowledged`);
});

test('a lost database: the board stays, changes are refused, nobody turns Offline; it goes on without a restart', async (t) => {
  const { org, server, admin, name } = await fresh(t);
  const busy = org.system.get('busy').id;
  const live = await Live.connect(admin, { open: { present: true, follow: { all: true } } });
  assert.equal((await set(admin, busy, 'before')).status, 200);
  lose(name);
  t.after(() => giveBack(name));
  const refused = await until(async () => {
    const answer = await set(admin, busy, 'meanwhile');
    return answer.status === 503 ? answer : undefined;
  }, { what: 'a refusal' });
  assert.match(refused.body.type, /stale|unavailable/);
  assert.ok(refused.headers['retry-after']);
  await live.next('stale');
  const board = await admin.get('getBoard');
  assert.equal(board.users.find((/** @type {any} */ entry) => entry.user === admin.me.id)?.note, 'before');
  assert.equal((await server.client().call('getReadiness', { anyStatus: true })).status, 503);
  giveBack(name);
  await live.next('fresh');
  await until(async () => (await set(admin, busy, 'after')).status === 200, { what: 'a change' });
});

test('the command line works beside a server, through its socket or as a short node of its own', async (t) => {
  const { server } = await fresh(t);
  const through = await server.cli(['user', 'list']);
  assert.equal(through.code, 0, through.stderr);
  assert.match(through.stdout, /^admin,/m);
  const beside = await run(['user', 'add', 'ben', '--name', 'Ben', '--role', 'Agent', '--database', String(server.database)]);
  assert.equal(beside.code, 0, beside.stderr);
  const listed = await server.cli(['user', 'list']);
  assert.match(listed.stdout, /^ben,/m);
});

test('an organisation is not moved while a server works on it', async (t) => {
  const { server } = await fresh(t);
  const moved = await run(['move', `sqlite:${server.folder}/away`, '--database', String(server.database)]);
  assert.equal(moved.code, 1);
  assert.match(moved.stderr, /Servers work on this database\. Stop all of them first\./);
});

test('backup, restore and doctor point to the tools of PostgreSQL', async (t) => {
  const { server } = await fresh(t);
  for (const command of [['backup', `${server.folder}/copy`], ['restore', `${server.folder}/copy`], ['doctor']]) {
    const outcome = await server.cli(command);
    assert.equal(outcome.code, 2, command[0]);
    assert.match(outcome.stderr, /pg_dump/);
  }
});

test('the password of the database is in no line of the log', async (t) => {
  const folder = freshFolder();
  const database = String(ownDatabase(folder)).replace('pastille@', 'pastille:hunter2hunter2@');
  const org = await organisation({ server: new Server({ folder, database }) });
  t.after(() => org.close());
  lose(new URL(database).pathname.slice(1));
  await until(async () => (await set(org.admin, org.system.get('busy').id, 'x')).status === 503, { what: 'a refusal' });
  giveBack(new URL(database).pathname.slice(1));
  await until(() => org.server.log.includes('database cannot be written'), { what: 'the line in the log' });
  assert.doesNotMatch(org.server.log + org.server.lines.join('\n'), /hunter2/);
});

test('an organisation moves there and back, row for row, and goes on', async (t) => {
  const org = await organisation();
  t.after(() => org.close());
  const ana = await org.person('ana', { display_name: 'Ana Sanz ☕', locale: 'fr' });
  const status = await org.status('Pause café', { tags: ['RH'], icon: '☕', default_duration_s: 900, names: { en: 'Break' } });
  await org.admin.get('deleteStatus', { id: (await org.status('Gone')).id, status: 204 });
  await org.team('North');
  const live = await Live.connect(ana, { open: { present: true, follow: { all: true } } });
  assert.equal((await set(ana, status.id, 'de retour à "14 h"')).status, 200);
  const conversation = await ana.get('openConversation', { body: { with: org.admin.me.id }, status: 201 });
  await ana.get('sendMessage', { id: conversation.id, body: { text: 'Salut 👋\nà toi' }, status: 201, headers: { 'Idempotency-Key': 'one' } });
  live.close();
  await org.token(ana, ['read']);
  await org.server.stop();

  const source = org.server.data;
  const database = ownDatabase(org.server.folder);
  const back = `${org.server.folder}/back`;
  const there = await run(['move', database, '--data', source]);
  assert.equal(there.code, 0, there.stderr);
  assert.match(there.stdout, /rows of 16 tables are in postgres:\/\/.* and were compared/);
  const again = await run(['move', database, '--data', source]);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /holds an organisation already/);
  const home = await run(['move', `sqlite:${back}`, '--database', database]);
  assert.equal(home.code, 0, home.stderr);
  const dump = (/** @type {string} */ folder) =>
    execFileSync('sqlite3', [`${folder}/pastille.db`, '.dump'], { encoding: 'utf8', maxBuffer: 64 << 20 }).split('\n').filter((line) => line.startsWith('INSERT')).sort();
  assert.ok(dump(source).some((line) => line.includes('Salut')));
  assert.deepEqual(dump(back), dump(source));

  const moved = new Server({ folder: freshFolder(), database });
  t.after(() => moved.close());
  await moved.start();
  const client = moved.client();
  await client.signIn('ana', PASSWORD);
  assert.equal((await client.get('listMyHistory')).items[0].note, 'de retour à "14 h"');
  const admin = moved.client();
  await admin.signIn('admin', PASSWORD);
  const { id } = await admin.get('createStatus', { body: { name: 'New', type: 'busy' }, status: 201 });
  assert.ok(!dump(source).some((line) => line.startsWith(`INSERT INTO statuses VALUES(${parseInt(id.slice(1), 32)},`)), `${id} is new`);
});
