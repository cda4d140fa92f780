// Signing in by OpenID Connect: at the real npm oidc-provider, and at one that lies.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { HostileProvider, signers } from '../lib/hostile_provider.js';
import { organisation } from '../lib/organisation.js';
import { RealProvider } from '../lib/real_provider.js';
import { freshFolder, run } from '../lib/server.js';

const SECRET = 'a secret that is in no log';

/** @param {any} answer @returns {string[]} */
const cookiesOf = (answer) => (answer.headers['set-cookie'] ?? []).map((/** @type {string} */ one) => one.split(';')[0]);

/**
 * @param {import('../lib/organisation.js').Organisation} org
 * @param {string} [returnTo] @param {string[]} [cookies] that the browser has
 */
async function begin(org, returnTo = '/maker', cookies = []) {
  const answer = await org.server.client({ cookie: cookies.join('; ') }).call('startExternalSignIn', { query: { return_to: returnTo }, status: 303 });
  return { location: String(answer.headers.location), cookies: cookiesOf(answer), raw: answer };
}

/**
 * @param {import('../lib/organisation.js').Organisation} org
 * @param {URL} back @param {string[]} cookies
 */
async function comeBack(org, back, cookies) {
  const answer = await org.server.client({ cookie: cookies.join('; ') }).call('finishExternalSignIn', { query: Object.fromEntries(back.searchParams), status: 303 });
  const session = cookiesOf(answer).find((one) => /pastille_session_/.test(one));
  /** Names of cookies that are taken away. */
  const taken = (answer.headers['set-cookie'] ?? []).filter((one) => /; Max-Age=0;/.test(one)).map((one) => one.split('=')[0]);
  return { location: String(answer.headers.location), session, taken, client: session ? org.server.client({ cookie: session }) : undefined };
}

/** A folder with the secret's file. */
function secretFile() {
  const path = join(freshFolder(), 'secret');
  writeFileSync(path, `${SECRET}\n`);
  return path;
}

describe('with a provider that lies', () => {
  const provider = new HostileProvider();
  /** @type {import('../lib/organisation.js').Organisation} */
  let org;
  before(async () => {
    await provider.start();
    org = await organisation({
      settings: {
        oidc: { issuer: provider.issuer, client_id: 'desk', client_secret_file: secretFile(), name: 'Desk ID', create_people: true },
      },
    });
  });
  after(async () => {
    await org?.close();
    await provider.close();
  });
  beforeEach(() => provider.behave());

  /** @param {string} [returnTo] */
  async function signIn(returnTo) {
    const begun = await begin(org, returnTo);
    return comeBack(org, provider.authorize(begun.location), begun.cookies);
  }
  /** @param {string} word */
  async function refused(word) {
    const { location, session } = await signIn();
    assert.equal(location, `/?sign_in_problem=${word}`);
    assert.equal(session, undefined);
  }

  test('says how one signs in', async () => {
    const methods = await org.server.client().get('getSignInMethods');
    assert.deepEqual(methods, { password: true, external: { name: 'Desk ID', start: '/auth/oidc/start', sign_out: '/auth/oidc/sign-out' } });
  });

  test('an honest answer signs in, and its cookie is the browser\'s alone', async () => {
    const begun = await begin(org);
    const cookie = String(begun.raw.headers['set-cookie']);
    assert.match(cookie, /; Max-Age=600; HttpOnly; SameSite=Lax/);
    const asked = new URL(begun.location).searchParams;
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.equal(asked.get('redirect_uri'), `${org.server.origin}/auth/oidc/callback`);
    const { location, client } = await comeBack(org, provider.authorize(begun.location), begun.cookies);
    assert.equal(location, '/maker');
    const { user } = await client?.get('getSession');
    assert.equal(user.login, 'ana.lima');
    assert.equal(user.display_name, 'Ana Lima');
    const [managed] = (await org.admin.get('listUsers', { query: { q: 'Ana Lima' } })).items;
    assert.deepEqual(managed.external, { issuer: provider.issuer, subject: 'subject-1' });
    assert.equal(provider.tokenRequests.at(-1).authorization, `Basic ${Buffer.from(`desk:${encodeURIComponent(SECRET)}`).toString('base64')}`);
  });

  for (const signer of ['PS256', 'ES256', 'EdDSA']) {
    test(`takes ${signer}`, async () => {
      provider.signer = signer;
      assert.ok((await signIn()).session);
    });
  }
  for (const signer of Object.keys(signers).filter((one) => !['RS256', 'PS256', 'ES256', 'EdDSA', 'unknownKid'].includes(one))) {
    test(`refuses a token signed so: ${signer}`, async () => {
      provider.signer = signer;
      await refused('untrusted');
    });
  }

  const now = Math.floor(Date.now() / 1000);
  /** @type {[string, Record<string, any>][]} */
  const lies = [
    ['another audience', { aud: 'other' }],
    ['several audiences without azp', { aud: ['desk', 'other'] }],
    ['another azp', { aud: ['desk', 'other'], azp: 'other' }],
    ['another issuer', { iss: 'https://id.example.org' }],
    ['another nonce', { nonce: 'x' }],
    ['no nonce', { nonce: undefined }],
    ['an end that is over', { exp: now - 3600 }],
    ['no end', { exp: undefined }],
    ['an end that is no number', { exp: 'tomorrow' }],
    ['a beginning ahead', { iat: now + 3600 }],
    ['no subject', { sub: undefined }],
    ['an endless subject', { sub: 's'.repeat(256) }],
    ['a subject that userinfo does not have', { sub: 'subject-2' }],
  ];
  for (const [what, claims] of lies) {
    test(`refuses ${what}`, async () => {
      provider.claims = claims;
      await refused('untrusted');
    });
  }

  test('takes a token that is right for several audiences', async () => {
    provider.claims = { aud: ['other', 'desk'], azp: 'desk' };
    assert.ok((await signIn()).session);
  });

  test('refuses a code, a state and a cookie that are used again, or somebody else\'s', async () => {
    const begun = await begin(org);
    const back = provider.authorize(begun.location);
    assert.equal((await comeBack(org, back, [])).location, '/?sign_in_problem=again');
    const another = await begin(org);
    assert.equal((await comeBack(org, back, another.cookies)).location, '/?sign_in_problem=again');
    const ended = await comeBack(org, back, begun.cookies);
    assert.ok(ended.session);
    assert.deepEqual(ended.taken, [begun.cookies[0].split('=')[0]]);
    assert.equal((await comeBack(org, back, [])).location, '/?sign_in_problem=again');
    // A browser that keeps the cookie all the same: nothing is asked of the provider.
    assert.equal((await comeBack(org, back, begun.cookies)).location, '/?sign_in_problem=again');
    const replayed = provider.authorize(another.location);
    replayed.searchParams.set('code', String(back.searchParams.get('code')));
    assert.equal((await comeBack(org, replayed, another.cookies)).location, '/?sign_in_problem=declined');
  });

  test('tabs of one browser sign in side by side, and one more takes the place of the oldest', async () => {
    /** @type {Map<string, string>} */
    const jar = new Map();
    const cookies = () => [...jar.values()];
    const tabs = [];
    for (let n = 0; n < 5; n++) {
      const tab = await begin(org, `/?tab=${n}`, cookies());
      for (const one of tab.cookies) jar.set(one.split('=')[0], one);
      tabs.push(provider.authorize(tab.location));
    }
    assert.equal(jar.size, 4);
    assert.equal((await comeBack(org, tabs[0], cookies())).location, '/?sign_in_problem=again');
    for (const n of [3, 1, 4, 2]) {
      const { location, session, taken } = await comeBack(org, tabs[n], cookies());
      assert.deepEqual([location, session !== undefined, taken.length], [`/?tab=${n}`, true, 1]);
      jar.delete(taken[0]);
    }
    assert.equal(jar.size, 0);
  });

  test('takes away what the browser kept when it comes to nothing, too', async () => {
    const begun = await begin(org);
    const no = provider.authorize(begun.location);
    no.searchParams.set('error', 'access_denied');
    assert.equal((await comeBack(org, no, begun.cookies)).taken.length, 1);
  });

  test('a sealed sign-in that was changed, or put together with another state, is none', async () => {
    const begun = await begin(org);
    const back = provider.authorize(begun.location);
    const [pair] = begun.cookies;
    const other = pair.at(-3) === 'A' ? 'B' : 'A';
    assert.equal((await comeBack(org, back, [`${pair.slice(0, -3)}${other}${pair.slice(-2)}`])).location, '/?sign_in_problem=again');
    const another = await begin(org);
    const [at, state] = pair.split('.');
    const sealed = another.cookies[0].split('.')[2];
    assert.equal((await comeBack(org, back, [`${at}.${state}.${sealed}`])).location, '/?sign_in_problem=again');
  });

  test('a sign-in goes on when the server is restarted meanwhile', async () => {
    const begun = await begin(org);
    const back = provider.authorize(begun.location);
    await org.server.restart();
    assert.ok((await comeBack(org, back, begun.cookies)).session);
  });

  test('refuses an answer of another issuer, and takes a no for a no', async () => {
    const first = await begin(org);
    const mixed = provider.authorize(first.location);
    mixed.searchParams.set('iss', 'https://id.example.org');
    assert.equal((await comeBack(org, mixed, first.cookies)).location, '/?sign_in_problem=untrusted');
    const second = await begin(org);
    const no = provider.authorize(second.location);
    no.searchParams.set('error', 'access_denied');
    assert.equal((await comeBack(org, no, second.cookies)).location, '/?sign_in_problem=declined');
  });

  test('refuses userinfo of somebody else, and answers that are broken, huge, or lead elsewhere', async () => {
    provider.userinfo = { sub: 'somebody else' };
    await refused('untrusted');
    provider.behave();
    /** @type {((response: import('node:http').ServerResponse) => void)[]} */
    const answers = [
      (response) => response.end('{"sub":'),
      (response) => response.end('[]'),
      (response) => response.end(JSON.stringify({ sub: 'x'.repeat(300_000) })),
      (response) => response.end('['.repeat(100_000)),
      (response) => response.writeHead(302, { Location: `${provider.issuer}/userinfo` }).end(),
      (response) => response.writeHead(500).end(),
      (response) => response.destroy(),
    ];
    for (const path of ['/token', '/userinfo']) {
      for (const answer of answers) {
        provider.instead = { [path]: answer };
        await refused('unreachable');
      }
    }
  });

  test('comes back to paths of its own only', async () => {
    for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example/', '/a b', 'maker', `/${'x'.repeat(512)}`]) {
      assert.equal((await signIn(elsewhere)).location, '/', elsewhere);
    }
    assert.equal((await signIn('/?a=1')).location, '/?a=1');
  });

  test('lets nobody in who has left', async () => {
    provider.claims = { sub: 'leaver' };
    provider.userinfo = { sub: 'leaver', preferred_username: 'leaver' };
    assert.ok((await signIn()).session);
    const [leaver] = (await org.admin.get('listUsers', { query: { q: 'leaver' } })).items;
    await org.admin.call('patchUser', { id: leaver.id, body: { active: false } });
    const { location, session } = await signIn();
    assert.equal(location, '/?sign_in_problem=left');
    assert.equal(session, undefined);
  });

  test('goes nowhere to sign out where the provider has no place for it', async () => {
    const answer = await org.server.client().call('endExternalSignIn', { status: 303 });
    assert.equal(answer.headers.location, '/');
  });

  test('says nothing of the secret, of codes and of people in its log', () => {
    assert.ok(!org.server.log.includes(SECRET));
    assert.ok(!/code-\d/.test(org.server.log));
    assert.ok(!org.server.log.includes('subject-1'));
  });
});

describe('keys and discovery', () => {
  test('an unknown key is asked for again, once a minute at most', async () => {
    const provider = await new HostileProvider().start();
    const org = await organisation({ settings: { oidc: { issuer: provider.issuer, client_id: 'desk', create_people: true } } });
    try {
      const signIn = async () => {
        const begun = await begin(org);
        return comeBack(org, provider.authorize(begun.location), begun.cookies);
      };
      assert.ok((await signIn()).session);
      provider.signer = 'unknownKid';
      for (let i = 0; i < 3; i++) assert.equal((await signIn()).location, '/?sign_in_problem=untrusted');
      assert.equal(provider.keyFetches, 1);
    } finally {
      await org.close();
      await provider.close();
    }
  });

  test('a discovery document of another issuer, or none, brings one back with the reason', async () => {
    const provider = await new HostileProvider().start();
    const org = await organisation({ settings: { oidc: { issuer: provider.issuer, client_id: 'desk' } } });
    try {
      provider.discovery = { issuer: 'https://id.example.org' };
      assert.equal((await begin(org)).location, '/?sign_in_problem=untrusted');
      provider.discovery = { token_endpoint: 'http://id.example.org/token' };
      assert.equal((await begin(org)).location, '/?sign_in_problem=untrusted');
      provider.instead = { '/.well-known/openid-configuration': (response) => response.writeHead(503).end() };
      assert.equal((await begin(org)).location, '/?sign_in_problem=unreachable');
      provider.behave();
      const begun = await begin(org);
      const { location, session } = await comeBack(org, provider.authorize(begun.location), begun.cookies);
      assert.equal(location, '/?sign_in_problem=no-account');
      assert.equal(session, undefined);
    } finally {
      await org.close();
      await provider.close();
    }
  });

  test('wrong settings are said at start', async () => {
    const folder = freshFolder();
    const path = join(folder, 'pastille.toml');
    /** @type {[string, RegExp][]} */
    const wrong = [
      ['[oidc]\nissuer = "http://id.example.org"\nclient_id = "x"\n', /oidc\.issuer: wrong value/],
      ['[oidc]\nissuer = "https://id.example.org"\n', /oidc\.issuer and oidc\.client_id belong together/],
      ['[oidc]\nissuer = "https://id.example.org"\nclient_id = "x"\nclient_secret_file = "/nowhere"\n', /client_secret_file: '\/nowhere' cannot be read/],
      ['[oidc]\nissuer = "https://id.example.org"\nclient_id = "x"\nscopes = ["email"]\n', /oidc\.scopes: wrong value/],
      ['[oidc]\nissuer = "https://id.example.org"\nclient_id = "x"\ncreate_people = "yes"\n', /oidc\.create_people: wrong value/],
      ['[oidc]\nissuer = "https://id.example.org"\nclient_id = "x"\n[oidc.roles]\nchiefs = 1\n', /oidc\.roles: wrong value/],
    ];
    for (const [text, message] of wrong) {
      writeFileSync(path, text);
      const { code, stderr } = await run(['serve', '--data', join(folder, 'data'), '--config', path]);
      assert.notEqual(code, 0);
      assert.match(stderr, message);
    }
  });
});

describe('without a provider', () => {
  test('there are passwords only', async () => {
    const org = await organisation();
    try {
      assert.deepEqual(await org.server.client().get('getSignInMethods'), { password: true, external: null });
      for (const id of ['startExternalSignIn', 'finishExternalSignIn', 'endExternalSignIn']) await org.server.client().refused('not-found', id);
    } finally {
      await org.close();
    }
  });
});

describe('with the real oidc-provider', () => {
  /** @type {import('../lib/organisation.js').Organisation} */
  let org;
  /** @type {import('../lib/real_provider.js').RealProvider} */
  let provider;
  before(async () => {
    provider = await new RealProvider(SECRET).listen();
    org = await organisation({
      settings: {
        oidc: { issuer: provider.issuer, client_id: 'desk', client_secret_file: secretFile(), scopes: ['openid', 'profile', 'email', 'groups'], create_people: true },
        'oidc.roles': { leads: 'Administrator' },
      },
    });
    provider.serve(org.server.origin);
  });
  after(async () => {
    await org?.close();
    await provider?.close();
  });

  /** @param {string} login */
  async function signIn(login) {
    const begun = await begin(org, '/');
    return comeBack(org, new URL(await provider.signIn(begun.location, login)), begun.cookies);
  }

  test('people sign in, with their name and the role of their groups', async () => {
    provider.people.lea = { sub: 'lea', name: 'Léa Roux', preferred_username: 'lea', email: 'lea@example.org', groups: ['leads'] };
    const { location, client } = await signIn('lea');
    assert.equal(location, '/');
    const { user } = await client?.get('getSession');
    assert.deepEqual([user.login, user.display_name, user.role.name], ['lea', 'Léa Roux', 'Administrator']);
    provider.people.lea.groups = [];
    const again = await signIn('lea');
    assert.equal((await again.client?.get('getSession')).user.role.name, 'Agent');
    assert.equal((await again.client?.get('getSession')).user.id, user.id);
    const done = (await org.admin.get('listAudit', { query: { limit: 200 } })).items.filter((/** @type {any} */ one) => one.target === user.id);
    assert.deepEqual(done.map((/** @type {any} */ one) => one.action).reverse(), ['user.create', 'user.modify', 'user.modify']);
  });

  test('an administrator ties somebody who is here already', async () => {
    const here = await org.account('marc');
    provider.people.marc = { sub: 'marc', name: 'Marc', preferred_username: 'marc', groups: [] };
    await org.admin.call('patchUser', { id: here.id, body: { external: { issuer: provider.issuer, subject: 'marc' } } });
    const { client } = await signIn('marc');
    assert.equal((await client?.get('getSession')).user.id, here.id);
    const other = await org.account('other');
    await org.admin.refused('login-taken', 'patchUser', { id: other.id, body: { external: { issuer: provider.issuer, subject: 'marc' } } });
    await org.admin.call('patchUser', { id: here.id, body: { external: null } });
    await org.admin.call('patchUser', { id: other.id, body: { external: { issuer: provider.issuer, subject: 'marc' } } });
    await org.server.restart();
    provider.serve(org.server.origin);
    assert.equal((await (await signIn('marc')).client?.get('getSession')).user.id, other.id);
  });

  test('one signs out there, too', async () => {
    const answer = await org.server.client().call('endExternalSignIn', { status: 303 });
    const there = new URL(String(answer.headers.location));
    assert.equal(there.origin, provider.issuer);
    assert.equal(there.searchParams.get('post_logout_redirect_uri'), `${org.server.origin}/`);
    assert.equal((await fetch(there)).status, 200);
  });
});
