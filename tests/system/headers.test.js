// What answers tell browsers to do, and proxies' words about who asks: policies, frames, caches, TLS, addresses.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { everyOperation, isPublic, probe } from '../lib/access.js';
import { send } from '../lib/api.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { binary, freshFolder, Server } from '../lib/server.js';
import { Events } from '../lib/sse.js';

const kDesk = 'https://desk.example.org';
const kPages = {
  'index.html': '<!doctype html><title>sign in</title>',
  'banner.html': '<!doctype html><title>banner</title>',
  'maker.html': '<!doctype html><title>maker</title>',
  'service_worker.js': 'self.worker = 1;',
  'manifest.webmanifest': '{}',
  'assets/core-1a2b3c4d.js': 'export const one = 1;',
  'elements/pastille-dot.js': 'export const dot = 1;',
};

/** A program with pages beside it, as it is installed. */
const place = freshFolder();
/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  copyFileSync(binary, join(place, 'pastille'));
  for (const [name, text] of Object.entries(kPages)) {
    mkdirSync(dirname(join(place, 'web', name)), { recursive: true });
    writeFileSync(join(place, 'web', name), text);
  }
  const server = new Server({ settings: { frame_origins: [kDesk] }, shell: `exec "${join(place, 'pastille')}" "$@"` });
  org = await organisation({ server });
});
after(async () => {
  await org?.close();
  rmSync(place, { recursive: true });
});

/** @param {string} path @param {Record<string, string>} [headers] @param {string} [method] */
const get = (path, headers = {}, method = 'GET') => send({ origin: org.server.origin, method, path, headers });

/** What every answer carries. @param {import('../lib/api.js').Answer} answer @param {string} what */
function guarded({ headers }, what) {
  assert.equal(headers['x-content-type-options'], 'nosniff', what);
  assert.equal(headers['referrer-policy'], 'same-origin', what);
  assert.match(String(headers['cross-origin-resource-policy']), /^(same|cross)-origin$/, what);
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what);
  assert.match(String(headers['permissions-policy']), /camera=\(\)/, what);
  assert.match(String(headers['content-security-policy']), /^default-src '(self|none)'; .*frame-ancestors/, what);
  assert.ok(headers['cache-control'], what);
  assert.equal(headers.server, undefined, what);
}

describe('pages', () => {
  test('run only what the server itself gives them', async () => {
    for (const path of ['/', '/banner', '/maker', '/assets/core-1a2b3c4d.js', '/service_worker.js']) {
      const answer = await get(path);
      assert.equal(answer.status, 200, path);
      guarded(answer, path);
      const policy = String(answer.headers['content-security-policy']);
      assert.match(policy, /^default-src 'self'; /, path);
      for (const rule of ["object-src 'none'", "base-uri 'none'", "form-action 'self'"]) assert.ok(policy.includes(rule), `${path}: ${policy}`);
      assert.doesNotMatch(policy, /unsafe|\*|http:/, path);
    }
  });

  test('are framed by listed origins when they are the Banner, or signing in to it', async () => {
    for (const path of ['/', '/index.html', '/banner', '/banner.html', '/banner/conversations']) {
      assert.match(String((await get(path)).headers['content-security-policy']), new RegExp(`frame-ancestors 'self' ${kDesk}$`), path);
    }
    for (const path of ['/maker', '/maker.html', '/maker/users/u1', '/assets/core-1a2b3c4d.js']) {
      assert.match(String((await get(path)).headers['content-security-policy']), /frame-ancestors 'self'$/, path);
    }
  });

  test('are kept for ever when their name holds a hash of the content, and asked for each time otherwise', async () => {
    assert.equal((await get('/assets/core-1a2b3c4d.js')).headers['cache-control'], 'public, max-age=31536000, immutable');
    for (const path of ['/', '/banner', '/maker', '/service_worker.js', '/manifest.webmanifest', '/elements/pastille-dot.js']) {
      const { headers, etag } = await get(path);
      assert.equal(headers['cache-control'], 'no-cache', path);
      const again = await get(path, { 'If-None-Match': etag });
      assert.equal(again.status, 304, path);
      guarded(again, path);
    }
  });

  test('outside their folder there is nothing', async () => {
    for (const path of ['/../pastille', '/..%2fpastille', '/%2e%2e/pastille', '/assets/../../pastille', '//etc/passwd', '/.', '/assets/', '/web/index.html']) {
      assert.notEqual((await get(path)).status, 200, path);
    }
  });
});

describe('answers of the API', () => {
  // Small lists that everyone has whole and asks for again with their tag; by the description they say so themselves.
  const tagged = ['getCatalogue', 'getDirectory'];

  test('show nothing by themselves, are framed by nobody, and are kept by nobody', async () => {
    const who = await org.person('who');
    for (const op of everyOperation.filter((one) => one.id !== 'signOut')) {
      for (const client of [who, org.server.client()]) {
        const answer = await client.call(op.id, probe(op, []));
        guarded(answer, op.id);
        assert.equal(answer.headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'", op.id);
        const kept = tagged.includes(op.id) && answer.status === 200;
        assert.equal(answer.headers['cache-control'], kept ? 'private, no-cache' : 'no-store', `${op.id} ${answer.status}`);
      }
    }
  });

  test('of what is personal are no-store when they succeed', async () => {
    for (const op of everyOperation.filter((one) => one.method === 'GET' && !isPublic(one) && !one.path.includes('{') && !one.path.startsWith('/live'))) {
      const answer = await org.admin.call(op.id);
      assert.equal(answer.headers['cache-control'], tagged.includes(op.id) ? 'private, no-cache' : 'no-store', op.id);
    }
  });

  test('also when nothing fits: other paths, methods, and what is no HTTP', async () => {
    for (const [method, path] of [['GET', '/nothing'], ['GET', '/api/v1/nothing'], ['PUT', '/api/v1/me/sessions'], ['POST', '/maker'], ['OPTIONS', '/api/v1/me'], ['GET', `/${'x'.repeat(9000)}`]]) {
      guarded(await get(path, {}, method), `${method} ${path.slice(0, 20)}`);
    }
  });

  test('and the event stream too', async () => {
    const events = await Events.open(org.admin, { query: { follow: 'none' } });
    guarded(/** @type {any} */ ({ headers: events.headers }), 'events');
    assert.equal(events.headers['cache-control'], 'no-store');
    events.close();
  });
});

describe('the word of a proxy', () => {
  const tls = { 'X-Forwarded-Proto': 'https' };
  /** @type {import('../lib/organisation.js').Organisation} */
  let proxied;
  before(async () => {
    proxied = await organisation({ settings: { trusted_proxies: ['127.0.0.1', '10.9.9.9'] } });
  });
  after(() => proxied?.close());

  test('makes HSTS and a __Host- cookie when it is listed and says https', async () => {
    const client = proxied.server.client();
    const answer = await client.call('signIn', { body: { login: 'admin', password: PASSWORD }, headers: tls });
    assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000');
    assert.match(String(answer.headers['set-cookie']), /^__Host-pastille_session_[0-9a-f]{8}=[^;]+; Path=\/; .*HttpOnly.*; Secure/);
    assert.doesNotMatch(String(answer.headers['set-cookie']), /domain/i);
    client.keepCookie(answer);
    await client.call('getMe', { headers: tls });
    // The plain name may have been set by anybody on the way, or by another host of the same site.
    const planted = proxied.server.client({ cookie: String(client.cookie).replace('__Host-', '') });
    await planted.refused('not-signed-in', 'getMe', { headers: tls });
    const out = await client.call('signOut', { headers: tls });
    assert.match(String(out.headers['set-cookie']), /^__Host-pastille_session_[0-9a-f]{8}=; .*Max-Age=0/);
  });

  test('makes neither when it says http, or nothing, or is not listed', async () => {
    const path = '/healthz';
    for (const headers of [{}, { 'X-Forwarded-Proto': 'http' }, { 'X-Forwarded-Proto': 'https, http' }]) {
      const answer = await send({ origin: proxied.server.origin, method: 'GET', path, headers });
      assert.equal(answer.headers['strict-transport-security'], undefined, JSON.stringify(headers));
    }
    assert.equal((await get(path, tls)).headers['strict-transport-security'], undefined);
    const answer = await org.server.client().call('signIn', { body: { login: 'admin', password: PASSWORD }, headers: tls });
    assert.match(String(answer.headers['set-cookie']), /^pastille_session_[0-9a-f]{8}=/);
  });

  /** The address of one request, as the log has it. @param {Server} server @param {Record<string, string>} headers */
  async function addressOf(server, headers) {
    const id = `address-${Math.random().toString(36).slice(2)}`;
    await send({ origin: server.origin, method: 'GET', path: '/api/v1/nothing', headers: { ...headers, 'X-Request-Id': id } });
    const { until } = await import('../lib/patience.js');
    const line = await until(() => server.log.split('\n').find((one) => one.includes(id)), { what: `the log line of ${id}` });
    return /remote=(\S+)/.exec(line)?.[1] ?? line;
  }

  test('names the client, from the right, as far as proxies are listed', async () => {
    const { server } = proxied;
    assert.equal(await addressOf(server, { 'X-Forwarded-For': '203.0.113.9' }), '203.0.113.9');
    assert.equal(await addressOf(server, { 'X-Forwarded-For': '198.51.100.7, 203.0.113.9' }), '203.0.113.9');
    assert.equal(await addressOf(server, { 'X-Forwarded-For': '198.51.100.7, 203.0.113.9, 10.9.9.9' }), '203.0.113.9');
    assert.equal(await addressOf(server, { 'X-Forwarded-For': 'nonsense' }), '127.0.0.1');
    assert.equal(await addressOf(server, {}), '127.0.0.1');
  });

  test('is not believed from anybody else', async () => {
    assert.equal(await addressOf(org.server, { 'X-Forwarded-For': '203.0.113.9' }), '127.0.0.1');
  });
});
