// Two servers on one host share a browser's cookies, which know no ports: one is signed in at both, and out of one.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { send } from '../lib/api.js';

/** The cookies of one browser for 127.0.0.1, whatever the port. */
class Jar {
  /** @type {Map<string, string>} */
  #cookies = new Map();

  /** @param {import('../lib/server.js').Server} server @param {string} method @param {string} path @param {any} [body] */
  async ask(server, method, path, body) {
    const answer = await send({
      origin: server.origin, agent: server.agent, method, path: `/api/v1${path}`,
      headers: { Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
    });
    for (const set of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /** @type {RegExpExecArray} */ (/^([^=]+)=([^;]*)/.exec(set));
      if (/; Max-Age=0(;|$)/.test(set)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
  /** @param {import('../lib/server.js').Server} server */
  async signIn(server) {
    assert.equal((await this.ask(server, 'POST', '/session', { login: 'admin', password: PASSWORD })).status, 200);
  }
  /** @param {import('../lib/server.js').Server} server */
  async isIn(server) {
    return (await this.ask(server, 'GET', '/me')).status === 200;
  }
  /** As an earlier version named it. */
  rename() {
    this.#cookies = new Map([...this.#cookies].map(([name, value]) => [name.replace(/_[0-9a-f]{8}$/, ''), value]));
  }
  get names() {
    return [...this.#cookies.keys()];
  }
}

/** @type {import('../lib/organisation.js').Organisation[]} */
let two = [];
before(async () => {
  two = [await organisation(), await organisation()];
});
after(() => Promise.all(two.map((each) => each.close())));

test('one is signed in at both, and out of one of them', async () => {
  const [one, other] = two.map(({ server }) => server);
  const jar = new Jar();
  await jar.signIn(one);
  await jar.signIn(other);
  assert.deepEqual([await jar.isIn(one), await jar.isIn(other)], [true, true]);
  assert.equal((await jar.ask(one, 'DELETE', '/session')).status, 204);
  assert.deepEqual([await jar.isIn(one), await jar.isIn(other)], [false, true]);
  await jar.signIn(one);
  assert.deepEqual([await jar.isIn(one), await jar.isIn(other)], [true, true]);
});

test('the name lasts as long as the organisation', async () => {
  const [{ server }] = two;
  const jar = new Jar();
  await jar.signIn(server);
  const [name] = jar.names;
  assert.match(name, /^(__Host-)?pastille_session_[0-9a-f]{8}$/);
  await server.restart();
  assert.equal(await jar.isIn(server), true);
  await jar.signIn(server);
  assert.deepEqual(jar.names, [name]);
});

test('the cookie of an earlier version is honoured, and goes when one signs out', async () => {
  const [one, other] = two.map(({ server }) => server);
  const jar = new Jar();
  await jar.signIn(one);
  jar.rename();
  assert.deepEqual([await jar.isIn(one), await jar.isIn(other)], [true, false]);
  await jar.signIn(other);
  assert.deepEqual([await jar.isIn(one), await jar.isIn(other)], [true, true]);
  assert.equal((await jar.ask(one, 'DELETE', '/session')).status, 204);
  assert.deepEqual([await jar.isIn(one), await jar.isIn(other)], [false, true]);
  assert.equal(jar.names.length, 1);
});
