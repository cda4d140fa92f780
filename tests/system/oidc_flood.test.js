// Anonymous people, other pages and a provider of identities: a sign-in is good once, whoever floods takes no place of
// others, other pages end no session, and an answer comes from the provider that was asked.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { comeBack as cameBack, HostileProvider } from '../lib/hostile_provider.js';
import { organisation } from '../lib/organisation.js';
import { patient } from '../lib/patience.js';

const provider = new HostileProvider();
/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** The same server, for a browser at another address. @type {import('../lib/server.js').Server} */
let elsewhere;
before(async () => {
  await provider.start();
  org = await organisation({ settings: { oidc: { issuer: provider.issuer, client_id: 'desk', create_people: true } } });
  elsewhere = Object.assign(Object.create(org.server), { agent: new http.Agent({ keepAlive: true, localAddress: '127.0.0.2' }) });
});
after(async () => {
  elsewhere?.agent.destroy();
  await org?.close();
  await provider.close();
});

const begin = (server = org.server) => provider.begin(server);
/** @param {{cookie: string, query: Record<string, string>}} begun */
const comeBack = (begun, server = org.server) => cameBack(begun, server);

test('one sign-in that comes back 300 times asks the provider once', async () => {
  const begun = await begin();
  const before = provider.tokenRequests.length;
  const ends = await Promise.all(Array.from({ length: 300 }, () => comeBack(begun)));
  assert.equal(provider.tokenRequests.length, before + 1);
  assert.equal(ends.filter((end) => end === '/').length, 1);
  assert.equal(ends.filter((end) => end === '/?sign_in_problem=again').length, 299);
});

test('a page of ours leads to the sign-out at the provider; a page of others does not', async () => {
  const browser = org.server.client();
  for (const headers of [{}, { 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }]) await browser.call('endExternalSignIn', { headers, status: 303 });
  for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: 'https://elsewhere.test' }, { Origin: 'null' }]) {
    await browser.refused('foreign-origin', 'endExternalSignIn', { headers });
  }
});

test('a flood of sign-ins with made-up codes holds up nobody at another address, with a provider that needs 200 ms', async () => {
  provider.needsMs = 200;
  const flood = [];
  for (let count = 0; count < 300; count++) flood.push(await begin());
  for (const each of flood) each.query.code = 'made up';
  const flooding = Promise.all(flood.map((each) => comeBack(each)));
  const began = performance.now();
  const honest = await Promise.all(Array.from({ length: 6 }, async () => comeBack(await begin(elsewhere), elsewhere)));
  assert.deepEqual(honest, Array(6).fill('/'));
  assert.ok(performance.now() - began < patient(5000), `${performance.now() - began} ms`);
  const ends = await flooding;
  assert.ok(ends.includes('/?sign_in_problem=busy'), 'one address has its share');
  assert.ok(ends.filter((end) => end === '/?sign_in_problem=declined').length >= 200);
  provider.needsMs = 0;
});

test('many who begin while the provider is not known yet ask for its places once', async () => {
  await org.server.restart();
  let asked = 0;
  provider.instead = {
    '/.well-known/openid-configuration': (response) => {
      asked++;
      provider.instead = {};
      response.writeHead(503).end();
    },
  };
  const locations = await Promise.all(Array.from({ length: 20 }, async () =>
    String((await org.server.client().call('startExternalSignIn', { status: 303 })).headers.location)));
  assert.equal(asked, 1);
  assert.ok(locations.every((each) => each === '/?sign_in_problem=unreachable' || each.startsWith(provider.issuer)), locations.join('\n'));
});

test('a provider that names itself in its answers is not believed without it', async () => {
  await org.server.restart();
  provider.discovery = { authorization_response_iss_parameter_supported: true };
  const asked = provider.tokenRequests.length;
  const mixed = await begin();
  delete mixed.query.iss;
  assert.equal(await comeBack(mixed), '/?sign_in_problem=untrusted');
  assert.equal(provider.tokenRequests.length, asked);
  assert.equal(await comeBack(await begin()), '/');
});
