import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let admin;
/** @type {import('../lib/organisation.js').Person} */
let agent;
/** @type {any} */
let north;
/** @type {string} */
let agentRole;

before(async () => {
  org = await organisation();
  admin = org.admin;
  north = await org.team('North');
  agent = await org.person('agent');
  agentRole = org.roles.get('Agent').id;
});
after(() => org?.close());

/** Without a password, which costs nothing. @param {any} fields */
const add = (fields) => admin.get('createUser', { body: { display_name: fields.login, role_id: agentRole, ...fields }, status: 201 });

describe('adding', () => {
  test('answers with the person, place and version', async () => {
    const answer = await admin.call('createUser', {
      body: { login: 'amelie', display_name: 'Amélie Roux', role_id: agentRole, team_ids: [north.id], locale: 'fr', time_zone: 'Europe/Paris', password: PASSWORD },
      status: 201,
    });
    const { id, version, created_at, ...rest } = answer.body;
    assert.deepEqual(rest, { login: 'amelie', display_name: 'Amélie Roux', role_id: agentRole, teams: [north.id], locale: 'fr', time_zone: 'Europe/Paris', unset: [], active: true, invited: false, external: null });
    assert.equal(answer.headers.location, `/api/v1/users/${id}`);
    const read = await admin.call('getUser', { id });
    assert.deepEqual(read.body, answer.body);
    assert.equal(read.etag, `"${version}"`);
    assert.ok(created_at);
  });

  test('keeps logins unique without regard to case and accents', async () => {
    await add({ login: 'jerome' });
    for (const login of ['Jérôme', 'JEROME', ' jerome ']) await admin.refused('login-taken', 'createUser', { body: { login, display_name: 'J', role_id: agentRole } });
  });

  test('holds every field against its limits', async () => {
    const good = { login: 'good', display_name: 'Good', role_id: agentRole };
    /** @param {string} pointer @param {any[]} values */
    const refused = async (pointer, values) => {
      for (const value of values) await admin.invalid(pointer, 'createUser', { body: { ...good, [pointer.split('/')[1]]: value } });
    };
    await refused('/login', [undefined, null, '', ' ', 'x'.repeat(129), 'a b', 'a\tb', 'a\u0000', 7]);
    await refused('/display_name', [undefined, null, '', ' ', 'x'.repeat(101), 'a\nb', 7]);
    await refused('/role_id', [undefined, null, 'r99999', '', 7]);
    const teams = [];
    for (let i = 0; i < 51; i++) teams.push((await org.team(`Team ${i}`)).id);
    await refused('/team_ids', [null, 't1', teams]);
    assert.equal((await add({ login: 'everywhere', team_ids: teams.slice(0, 50) })).teams.length, 50);
    await refused('/team_ids/0', [['t99999'], [7]]);
    await refused('/locale', [null, 'not a language', 7]);
    await refused('/time_zone', [null, 'Mars/Olympus', 7]);
    await refused('/password', [null, 'short77', 'x'.repeat(129), 7]);
    for (const field of ['id', 'active', 'invited', 'version', 'created_at', 'status', 'status_id', 'teams']) await admin.invalid(`/${field}`, 'createUser', { body: { ...good, [field]: 1 } });
    await add({ login: 'l'.repeat(128), display_name: 'ü'.repeat(100) });
  });

  test('with an Idempotency-Key happens once', async () => {
    const call = { body: { login: 'once', display_name: 'Once', role_id: agentRole }, headers: { 'Idempotency-Key': 'u-1' }, status: 201 };
    const { invitation, ...first } = await admin.get('createUser', call);
    assert.ok(invitation.link);
    assert.deepEqual(await admin.get('createUser', call), { ...first, secret_shown: true });
  });
});

describe('changing', () => {
  test('is a merge patch by version', async () => {
    const person = await add({ login: 'patched' });
    const answer = await admin.call('patchUser', { id: person.id, body: { login: 'patched2', display_name: 'Patched', team_ids: [north.id], locale: 'fr', time_zone: 'Asia/Tokyo' }, headers: { 'If-Match': '"1"' } });
    assert.deepEqual([answer.body.login, answer.body.teams, answer.body.version], ['patched2', [north.id], 2]);
    const stale = await admin.refused('stale-version', 'patchUser', { id: person.id, body: { login: 'x' }, headers: { 'If-Match': '"1"' } });
    assert.equal(stale.current.login, 'patched2');
    assert.equal((await admin.get('patchUser', { id: person.id, body: { login: 'patched2' } })).version, 2);
    await admin.refused('login-taken', 'patchUser', { id: person.id, body: { login: 'ADMIN' } });
    for (const field of ['login', 'display_name', 'role_id', 'team_ids', 'locale', 'time_zone', 'active']) await admin.invalid(`/${field}`, 'patchUser', { id: person.id, body: { [field]: null } });
    for (const field of ['password', 'status', 'status_id', 'note', 'pinned', 'teams', 'invited']) await admin.invalid(`/${field}`, 'patchUser', { id: person.id, body: { [field]: 'x' } });
  });

  test('does not take away the last active administrator', async () => {
    await admin.refused('last-administrator', 'patchUser', { id: admin.me.id, body: { active: false } });
    await admin.refused('last-administrator', 'patchUser', { id: admin.me.id, body: { role_id: agentRole } });
    const second = await add({ login: 'second', role_id: org.roles.get('Administrator').id });
    await admin.call('patchUser', { id: second.id, body: { role_id: agentRole } });
  });

  test('that one left ends their sessions, tokens and live connections', async () => {
    const leaver = await org.person('leaver');
    const robot = await org.token(leaver, ['read']);
    const live = await Live.connect(leaver);
    const id = leaver.me.id;
    assert.equal((await admin.get('patchUser', { id, body: { active: false } })).active, false);
    await live.closes(4401, 1000);
    await leaver.refused('not-signed-in', 'getMe');
    await robot.refused('not-signed-in', 'getMe');
    assert.ok(!(await agent.get('getDirectory')).users.some((/** @type {any} */ one) => one.id === id));
    assert.ok(!(await agent.all('listUsers')).some((one) => one.id === id));
    await admin.call('patchUser', { id, body: { active: true } });
    await robot.refused('not-signed-in', 'getMe');
    await org.signIn('leaver');
  });
});

describe('erasing', () => {
  test('takes an inactive person, and leaves only the id', async () => {
    const person = await org.person('forgetme');
    const id = person.me.id;
    const conversation = await agent.get('openConversation', { body: { with: id } });
    await agent.call('sendMessage', { id: conversation.id, body: { text: 'hello' } });
    await admin.refused('invalid', 'eraseUser', { id });
    await admin.call('patchUser', { id, body: { active: false } });
    await admin.call('eraseUser', { id, status: 204 });
    await admin.refused('not-found', 'getUser', { id });
    await admin.refused('not-found', 'eraseUser', { id });
    assert.ok(!(await admin.all('listUsers')).some((one) => one.id === id));
    assert.equal((await agent.get('listConversations')).items.find((/** @type {any} */ one) => one.id === conversation.id).with, id);
    await add({ login: 'forgetme' }); // the login is free
  });
});

describe('signing out everywhere', () => {
  test('ends sessions, tokens and live connections, and is recorded', async () => {
    const open = await org.person('open');
    const second = await org.signIn('open');
    const robot = await org.token(open, ['status']);
    const lives = [await Live.connect(open), await Live.connect(second), await Live.connect(robot)];
    await admin.call('signOutUser', { id: open.me.id, status: 204 });
    for (const live of lives) await live.closes(4401, 1000);
    await open.refused('not-signed-in', 'getMe');
    await robot.refused('not-signed-in', 'getMe');
    assert.ok(!(await admin.get('getBoard')).users.some((/** @type {any} */ one) => one.user === open.me.id));
    const entry = (await admin.get('listAudit')).items.find((/** @type {any} */ one) => one.target === open.me.id && one.outcome === 'done' && one.by === admin.me.id);
    assert.ok(entry, 'it is in the audit');
  });
});

describe('the list', () => {
  test('shows everyone the names and teams, and who manages users the rest', async () => {
    for (const one of await agent.all('listUsers')) assert.deepEqual(Object.keys(one).sort(), ['display_name', 'id', 'teams']);
    for (const one of await admin.all('listUsers')) assert.ok(one.login && one.version);
    assert.deepEqual(Object.keys(await agent.get('getUser', { id: admin.me.id })).sort(), ['display_name', 'id', 'teams']);
  });

  test('is searched without case and accents and filtered by team, role and activity', async () => {
    await add({ login: 'lukasz', display_name: 'Łukasz Żółć', team_ids: [north.id] });
    const left = await add({ login: 'strasse', display_name: 'Anna Straße' });
    await admin.call('patchUser', { id: left.id, body: { active: false } });
    const found = async (/** @type {any} */ query, who = admin) => (await who.all('listUsers', { query })).map((one) => one.display_name);
    assert.deepEqual(await found({ q: 'LUKASZ zolc' }), ['Łukasz Żółć']);
    assert.deepEqual(await found({ q: 'strasse' }), ['Anna Straße']);
    assert.deepEqual(await found({ q: 'strasse' }, agent), []);
    assert.deepEqual(await found({ q: 'lukasz', team: north.id }, agent), ['Łukasz Żółć']);
    assert.deepEqual(await found({ team: 't99999' }, agent), []);
    assert.deepEqual(await found({ q: 'strasse', active: true }), []);
    assert.deepEqual(await found({ q: 'strasse', active: false }), ['Anna Straße']);
    assert.deepEqual(await found({ role: org.roles.get('Administrator').id }), ['Ada Admin']);
    await agent.refused('permission-missing', 'listUsers', { query: { active: false } });
    await admin.invalid('?active', 'listUsers', { query: { active: 'perhaps' } });
    await admin.invalid('?sort', 'listUsers', { query: { sort: 'age' } });
  });

  test('is paged', async () => {
    const { total } = await admin.get('listUsers', { query: { limit: 1 } });
    const seen = await admin.all('listUsers', { query: { limit: 2, sort: '-name' } });
    assert.equal(new Set(seen.map((one) => one.id)).size, total);
  });

  test('of the directory is whole, has an ETag and tells what changed since', async () => {
    const first = await agent.call('getDirectory');
    await agent.call('getDirectory', { headers: { 'If-None-Match': first.etag }, status: 304 });
    const fresh = await add({ login: 'fresh', display_name: 'Fresh' });
    const since = await agent.get('getDirectory', { query: { since: first.body.version } });
    assert.deepEqual([since.users.map((/** @type {any} */ one) => one.id), since.gone], [[fresh.id], []]);
    await admin.call('patchUser', { id: fresh.id, body: { active: false } });
    assert.deepEqual((await agent.get('getDirectory', { query: { since: since.version } })).gone, [fresh.id]);
  });
});
