import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { invitationIn, Server } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation();
});
after(() => org?.close());

const tokenOf = invitationIn;

/** @param {string} login */
const invited = async (login) =>
  org.admin.get('createUser', { body: { login, display_name: login, role_id: org.roles.get('Agent').id }, status: 201 });

test('a person added without a password gets a link that sets it and signs in, once', async () => {
  const person = await invited('ines');
  assert.equal(person.invited, true);
  assert.ok(person.invitation.link.startsWith(`${org.server.origin}/#invitation=`), person.invitation.link);
  const token = tokenOf(person.invitation.link);
  const nobody = org.server.client();
  const invitation = await nobody.get('getInvitation', { token });
  assert.deepEqual([invitation.kind, invitation.login, invitation.display_name], ['invitation', 'ines', 'ines']);
  const answer = await nobody.call('acceptInvitation', { token, body: { password: PASSWORD }, status: 200 });
  nobody.keepCookie(answer);
  assert.equal((await nobody.get('getMe')).login, 'ines');
  assert.equal((await org.admin.get('getUser', { id: person.id })).invited, false);
  await nobody.refused('not-found', 'getInvitation', { token });
  await nobody.refused('not-found', 'acceptInvitation', { token, body: { password: PASSWORD } });
  await org.server.client().signIn('ines', PASSWORD);
});

test('a person with a password carries no link', async () => {
  const person = await org.account('withpassword');
  assert.equal(person.invitation, undefined);
  assert.equal(person.invited, false);
});

test('a password has 8 to 128 characters', async () => {
  const token = tokenOf((await invited('pia')).invitation.link);
  const nobody = org.server.client();
  for (const password of ['seven77', 'x'.repeat(128) + 'y', '', null, 8]) await nobody.invalid('/password', 'acceptInvitation', { token, body: { password } });
  await nobody.invalid('/nonsense', 'acceptInvitation', { token, body: { password: PASSWORD, nonsense: 1 } });
  await nobody.invalid('/login', 'acceptInvitation', { token, body: { password: PASSWORD, login: 'other' } });
  const eight = 'é'.repeat(7) + 'y';
  await nobody.call('acceptInvitation', { token, body: { password: eight } });
  await org.server.client().signIn('pia', eight);
  const long = await org.admin.get('inviteUser', { id: (await org.admin.get('listUsers', { query: { q: 'pia' } })).items[0].id, status: 201 });
  await nobody.call('acceptInvitation', { token: tokenOf(long.link), body: { password: 'ü'.repeat(127) + 'y' } });
  await org.server.client().signIn('pia', 'ü'.repeat(127) + 'y');
});

test('a new invitation resets a password, and replaces the one before', async () => {
  const person = await org.account('forgot');
  const first = await org.admin.get('inviteUser', { id: person.id, status: 201 });
  const second = await org.admin.get('inviteUser', { id: person.id, status: 201 });
  const nobody = org.server.client();
  await nobody.refused('not-found', 'getInvitation', { token: tokenOf(first.link) });
  await org.server.client().signIn('forgot', PASSWORD); // the old one holds until then
  await nobody.call('acceptInvitation', { token: tokenOf(second.link), body: { password: 'another good one' } });
  await nobody.refused('wrong-credentials', 'signIn', { body: { login: 'forgot', password: PASSWORD } });
  await org.server.client().signIn('forgot', 'another good one');
});

test('an inactive person is not invited', async () => {
  const person = await org.account('gone');
  await org.admin.call('patchUser', { id: person.id, body: { active: false } });
  await org.admin.refused('invalid', 'inviteUser', { id: person.id });
});

test('the first start prints a link that makes the first administrator', async (t) => {
  const server = new Server();
  t.after(() => server.close());
  const agent = await server.cli(['user', 'add', 'taken', '--name', 'Taken', '--role', 'Agent', '--password-stdin'], { stdin: `${PASSWORD}\n` });
  assert.equal(agent.code, 0, agent.stderr);
  await server.start();
  const token = await server.firstAdministratorToken();
  const nobody = server.client();
  assert.equal((await nobody.get('getInvitation', { token })).kind, 'first_administrator');
  await nobody.invalid('/login', 'acceptInvitation', { token, body: { password: PASSWORD, display_name: 'Root' } });
  await nobody.invalid('/display_name', 'acceptInvitation', { token, body: { password: PASSWORD, login: 'root' } });
  const taken = { password: PASSWORD, login: 'TAKEN', display_name: 'Root' };
  await nobody.refused('login-taken', 'acceptInvitation', { token, body: taken });
  await nobody.refused('login-taken', 'acceptGivenInvitation', { headers: { 'Pastille-Invitation': token }, body: taken });
  const signedIn = await nobody.get('acceptInvitation', { token, body: { password: PASSWORD, login: 'root', display_name: 'Root' } });
  assert.ok(signedIn.permissions.includes('roles.manage'));
  await nobody.refused('not-found', 'getInvitation', { token });
  await server.client().signIn('root', PASSWORD);
  await server.restart();
  assert.ok(!server.lines.some((line) => line.includes('First administrator')), 'there is one now');
});
