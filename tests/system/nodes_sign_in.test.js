// Signing in where several servers work on one database: guessing is counted over all of them, and a sign-in at a provider of
// identities may begin at one and end at another.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { slugOf } from '../lib/contract.js';
import { HostileProvider } from '../lib/hostile_provider.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { freshFolder, ownDatabase, Server } from '../lib/server.js';

const postgres = process.env.PASTILLE_TEST_POSTGRES;
assert.ok(postgres, 'run this in scripts/with-postgres');

/** @param {string} sql @param {string} database */
const psql = (sql, database) => execFileSync('psql', ['--quiet', '--tuples-only', '--no-align', '--command', sql, `${postgres}/${database}`], { encoding: 'utf8' }).trim();

const provider = new HostileProvider();
/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {Server} */
let one;
/** @type {Server} */
let two;
let name = '';
let changes = 0;

before(async () => {
  await provider.start();
  const settings = { oidc: { issuer: provider.issuer, client_id: 'desk', create_people: true } };
  const folder = freshFolder();
  const database = ownDatabase(folder);
  one = new Server({ folder, database, settings });
  two = new Server({ database, settings });
  org = await organisation({ server: one });
  await two.start();
  name = new URL(database).pathname.slice(1);
  for (const login of ['bo', 'cleo', 'dan']) await org.account(login);
});
after(async () => {
  await two?.close();
  await org?.close();
  await provider.close();
});

/** Of one who tries a password there. @param {Server} server @param {string} login @param {string} [password] */
const tried = async (server, login, password = 'not this one') =>
  (await server.client().call('signIn', { body: { login, password }, anyStatus: true })).status;

/** @param {Server} server @param {string} login @param {number} times */
async function wrong(server, login, times) {
  for (let n = 0; n < times; n++) assert.equal(await tried(server, login), 401, `${login}, ${n + 1} of ${times}`);
}

/** A change is made on all that was committed before, so after these both have heard of everything. */
async function heard() {
  for (const server of [one, two, one]) {
    await server.client({ cookie: org.admin.cookie }).call('createTeam', { body: { name: `Team ${++changes}` }, status: 201 });
  }
}

/** How many events tell of this login, by its fingerprint. @param {string} login @param {boolean} right */
function told(login, right) {
  const fingerprint = createHash('sha256').update(login).digest('hex');
  return Number(psql(`SELECT count(*) FROM events WHERE payload LIKE '%"login":"${fingerprint}"%"right":${right},"is":"sign_in_tried"%' AND short_lived = 1`, name));
}

describe('guessing', () => {
  test('ten wrong passwords at two servers are ten, and nine are not', async () => {
    await wrong(one, 'bo', 5);
    await wrong(two, 'bo', 4);
    await heard();
    await wrong(two, 'bo', 1);
    await heard();
    for (const server of [one, two]) {
      const refused = await server.client().call('signIn', { body: { login: 'bo', password: PASSWORD }, anyStatus: true });
      assert.deepEqual([refused.status, slugOf(refused.body)], [429, 'too-many']);
    }
  });

  test('what is refused with 429 is told to nobody', async () => {
    assert.equal(told('bo', false), 10);
    for (const server of [one, two]) for (let n = 0; n < 20; n++) assert.equal(await tried(server, 'bo'), 429);
    await heard();
    assert.equal(told('bo', false), 10);
  });

  test('a right password clears the wrong ones everywhere, and is told when that is news', async () => {
    await wrong(one, 'cleo', 5);
    await wrong(two, 'cleo', 4);
    await heard();
    assert.equal(await tried(two, 'cleo', PASSWORD), 200);
    await heard();
    assert.equal(told('cleo', true), 1);
    await wrong(one, 'cleo', 9);
    await heard();
    assert.equal(await tried(one, 'cleo', PASSWORD), 200);
    await heard();
    assert.equal(told('cleo', true), 2);
    for (const server of [one, two]) assert.equal(await tried(server, 'cleo', PASSWORD), 200);
    await heard();
    assert.equal(told('cleo', true), 2);
  });

  test('what was typed as a login is in no event', async () => {
    await wrong(one, 'a password by mistake', 1);
    await heard();
    assert.equal(told('a password by mistake', false), 1);
    assert.equal(psql("SELECT count(*) FROM events WHERE payload LIKE '%by mistake%'", name), '0');
  });

  test('a wrong present password counts like the rest', async () => {
    const { cookie } = await org.signIn('dan');
    await heard();
    const body = { current_password: 'not this one', new_password: 'quite another one' };
    for (let n = 0; n < 9; n++) await (n % 2 ? one : two).client({ cookie }).invalid('/current_password', 'changePassword', { body });
    await heard();
    await wrong(one, 'dan', 1);
    await heard();
    assert.equal(await tried(two, 'dan', PASSWORD), 429);
  });
});

describe('a sign-in at a provider', () => {
  /** @param {any} answer @returns {string[]} */
  const cookiesOf = (answer) => (answer.headers['set-cookie'] ?? []).map((/** @type {string} */ each) => each.split(';')[0]);

  test('begins at one server and ends at the other', async () => {
    for (const [first, second] of [[one, two], [two, one]]) {
      const begun = await first.client().call('startExternalSignIn', { query: { return_to: '/maker' }, status: 303 });
      const back = provider.authorize(String(begun.headers.location));
      const query = Object.fromEntries(back.searchParams);
      const stranger = await second.client().call('finishExternalSignIn', { query, status: 303 });
      assert.equal(stranger.headers.location, '/?sign_in_problem=again');
      const ended = await second.client({ cookie: cookiesOf(begun).join('; ') }).call('finishExternalSignIn', { query, status: 303 });
      assert.equal(ended.headers.location, '/maker');
      const cookie = cookiesOf(ended).find((each) => /pastille_session_/.test(each));
      await heard();
      for (const server of [first, second]) assert.equal((await server.client({ cookie }).get('getSession')).user.login, 'ana.lima');
    }
  });

  test('the key that it is sealed with is one, and in no log', () => {
    const key = psql("SELECT value FROM meta WHERE key = 'sealing_key'", name);
    assert.match(key, /^[0-9a-f]{64}$/);
    assert.equal(psql("SELECT count(*) FROM events WHERE payload LIKE '%sealing_key_put%'", name), '1');
    assert.equal(psql("SELECT count(*) FROM events WHERE payload LIKE '%sealing_key_put%' AND short_lived <> 1", name), '0');
    for (const server of [one, two]) assert.ok(!`${server.log}${server.lines.join('\n')}`.includes(key));
  });
});

test('while the database is lost a wrong password is a wrong password', async (t) => {
  psql(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`, 'postgres');
  t.after(() => psql(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`, 'postgres'));
  psql(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${name}'`, 'postgres');
  await until(async () => (await tried(one, 'admin', PASSWORD)) === 503, { what: 'a refusal' });
  await wrong(one, 'admin', 9);
  assert.equal(await tried(one, 'admin', PASSWORD), 503);
  await wrong(one, 'admin', 10);
  assert.equal(await tried(one, 'admin', PASSWORD), 429);
});

test('nodes that start together on an empty database each print a link, and each works until one is used', async (t) => {
  const database = ownDatabase(freshFolder());
  const nodes = [1, 2, 3].map(() => new Server({ database }));
  t.after(() => Promise.all(nodes.map((node) => node.close())));
  await Promise.all(nodes.map((node) => node.start()));
  const tokens = await Promise.all(nodes.map((node) => node.firstAdministratorToken()));
  assert.equal(new Set(tokens).size, nodes.length);
  for (const token of tokens) {
    for (const node of nodes) assert.equal((await node.client().get('getInvitation', { token })).kind, 'first_administrator');
  }
  const body = { password: PASSWORD, login: 'root', display_name: 'Root' };
  const { headers } = await nodes[1].client().call('acceptInvitation', { token: tokens[0], body });
  assert.match(String(headers['pastille-position']), /^.+\.\d+$/);
  const after = { 'Pastille-Position': String(headers['pastille-position']) };
  for (const [index, node] of nodes.entries()) await node.client().refused('not-found', 'getInvitation', { token: tokens[index], headers: after });
});
