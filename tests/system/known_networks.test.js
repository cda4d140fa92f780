// Who guesses passwords keeps nobody out: neither behind the same address, nor from elsewhere, nor after a restart.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { slugOf } from '../lib/contract.js';
import { organisation, PASSWORD } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation({ settings: { trusted_proxies: ['127.0.0.1'] } });
});
after(() => org?.close());

/** Of one who tries to sign in there. @param {string} from @param {string} login @param {string} [password] */
async function tried(from, login, password = 'not this one') {
  const answer = await org.server.client().call('signIn', { body: { login, password }, headers: { 'X-Forwarded-For': from }, anyStatus: true });
  return answer.status === 200 ? 'in' : slugOf(answer.body);
}

/** 100 wrong passwords of logins that nobody has. @param {(i: number) => string} from */
async function flood(from) {
  const tries = Array.from({ length: 100 }, (_, i) => i);
  while (tries.length) {
    const some = tries.splice(0, 10);
    for (const slug of await Promise.all(some.map((i) => tried(from(i), `invented${i}`)))) assert.equal(slug, 'wrong-credentials');
  }
}

test('a flood of wrong passwords from a network keeps out strangers there, and nobody who has signed in from there, also before a restart', async () => {
  const here = '203.0.113.9';
  await org.account('ana');
  await org.account('bo');
  assert.equal(await tried(here, 'ana', PASSWORD), 'in');
  await org.server.stop();
  await org.server.start();
  await flood(() => here);
  assert.equal(await tried(here, 'bo', PASSWORD), 'too-many');
  assert.equal(await tried(here, 'ana', PASSWORD), 'in');
  assert.equal(await tried('203.0.113.10', 'bo', PASSWORD), 'in');
});

test('a network of IPv6 is the /64 that one host has', async () => {
  await flood((i) => `2001:db8:1:2::${(i + 1).toString(16)}`);
  assert.equal(await tried('2001:db8:1:2:ffff::1', 'ana', PASSWORD), 'too-many');
  assert.equal(await tried('2001:db8:1:3::1', 'ana', PASSWORD), 'in');
});

test('one login has two passwords in work, and others of the same network go on', async () => {
  const from = '198.51.100.7';
  const slugs = await Promise.all(Array.from({ length: 12 }, () => tried(from, 'ana', PASSWORD)));
  assert.ok(slugs.filter((slug) => slug === 'in').length >= 2, String(slugs));
  assert.ok(slugs.includes('too-many'), String(slugs));
  assert.equal(await tried(from, 'bo', PASSWORD), 'in');
});
