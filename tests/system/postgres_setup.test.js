// The SQL of docs/operations/postgresql.md does what the page says, and a server needs no more rights than it gives.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { organisation } from '../lib/organisation.js';
import { freshFolder, run, Server } from '../lib/server.js';

const server = String(process.env.PASTILLE_TEST_POSTGRES);
assert.ok(process.env.PASTILLE_TEST_POSTGRES, 'run this in scripts/with-postgres');
const page = readFileSync(new URL('../../docs/operations/postgresql.md', import.meta.url), 'utf8');

/** The SQL under a heading, of a database and roles that are called otherwise. @param {string} heading @param {string} name */
const block = (heading, name) => String(/```sql\n([\s\S]*?)```/.exec(page.split(`${heading}\n`)[1])?.[1]).replaceAll(/(?<!')\bpastille/g, name);
/** @param {string} role @param {string} database */
const url = (role, database) => `${server.replace('pastille@', `${role}@`)}/${database}`;
/** @param {string} where @param {string} text */
const psql = (where, text) => execFileSync('psql', ['--quiet', '--tuples-only', '--no-align', '--no-psqlrc', '--set=ON_ERROR_STOP=1', where], { input: text, encoding: 'utf8', stdio: 'pipe' }).trim();

/** What a server does in a day: people, definitions, changes, history; and what it is to look at. @param {import('../lib/organisation.js').Organisation} org @param {string} database */
async function works(org, database) {
  const ana = await org.person('ana');
  const status = await org.status('Training');
  await ana.get('setMyStatus', { body: { status_id: status.id } });
  await ana.get('listMyHistory');
  await org.admin.get('deleteStatus', { id: status.id, status: 204 });
  const [nodes, sessions] = block('## When a node is silent', 'pastille').split(';\n');
  assert.match(psql(url('postgres', database), nodes), /^\d+\|[^|]+\|\d+\.\d+\.\d+\|\d+\|\d+$/);
  const others = String(sessions.split('WHERE ')[1]);
  assert.ok(psql(url('postgres', database), sessions.replace(others, `${others} AND datname = '${database}'`)).split('\n').length >= 2);
}

test('a database of its own: its role works there, and nobody else comes in', async (t) => {
  psql(url('postgres', 'postgres'), block('## A database of its own', 'desk'));
  const org = await organisation({ server: new Server({ folder: freshFolder(), database: url('desk', 'desk') }) });
  t.after(() => org.close());
  await works(org, 'desk');
  assert.throws(() => psql(url('pastille', 'desk'), 'SELECT 1'), /does not have CONNECT privilege/);
});

test('a role that owns, and one that works and cannot change tables', async (t) => {
  psql(url('postgres', 'postgres'), block('### Or a role that owns, and one that works', 'hall'));
  const folder = freshFolder();
  const early = await run(['serve', '--database', url('hall', 'hall'), '--listen', '127.0.0.1:0']);
  assert.equal(early.code, 1);
  assert.match(early.stderr, /permission denied for schema public/);
  const read = await run(['user', 'list', '--database', url('hall_owner', 'hall')]);
  assert.equal(read.code, 1, 'a read makes nothing');
  assert.match(read.stderr, /no organisation/);
  assert.equal(psql(url('hall_owner', 'hall'), 'SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()'), '0');
  const made = await run(['migrate', '--database', url('hall_owner', 'hall')]);
  assert.equal(made.code, 0, made.stderr);
  assert.equal((await run(['user', 'list', '--database', url('hall_owner', 'hall')])).code, 1, 'tables are no organisation');
  const org = await organisation({ server: new Server({ folder, database: url('hall', 'hall') }) });
  t.after(() => org.close());
  await works(org, 'hall');
  for (const statement of ['CREATE TABLE more (id INT)', 'DROP TABLE messages', 'ALTER TABLE people ADD COLUMN more INT']) {
    assert.throws(() => psql(url('hall', 'hall'), statement), /permission denied|must be owner/, statement);
  }
});
