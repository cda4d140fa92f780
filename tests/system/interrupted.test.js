// kill -9 in the middle of what takes longer than a change: a checkpoint, a backup, the first start, a start on older data.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { pause, until } from '../lib/patience.js';
import { freshFolder, Server } from '../lib/server.js';
import { oldDatabase, rowsOf } from '../lib/old_data.js';

const ROUNDS = Math.ceil(Number(process.env.PASTILLE_KILL_ROUNDS ?? 100) / 25);

/** @param {string} data */
const databaseIn = (data) => join(data, 'pastille.db');

/** @param {import('../lib/server.js').Server} server */
async function isWhole(server) {
  const { code, stdout, stderr } = await server.cli(['doctor']);
  assert.equal(code, 0, stdout + stderr);
}

/**
 * Teams made one after the other until the server is gone.
 * @param {import('../lib/organisation.js').Organisation} org @param {Map<string, string>} made @param {string} prefix
 */
async function makeTeams(org, made, prefix) {
  for (let i = 0; ; i++) {
    try {
      const { body } = await org.admin.call('createTeam', { body: { name: `${prefix} ${i}` }, status: 201 });
      made.set(body.id, `${prefix} ${i}`);
    } catch (error) {
      assert.match(String(error), /ECONN|socket hang up|EPIPE|aborted/);
      return;
    }
  }
}

/** @param {import('../lib/organisation.js').Organisation} org @param {Map<string, string>} made */
async function hasAll(org, made) {
  const there = new Map((await org.admin.all('listTeams', { query: { limit: 200 } })).map((one) => [one.id, one.name]));
  for (const [id, name] of made) assert.equal(there.get(id), name, `${name} is lost`);
}

test(`in ${ROUNDS} checkpoints: every acknowledged change is there`, async (t) => {
  const org = await organisation();
  t.after(() => org.close());
  const { server } = org;
  /** @type {Map<string, string>} */
  const made = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    // Only a checkpoint writes into the database itself, page by page: each write is made to take its time.
    const strace = spawn('strace', ['-f', '-p', String(server.child?.pid), '-o', '/dev/null', '-e', 'trace=pwrite64', '-e', 'inject=pwrite64:delay_enter=2000']);
    let said = '';
    strace.stderr.on('data', (chunk) => (said += chunk));
    const ended = new Promise((done) => strace.on('close', done));
    await until(() => /attached/.test(said) || strace.exitCode !== null, { what: 'strace' });
    assert.match(said, /attached/, 'this test needs strace and the right to trace');
    const before = statSync(databaseIn(server.data), { bigint: true }).mtimeNs;
    const work = [1, 2, 3].map((writer) => makeTeams(org, made, `${round} ${writer}`));
    await until(() => statSync(databaseIn(server.data), { bigint: true }).mtimeNs !== before, { every: 1, within: 60_000, what: 'a checkpoint' });
    await server.kill();
    await Promise.all(work);
    await ended;
    await isWhole(server);
    await server.start();
    await hasAll(org, made);
    for (const id of made.keys()) await org.admin.call('deleteTeam', { id, status: 204 });
    made.clear();
  }
});

test(`in ${ROUNDS} backups: what stands under the name is whole, or is not there`, async (t) => {
  const org = await organisation();
  t.after(() => org.close());
  const { server } = org;
  const { id } = await (await org.person('ana')).get('openConversation', { body: { with: org.admin.me.id } });
  await server.stop();
  // Enough to copy that one can come in between.
  execFileSync('sqlite3', [databaseIn(server.data), `
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
    INSERT INTO messages (conversation, author, at, text)
    SELECT ${id.slice(1)}, ${org.admin.me.id.slice(1)}, ${Date.now()}, hex(randomblob(300)) FROM n`]);
  await server.start();
  /** @type {Map<string, string>} */
  const made = new Map();
  let interrupted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const file = join(server.folder, `round${round}.backup`);
    const work = makeTeams(org, made, String(round));
    const backup = server.cli(['backup', file]);
    await until(() => existsSync(`${file}.partial`) || existsSync(file), { every: 1, what: 'the beginning of the backup' });
    await server.kill();
    await work;
    assert.equal((await backup).code === 0, existsSync(file), 'it says what it did');
    if (existsSync(file)) {
      const other = new Server();
      const restored = await other.cli(['restore', file]);
      assert.equal(restored.code, 0, restored.stderr);
      await isWhole(other);
    } else {
      interrupted++;
    }
    await isWhole(server);
    await server.start();
    await hasAll(org, made);
  }
  assert.ok(interrupted > 0, 'every backup was quicker than the kill');
  const file = join(server.folder, 'last.backup');
  const last = await server.cli(['backup', file]);
  assert.equal(last.code, 0, last.stderr);
  assert.ok(existsSync(file));
});

test('in the first start: the next one goes on as if nothing had been', async () => {
  for (let round = 0; round < ROUNDS * 3; round++) {
    const server = new Server();
    const first = server.start().catch(() => {});
    await pause(round * 4);
    await server.kill();
    await first;
    await server.kill();
    await server.start();
    assert.match(await server.firstAdministratorLink(), /invitation=/);
    await server.close();
  }
});

test('in a start on data of the first schema: the next one has every row', async () => {
  for (let round = 0; round < ROUNDS * 3; round++) {
    const server = new Server();
    mkdirSync(server.data, { mode: 0o700 });
    oldDatabase(1, databaseIn(server.data));
    const before = rowsOf(databaseIn(server.data));
    const first = server.start().catch(() => {});
    await pause(round * 4);
    await server.kill();
    await first;
    await server.kill();
    await server.start();
    await server.stop();
    const after = rowsOf(databaseIn(server.data), before);
    const key = after.events.filter((/** @type {any} */ { payload }) => String(payload).includes('"sealing_key_put"'));
    assert.equal(key.length, 1, 'what the first schema had none of is made once, however often the start was interrupted');
    assert.deepEqual({ ...after, events: after.events.filter((/** @type {any} */ row) => !key.includes(row)) }, before);
    await server.close();
  }
});
