// Nobody quietly becomes somebody else: what a link or another subject for who has signed in before does, and what ends it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { invitationIn } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let boss;
before(async () => {
  org = await organisation();
  boss = await org.person('boss', { permissions: ['users.manage'] });
});
after(() => org?.close());

/** @param {string} id @param {import('../lib/api.js').Client} [by] */
const link = async (id, by = boss) => {
  const made = await by.get('inviteUser', { id, status: 201 });
  return { 'Pastille-Invitation': invitationIn(made.link) };
};
/** @param {Record<string, string>} headers @param {Record<string, any>} [body] */
async function accept(headers, body = {}) {
  const client = org.server.client();
  client.keepCookie(await client.call('acceptGivenInvitation', { headers, body: { password: 'another good one', ...body }, status: 200 }));
  return client;
}

describe('a link that somebody else makes for who has signed in before', () => {
  test('changes nothing until it is accepted, and says so at once on their open pages', async () => {
    const ana = await org.person('ana');
    const lamp = await org.token(ana, ['status']);
    const live = await Live.connect(ana);
    await link(ana.me.id);
    const told = await live.next('self', (frame) => frame.user.pending_renewal);
    assert.deepEqual([told.user.pending_renewal.by, told.user.pending_renewal.how], [boss.me.id, 'link']);
    assert.equal((await ana.get('getMe')).renewal, null);
    await lamp.get('getMyStatus');
    await org.server.client().signIn('ana', PASSWORD);
    await live.close();
  });

  test('is void once they say no', async () => {
    const una = await org.person('una');
    const headers = await link(una.me.id);
    const nobody = org.server.client();
    assert.equal((await nobody.get('getGivenInvitation', { headers })).renewal, true);
    await una.call('voidRenewal', { status: 204 });
    assert.equal((await una.get('getMe')).pending_renewal, null);
    await nobody.refused('not-found', 'getGivenInvitation', { headers });
    await nobody.refused('not-found', 'acceptGivenInvitation', { headers, body: { password: 'another good one' } });
    await una.refused('not-found', 'voidRenewal');
    const [voided, made] = (await org.admin.get('listAudit', { query: { target: una.me.id } })).items;
    assert.deepEqual([voided.action, voided.by, made.action, made.by], ['user.renewal-void', una.me.id, 'user.renew', boss.me.id]);
  });

  test('ends sessions and tokens, erases the own history and shows no older message once it is accepted', async () => {
    const eva = await org.person('eva');
    const partner = await org.person('partner');
    const live = await Live.connect(eva);
    await live.set({ status_id: org.system.get('busy').id, note: 'mine' });
    const lamp = await org.token(eva, ['read']);
    const conversation = await partner.get('openConversation', { body: { with: eva.me.id } });
    const sent = { id: conversation.id, body: { text: 'between us' } };
    await partner.call('sendMessage', sent);
    await eva.call('sendMessage', { ...sent, headers: { 'Idempotency-Key': 'one' } });
    const next = await accept(await link(eva.me.id));

    assert.equal((await live.closed).code, 4401);
    await eva.refused('not-signed-in', 'getMe');
    await lamp.refused('not-signed-in', 'getMe');
    assert.deepEqual((await next.all('listMyHistory')).map(({ note }) => note), [null]);
    assert.deepEqual(await next.all('listMessages', { id: conversation.id }), []);
    const [seen] = (await next.get('listConversations')).items;
    assert.deepEqual([seen.id, seen.last_message, seen.unread], [conversation.id, null, 0]);
    assert.equal((await next.get('openConversation', { body: { with: partner.me.id } })).last_message, null);
    assert.deepEqual((await partner.all('listMessages', { id: conversation.id })).length, 2, 'partners keep theirs');

    const { renewal } = await next.get('getMe');
    assert.equal(renewal.by, boss.me.id);
    const directory = (await partner.get('getDirectory')).users;
    assert.equal(directory.find((/** @type {any} */ one) => one.id === eva.me.id).renewed_at, renewal.at);
    assert.equal(directory.find((/** @type {any} */ one) => one.id === partner.me.id).renewed_at, undefined);
    await next.call('agreeToRenewal', { status: 204 });
    assert.equal((await next.get('getMe')).renewal, null);
    await next.refused('not-found', 'agreeToRenewal');

    // A new message is read; the key of who was there before is not known to who is there now.
    await next.call('sendMessage', { ...sent, headers: { 'Idempotency-Key': 'one' } });
    assert.equal((await next.all('listMessages', { id: conversation.id })).length, 1);
    assert.equal((await partner.all('listMessages', { id: conversation.id })).length, 3);
  });

  test('costs nothing with the recovery code, which is good once', async () => {
    const kim = await org.person('kim');
    const lamp = await org.token(kim, ['read']);
    const { code } = await kim.get('makeRecoveryCode', { status: 201 });
    assert.ok((await kim.get('getMe')).recovery_code_at);
    const headers = await link(kim.me.id);
    const nobody = org.server.client();
    assert.equal((await nobody.get('getGivenInvitation', { headers })).recovery_code, true);
    await nobody.invalid('/recovery_code', 'acceptGivenInvitation', { headers, body: { password: 'another good one', recovery_code: 'AAAAA-AAAAA' } });
    const next = await accept(headers, { recovery_code: ` ${code.toLowerCase().replaceAll('-', ' ')}` });
    const me = await next.get('getMe');
    assert.deepEqual([me.renewal, me.recovery_code_at], [null, null]);
    await lamp.get('getMe');
    await kim.refused('not-signed-in', 'getMe');
    await next.get('makeRecoveryCode', { status: 201 });
    await next.call('dropRecoveryCode', { status: 204 });
    await next.refused('not-found', 'dropRecoveryCode');
  });

  test('is good for nothing once the password is changed otherwise', async () => {
    const pat = await org.person('pat');
    const first = await link(pat.me.id);
    await pat.call('changePassword', { body: { current_password: PASSWORD, new_password: 'my own new one' }, status: 204 });
    const nobody = org.server.client();
    await nobody.refused('not-found', 'getGivenInvitation', { headers: first });
    const second = await link(pat.me.id);
    const done = await org.server.cli(['user', 'passwd', 'pat', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    assert.equal(done.code, 0, done.stderr);
    await nobody.refused('not-found', 'getGivenInvitation', { headers: second });
  });

  test('is made ten times an hour by one person, and who never signed in is invited freely', async () => {
    const hurry = await org.person('hurry', { permissions: ['users.manage'] });
    const ida = await org.person('ida');
    for (let count = 0; count < 10; count++) await link(ida.me.id, hurry);
    const refused = await hurry.call('inviteUser', { id: ida.me.id, status: 429 });
    assert.ok(Number(refused.headers['retry-after']) > 3500);
    await hurry.refused('too-many', 'patchUser', { id: ida.me.id, body: { external: { issuer: 'https://id.example.org', subject: 'hurried' } } });
    const fresh = await hurry.get('createUser', { body: { login: 'fresh', display_name: 'Fresh', role_id: org.roles.get('Agent').id } });
    for (let count = 0; count < 12; count++) await link(fresh.id, hurry);
    await link(ida.me.id);
    const audit = await org.admin.all('listAudit', { query: { by: hurry.me.id, action: 'user.renew' } });
    assert.equal(audit.length, 10);
  });

  test('is none when it is for oneself', async () => {
    const own = await org.person('own', { permissions: ['users.manage'] });
    const lamp = await org.token(own, ['read']);
    const headers = await link(own.me.id, own);
    assert.equal((await own.get('getMe')).pending_renewal, null);
    const next = await accept(headers);
    assert.equal((await next.get('getMe')).renewal, null);
    await own.refused('not-signed-in', 'getMe');
    await lamp.refused('not-signed-in', 'getMe');
    assert.deepEqual(await next.all('listMyTokens'), []);
  });
});

describe('another subject of the provider', () => {
  const external = (/** @type {string} */ subject) => ({ issuer: 'https://id.example.org', subject });

  test('waits when it is for who has signed in before', async () => {
    const ute = await org.person('ute');
    const patched = await boss.get('patchUser', { id: ute.me.id, body: { external: external('ute') } });
    assert.deepEqual([patched.external, patched.pending_external], [null, external('ute')]);
    assert.equal((await ute.get('getMe')).pending_renewal.how, 'provider');
    await boss.refused('login-taken', 'patchUser', { id: boss.me.id, body: { external: external('ute') } });
    const withdrawn = await boss.get('patchUser', { id: ute.me.id, body: { pending_external: null } });
    assert.equal(withdrawn.pending_external, undefined);
    await boss.call('patchUser', { id: ute.me.id, body: { external: external('ute 2') } });
    await ute.call('voidRenewal', { status: 204 });
    assert.equal((await boss.get('getUser', { id: ute.me.id })).pending_external, undefined);
  });

  test('is taken at once for who never signed in, who then gets no link', async () => {
    const body = { login: 'tied', display_name: 'Tied', role_id: org.roles.get('Agent').id, external: external('tied') };
    const tied = await boss.get('createUser', { body, status: 201 });
    assert.deepEqual([tied.external, tied.invitation, tied.invited], [external('tied'), undefined, false]);
    await boss.refused('external-sign-in', 'inviteUser', { id: tied.id });
    const later = await boss.get('createUser', { body: { ...body, login: 'later', external: undefined }, status: 201 });
    const headers = { 'Pastille-Invitation': invitationIn(later.invitation.link) };
    await boss.call('patchUser', { id: later.id, body: { external: external('later') } });
    await org.server.client().refused('not-found', 'getGivenInvitation', { headers });
  });
});

describe('a password that somebody else chose', () => {
  test('is said until one changes it', async () => {
    const zoe = await org.person('zoe');
    const given = (await zoe.get('getMe')).password_given;
    assert.equal(given.by, org.admin.me.id);
    await zoe.call('changePassword', { body: { current_password: PASSWORD, new_password: 'my own new one' } });
    assert.equal((await zoe.get('getMe')).password_given, null);
    const done = await org.server.cli(['user', 'passwd', 'zoe', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    assert.equal(done.code, 0, done.stderr);
    const again = await org.signIn('zoe');
    assert.equal((await again.get('getMe')).password_given.by, null);
    assert.equal((await org.admin.get('getMe')).password_given.by, null, 'user add gave it');
  });
});

describe('tokens and sessions', () => {
  test('one’s own change of password ends the tokens that are not kept, and other sessions', async () => {
    const max = await org.person('max');
    const elsewhere = await org.signIn('max');
    const lamp = await org.token(max, ['read']);
    const door = await org.token(max, ['status']);
    const [kept] = (await max.get('listMyTokens')).items;
    const body = { current_password: PASSWORD, new_password: 'my own new one' };
    await max.invalid('/keep_tokens/0', 'changePassword', { body: { ...body, keep_tokens: ['k999'] } });
    await max.call('changePassword', { body: { ...body, keep_tokens: [kept.id] } });
    await lamp.refused('not-signed-in', 'getMe');
    await door.get('getMe');
    await elsewhere.refused('not-signed-in', 'getMe');
    await max.get('getMe');
  });

  test('user passwd ends tokens, too', async () => {
    const ned = await org.person('ned');
    const lamp = await org.token(ned, ['read']);
    const done = await org.server.cli(['user', 'passwd', 'ned', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    assert.equal(done.code, 0, done.stderr);
    await lamp.refused('not-signed-in', 'getMe');
    await ned.refused('not-signed-in', 'getMe');
  });

  test('signing in again ends the session that the browser came with, whoever’s it was', async () => {
    const lea = await org.person('lea');
    await org.account('leo');
    const live = await Live.connect(lea);
    await live.set({ status_id: org.system.get('busy').id });
    const browser = org.server.client({ cookie: lea.cookie });
    await browser.signIn('lea', PASSWORD);
    await lea.refused('not-signed-in', 'getMe');
    assert.equal((await live.closed).code, 4401);
    const again = await Live.connect(browser);
    assert.equal(again.ready.me.type, 'busy', 'they go on in the new session');
    const before = browser.cookie;
    await browser.signIn('leo', PASSWORD);
    await org.server.client({ cookie: before }).refused('not-signed-in', 'getMe');
    assert.equal((await again.closed).code, 4401);
    const { users } = await org.admin.get('getBoard');
    assert.ok(!users.some((/** @type {any} */ one) => one.user === lea.me.id), 'and signing in as somebody else is signing out');
  });
});

describe('an answer with a secret that is given again', () => {
  test('says that it was shown, and takes the permission again', async () => {
    const hal = await org.person('hal', { permissions: ['users.manage'] });
    const headers = { 'Idempotency-Key': 'k' };
    const cases = /** @type {const} */ ([
      ['createUser', { body: { login: 'new', display_name: 'New', role_id: org.roles.get('Agent').id } }, 'invitation'],
      ['createMyToken', { body: { name: 'Lamp', scopes: ['read'] } }, 'token'],
      ['makeRecoveryCode', {}, 'code'],
    ]);
    for (const [operation, call, member] of cases) {
      const key = { 'Idempotency-Key': operation };
      const first = await hal.get(operation, { ...call, headers: key, status: 201 });
      const again = await hal.get(operation, { ...call, headers: key, status: 201 });
      assert.ok(first[member]);
      assert.equal(first.secret_shown, undefined);
      const { [member]: _, ...rest } = first;
      assert.deepEqual(again, { ...rest, secret_shown: true }, operation);
    }
    const invited = (await hal.get('listUsers', { query: { q: 'new' } })).items[0];
    const first = await hal.get('inviteUser', { id: invited.id, headers });
    const again = await hal.get('inviteUser', { id: invited.id, headers });
    assert.deepEqual(again, { expires_at: first.expires_at, secret_shown: true });
    const file = { raw: 'login,display_name,role\nfrom,File,Agent\n', headers: { 'Idempotency-Key': 'file' } };
    assert.ok((await hal.get('importUsers', file)).created[0].invitation);
    const repeated = await hal.get('importUsers', file);
    assert.deepEqual([repeated.secret_shown, repeated.created[0].invitation, repeated.created.length], [true, undefined, 1]);

    await org.admin.call('patchUser', { id: hal.me.id, body: { role_id: org.roles.get('Agent').id } });
    await hal.refused('permission-missing', 'createUser', { ...cases[0][1], headers: { 'Idempotency-Key': 'createUser' } });
    await hal.refused('permission-missing', 'inviteUser', { id: invited.id, headers });
    await hal.refused('permission-missing', 'importUsers', file);
  });
});
