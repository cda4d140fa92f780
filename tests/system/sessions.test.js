// Signing in and sessions, through the program: ages, rules for passwords, guessing, the queue, and what ends at once.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';

const MINUTE = 60e3;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation({ settings: { trusted_proxies: ['127.0.0.1'] } });
});
after(() => org?.close());

/** @param {string} login @param {string} password @param {string} [address] @param {Record<string, string>} [headers] */
const tries = (login, password, address = '192.0.2.1', headers = {}) =>
  org.server.client().call('signIn', { body: { login, password }, headers: { 'X-Forwarded-For': address, ...headers }, anyStatus: true });

/** The threads that check passwords: their folder in /proc. Field 19 of stat is the niceness. */
function passwordThreads() {
  const tasks = `/proc/${org.server.child?.pid}/task`;
  const niceness = (/** @type {string} */ id) => Number(readFileSync(`${tasks}/${id}/stat`, 'utf8').split(') ')[1].split(' ')[16]);
  return readdirSync(tasks).filter((id) => niceness(id) === 10).map((id) => `${tasks}/${id}`);
}
/** Their time on the processor, in ms. */
const worked = () => passwordThreads().reduce((sum, path) => sum + Number(readFileSync(`${path}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0);

describe('a session', () => {
  test('ends after 14 h without use and after 30 days, and not before', async () => {
    await org.account('old');
    const clients = [];
    for (let i = 0; i < 4; i++) clients.push(await org.signIn('old'));
    await org.server.stop();
    const back = [
      ['seen_at', 14 * HOUR - 5 * MINUTE],
      ['seen_at', 14 * HOUR],
      ['created_at', 30 * DAY - 5 * MINUTE],
      ['created_at', 30 * DAY],
    ];
    const rows = execFileSync('sqlite3', [join(org.server.data, 'pastille.db'), 'SELECT id FROM sessions WHERE user = (SELECT max(id) FROM people) ORDER BY id']).toString().trim().split('\n');
    execFileSync('sqlite3', [join(org.server.data, 'pastille.db'), back.map(([field, by], index) => `UPDATE sessions SET ${field} = ${field} - ${by} WHERE id = ${rows[index]}`).join(';')]);
    await org.server.start();
    const there = [];
    for (const client of clients) there.push((await client.call('getMe', { anyStatus: true })).status);
    assert.deepEqual(there, [200, 401, 200, 401]);
  });

  test('has a new secret at each sign-in, whatever cookie came along', async () => {
    await org.account('fix');
    const first = await org.signIn('fix');
    const again = org.server.client({ cookie: first.cookie });
    await again.signIn('fix', PASSWORD);
    assert.notEqual(again.cookie, first.cookie);
    const chosen = org.server.client({ cookie: `${first.cookie?.split('=')[0]}=pss_chosen-by-somebody-else` });
    await chosen.signIn('fix', PASSWORD);
    assert.ok(!chosen.cookie?.includes('chosen'));
    assert.equal((await chosen.get('listMySessions')).total, 2, 'the one that the browser came with has ended');
  });
});

describe('a new password', () => {
  test('has 8 to 128 characters of any kind, is not common, and not the login', async () => {
    const role_id = org.roles.get('Agent').id;
    let count = 0;
    const given = (/** @type {string} */ password, login = `rule${++count}`) => org.admin.call('createUser', { body: { login, display_name: 'R', role_id, password }, anyStatus: true });
    for (const password of ['Zx7vQmP', 'é'.repeat(3) + 'abcd', 'wonderful kettle '.repeat(8), 'password', 'Password1', 'aaaaaaaa', '12345678', '123456789']) {
      const answer = await given(password);
      assert.equal(answer.status, 422, password);
      assert.equal(answer.body.errors[0].pointer, '/password');
    }
    assert.equal((await given('rule-of-login', 'rule-of-login')).status, 422);
    for (const password of ['zx vqmpr', 'ééévqmpr', 'wonderful kettle '.repeat(8).slice(0, 128)]) assert.equal((await given(password)).status, 201, password);
  });
});

describe('guessing', () => {
  test('is the same answer and as much work for a login that there is not', async () => {
    await org.account('known');
    /** @param {string} login @param {string} address */
    const cost = async (login, address) => {
      const start = worked();
      const answer = await tries(login, 'not this one', address);
      assert.equal(answer.status, 401);
      return { text: answer.text, work: worked() - start };
    };
    const known = [await cost('known', '192.0.2.10'), await cost('known', '192.0.2.10')];
    const unknown = [await cost('unknown', '192.0.2.11'), await cost('unknown', '192.0.2.11')];
    assert.equal(known[0].text, unknown[0].text);
    const least = (/** @type {{work: number}[]} */ all) => Math.min(...all.map(({ work }) => work));
    assert.ok(least(unknown) > least(known) / 2 && least(known) > least(unknown) / 2, `${least(known)} and ${least(unknown)} ms`);
  });

  test('at one address keeps nobody from signing in at another', async () => {
    await org.account('owner');
    for (let i = 0; i < 10; i++) assert.equal((await tries('owner', `guess ${i}`, '192.0.2.20')).status, 401);
    assert.equal((await tries('owner', PASSWORD, '192.0.2.20')).status, 429);
    assert.equal((await tries('owner', PASSWORD, '192.0.2.21')).status, 200);
    assert.equal((await tries('admin', PASSWORD, '192.0.2.20')).status, 200, 'nor others at that one');
  });

  test('counts when it comes all at once', async () => {
    await org.account('target');
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => tries('target', `guess ${i}`, '192.0.2.30')));
    const counted = (/** @type {number} */ status) => answers.filter((one) => one.status === status).length;
    let wrong = counted(401);
    assert.ok(wrong >= 2 && wrong <= 10, `${wrong} were checked`);
    assert.equal(wrong + counted(429), 24);
    for (; wrong < 10; wrong++) assert.equal((await tries('target', `later ${wrong}`, '192.0.2.30')).status, 401);
    assert.equal((await tries('target', PASSWORD, '192.0.2.30')).status, 429);
  });
});

describe('what ends a right', () => {
  test('acts on an open live connection within a second', async () => {
    const eve = await org.person('eve', { permissions: ['statuses.create'] });
    const elsewhere = await org.signIn('eve');
    const [here, there] = [await Live.connect(eve), await Live.connect(elsewhere)];
    const role = await org.role(['statuses.create']);
    await org.admin.call('patchRole', { id: role.id, body: { permissions: [] } });
    const self = await here.next('self', ({ permissions }) => permissions.length === 0, 1000);
    assert.equal(self.user.id, eve.me.id);
    await eve.refused('permission-missing', 'createStatus', { body: { name: 'Late', type: 'busy' } });
    const other = (await eve.get('listMySessions')).items.find((/** @type {any} */ one) => !one.current);
    await eve.call('endMySession', { id: other.id });
    await there.closes(4401, 1000);
    await org.admin.call('patchUser', { id: eve.me.id, body: { active: false } });
    await here.closes(4401, 1000);
    assert.equal((await tries('eve', PASSWORD, '192.0.2.40')).status, 401);
  });
});

describe('a shift that begins', () => {
  test('waits in a queue of 200; who comes then is told when to come back, and changes go on', async () => {
    const threads = passwordThreads();
    assert.ok(threads.length >= 1, 'they run at niceness 10');
    const liv = await org.person('liv');
    const live = await Live.connect(liv);
    const all = 260;
    /** @type {{status: number, wait: number}[]} */
    const answers = [];
    const { hostname, port, protocol } = new URL(org.server.origin);
    const requests = Array.from({ length: all }, (_, i) => {
      const body = JSON.stringify({ login: `somebody${i}`, password: PASSWORD }); // of one login two are in work at most
      const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length, 'X-Forwarded-For': `198.51.100.${i % 250}` };
      const request = (protocol === 'https:' ? https : http).request({ hostname, port, ca: org.server.ca, method: 'POST', path: '/api/v1/session', headers, agent: false }, (response) => {
        response.resume();
        answers.push({ status: response.statusCode ?? 0, wait: Number(response.headers['retry-after']) });
      });
      request.on('error', () => {});
      request.end(body);
      return request;
    });
    await until(() => all - answers.length <= 200 + threads.length, { what: 'a full queue' });
    const refused = answers.filter(({ status }) => status === 503);
    assert.ok(refused.length >= 10, `${refused.length} were refused`);
    assert.ok(refused.every(({ wait }) => wait >= 5 && wait <= 20));
    assert.ok(new Set(refused.map(({ wait }) => wait)).size > 1, 'they do not all come back at once');
    await live.set({ status_id: org.system.get('busy').id, note: 'not held up' });
    assert.ok(answers.length < all, 'the queue was still being worked at');
    for (const request of requests) request.destroy();
    await live.close();
  });
});
