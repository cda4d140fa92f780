import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;

before(async () => {
  org = await organisation();
  ana = await org.person('ana');
});
after(() => org?.close());

test('signing in answers with the person, their permissions and an HttpOnly cookie', async () => {
  const client = org.server.client();
  const answer = await client.call('signIn', { body: { login: 'admin', password: PASSWORD }, status: 200 });
  assert.equal(answer.body.user.login, 'admin');
  assert.ok(answer.body.permissions.includes('users.manage'));
  const cookie = String(answer.headers['set-cookie']);
  assert.match(cookie, /^(__Host-)?pastille_session_[0-9a-f]{8}=[\w-]{40,}/);
  assert.match(cookie, /HttpOnly/i);
  assert.match(cookie, /SameSite=Lax/i);
  assert.match(cookie, /Path=\//i);
  assert.match(String(answer.headers['cache-control']), /no-store/);
});

test('a login is found without regard to case and accents', async () => {
  await org.server.client().signIn('  ANÁ ', PASSWORD);
});

test('who is signed in here', async () => {
  const session = await ana.get('getSession');
  assert.equal(session.user.id, ana.me.id);
  assert.deepEqual(session.permissions, []);
});

test('a wrong password and an unknown login are refused with the same text', async () => {
  const nobody = org.server.client();
  const wrong = await nobody.refused('wrong-credentials', 'signIn', { body: { login: 'ana', password: 'not this one' } });
  const unknown = await nobody.refused('wrong-credentials', 'signIn', { body: { login: 'nobody', password: 'not this one' } });
  assert.deepEqual(wrong, unknown);
});

test('an unknown login takes as long as a wrong password', async () => {
  const nobody = org.server.client();
  /** @param {string} login */
  const time = async (login) => {
    const began = performance.now();
    await nobody.refused('wrong-credentials', 'signIn', { body: { login, password: 'not this one' } });
    return performance.now() - began;
  };
  // The shortest of some, in turns: what else the machine did is in the longer ones.
  let [known, unknown] = [Infinity, Infinity];
  for (const nth of [1, 2, 3, 4]) {
    known = Math.min(known, await time('ana'));
    unknown = Math.min(unknown, await time(`nobody${nth}`));
  }
  assert.ok(unknown > known / 3, `${unknown} ms and ${known} ms`);
});

test('login and password are needed, as text', async () => {
  const nobody = org.server.client();
  await nobody.invalid('/password', 'signIn', { body: { login: 'ana' } });
  await nobody.invalid('/login', 'signIn', { body: { password: PASSWORD } });
  await nobody.invalid('/login', 'signIn', { body: { login: 1, password: PASSWORD } });
  await nobody.invalid('/password', 'signIn', { body: { login: 'ana', password: null } });
  await nobody.invalid('/password', 'signIn', { body: { login: 'ana', password: 'x'.repeat(129) } });
});

test('a person who left cannot sign in', async () => {
  const left = await org.account('left');
  await org.admin.call('patchUser', { id: left.id, body: { active: false } });
  await org.server.client().refused('wrong-credentials', 'signIn', { body: { login: 'left', password: PASSWORD } });
});

test('signing out ends the session and its live connections within a second', async () => {
  const bo = await org.person('bo');
  const live = await Live.connect(bo);
  const answer = await bo.call('signOut', { status: 204 });
  assert.match(String(answer.headers['set-cookie']), /pastille_session_[0-9a-f]{8}=;.*Max-Age=0/i);
  await live.closes(4401, 1000);
  await bo.refused('not-signed-in', 'getSession');
});

test('too many wrong passwords are slowed down, the right one too', async () => {
  await org.account('target');
  const nobody = org.server.client();
  let tries = 0;
  for (;;) {
    const answer = await nobody.call('signIn', { body: { login: 'target', password: `guess ${tries}` }, anyStatus: true });
    if (answer.status === 429) {
      assert.ok(Number(answer.headers['retry-after']) > 0);
      break;
    }
    assert.equal(answer.status, 401);
    assert.ok(++tries <= 20, 'it never comes');
  }
  assert.equal(tries, 10);
  await nobody.refused('too-many', 'signIn', { body: { login: 'target', password: PASSWORD } });
  await ana.call('getMe'); // nobody else is held up
  await org.server.client().signIn('ana', PASSWORD);
});
