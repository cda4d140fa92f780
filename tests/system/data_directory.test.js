import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { slugOf } from '../lib/contract.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { freshFolder, run, Server } from '../lib/server.js';

/** @param {string} data @param {{shell?: string}} [options] */
const serve = (data, options) => run(['serve', '--data', data, '--listen', '127.0.0.1:0'], options);

/** @param {string} data */
const databaseIn = (data) => join(data, String(readdirSync(data).find((name) => /\.(db|sqlite3?)$/.test(name))));

/** Changes that file from outside, as nothing of ours does. @param {string} file @param {string} sql */
const sqlite = (file, sql) => execFileSync('sqlite3', [file, sql]).toString().trim();

test('a directory that is not ours is left alone, with a clear text', async () => {
  const data = freshFolder();
  writeFileSync(join(data, 'holiday.jpg'), 'x');
  const { code, stderr } = await serve(data);
  assert.equal(code, 1, stderr);
  assert.match(stderr, new RegExp(data));
  assert.deepEqual(readdirSync(data), ['holiday.jpg']);
});

test('a path that is a file, or cannot be made, is refused', async () => {
  const file = join(freshFolder(), 'file');
  writeFileSync(file, 'x');
  for (const data of [file, join(file, 'below'), '/proc/pastille']) {
    const { code, stderr } = await serve(data);
    assert.equal(code, 1, `${data}: ${stderr}`);
    assert.match(stderr, /\w/);
  }
});

test('a directory that is read-only is refused', async () => {
  const server = new Server();
  assert.equal((await server.cli(['user', 'add', 'admin', '--name', 'A', '--role', 'Administrator', '--password-stdin'], { stdin: `${PASSWORD}\n` })).code, 0);
  execFileSync('chmod', ['-R', 'a-w', server.data]);
  execFileSync('chmod', ['-R', 'a+rX', server.folder]);
  // The program from where that user may read it, wherever this tree is.
  const program = `"${server.folder}/pastille"`;
  const user = process.getuid?.() === 0 ? `cp "$0" ${program} && exec setpriv --reuid=65534 --regid=65534 --clear-groups ${program} "$@"` : undefined;
  const { code, stderr } = await serve(server.data, { shell: user });
  chmodSync(server.data, 0o700);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /read-only|readonly|permission|written|write/i);
  await server.close();
});

test('a directory that a running server holds is refused', async (t) => {
  const server = new Server();
  t.after(() => server.close());
  await server.start();
  const { code, stderr } = await serve(server.data);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /running|held|in use|another/i);
});

test('a database of a newer version is refused and left as it is', async () => {
  const server = new Server();
  await server.start();
  await server.stop();
  const file = databaseIn(server.data);
  sqlite(file, "PRAGMA user_version = 9999; UPDATE meta SET value = '9999' WHERE key = 'readable_from'");
  for (const args of [['serve', '--listen', '127.0.0.1:0'], ['doctor'], ['user', 'list']]) {
    const { code, stderr, stdout } = await server.cli(args);
    assert.equal(code, 1, args.join(' '));
    assert.match(stderr + stdout, /newer|version/i);
  }
  assert.equal(sqlite(file, 'PRAGMA user_version'), '9999');
  await server.close();
});

test('a file that is no database, or is damaged, is refused; doctor says what is wrong', async () => {
  const server = new Server();
  await server.start();
  await server.stop();
  writeFileSync(databaseIn(server.data), 'this is no database at all, whatever its name says');
  for (const args of [['serve', '--listen', '127.0.0.1:0'], ['doctor']]) {
    const { code, stderr, stdout } = await server.cli(args);
    assert.equal(code, 1, args.join(' '));
    assert.match(stderr + stdout, /database/i);
  }
  await server.close();
});

test('an empty directory that is there already is used', async () => {
  const server = new Server();
  mkdirSync(server.data);
  await server.start();
  await server.close();
});

test('a full disk refuses changes with 503, keeps reading, and loses nothing acknowledged', async () => {
  const org = await organisation();
  const { server, admin } = org;
  await server.stop();
  // Files of this process may grow to 1.5 MB (units of 512 bytes) and no further.
  server.shell = "trap '' XFSZ; ulimit -f 3000";
  await server.start();
  const partner = await admin.get('createUser', { body: { login: 'partner', display_name: 'Partner', role_id: org.roles.get('Agent').id } });
  const conversation = await admin.get('openConversation', { body: { with: partner.id } });
  /** @type {string[]} */
  const acknowledged = [];
  let refused;
  for (let i = 0; i < 2000 && !refused; i++) {
    const answer = await admin.call('sendMessage', { id: conversation.id, body: { text: `${i} ${'x'.repeat(3900)}` }, anyStatus: true });
    if (answer.status === 201) acknowledged.push(answer.body.id);
    else refused = answer;
  }
  assert.ok(refused, 'the disk never got full');
  assert.deepEqual([refused.status, slugOf(refused.body)], [503, 'unavailable']);
  assert.match(String(refused.headers['retry-after']), /^\d+$/);
  await admin.call('getMe');
  await admin.call('listStatuses');
  await server.kill();
  server.shell = undefined;
  await server.start();
  const kept = new Set((await admin.all('listMessages', { id: conversation.id, query: { limit: 200 } })).map((one) => one.id));
  for (const id of acknowledged) assert.ok(kept.has(id), `${id} is lost`);
  await admin.call('sendMessage', { id: conversation.id, body: { text: 'room again' }, status: 201 });
  await org.close();
});
