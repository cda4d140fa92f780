import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;

before(async () => {
  org = await organisation();
  const team = await org.team('North');
  ana = await org.person('ana', { team_ids: [team.id], time_zone: 'Europe/Paris', locale: 'fr' });
  bo = await org.person('bo');
});
after(() => org?.close());

describe('my account', () => {
  test('is shown whole, with the role by name', async () => {
    const me = await ana.get('getMe');
    assert.equal(me.login, 'ana');
    assert.deepEqual(me.role, { id: org.roles.get('Agent').id, name: 'Agent' });
    assert.equal(me.teams.length, 1);
    assert.equal(me.locale, 'fr');
    assert.equal(me.time_zone, 'Europe/Paris');
    assert.equal(me.status_at_sign_in, 'connected');
    assert.deepEqual(me.pinned, []);
    assert.deepEqual(me.permissions, []);
  });

  test('is changed by its owner', async () => {
    const before = await bo.call('getMe');
    const answer = await bo.call('patchMe', {
      body: { display_name: '  Bo Berg ', locale: 'de', time_zone: 'Europe/Berlin', status_at_sign_in: 'last', pinned: [ana.me.id, org.admin.me.id] },
      headers: { 'If-Match': before.etag },
    });
    assert.equal(answer.body.display_name, 'Bo Berg');
    assert.deepEqual(answer.body.pinned, [ana.me.id, org.admin.me.id]);
    assert.equal(answer.body.version, before.body.version + 1);
    assert.equal(answer.etag, `"${answer.body.version}"`);
    assert.deepEqual(await bo.get('getMe'), answer.body);
    await bo.refused('stale-version', 'patchMe', { body: { locale: 'fr' }, headers: { 'If-Match': before.etag } });
    await bo.call('patchMe', { body: {}, headers: { 'If-Match': '*' } });
  });

  test('has a language and a time zone once somebody chose them, and says until then which not', async () => {
    const fresh = await org.person('fresh');
    const me = await fresh.get('getMe');
    assert.deepEqual([me.locale, me.time_zone, me.unset], ['en', 'UTC', ['locale', 'time_zone']]);
    assert.deepEqual((await org.admin.get('getUser', { id: me.id })).unset, ['locale', 'time_zone']);
    assert.deepEqual((await fresh.get('patchMe', { body: { locale: 'en' } })).unset, ['time_zone']);
    const now = await fresh.get('patchMe', { body: { time_zone: 'UTC' } });
    assert.deepEqual([now.locale, now.time_zone, now.unset], ['en', 'UTC', []]);
    assert.deepEqual((await org.person('chosen', { locale: 'fr', time_zone: 'Europe/Paris' })).me.unset, []);
  });

  test('that is patched with what it is keeps its version', async () => {
    const before = await bo.get('getMe');
    const after = await bo.get('patchMe', { body: { locale: before.locale, pinned: before.pinned } });
    assert.equal(after.version, before.version);
  });

  test('does not take what is not its owner’s to change, nor what is not right', async () => {
    for (const [field, value] of Object.entries({ login: 'x', role_id: 'r1', role: {}, team_ids: [], teams: [], permissions: [], version: 1, id: 'u1', active: true })) {
      await ana.invalid(`/${field}`, 'patchMe', { body: { [field]: value } });
    }
    for (const value of [null, 1, '', '   ', 'x'.repeat(101), 'a\u0007b', 'a\nb']) await ana.invalid('/display_name', 'patchMe', { body: { display_name: value } });
    await ana.call('patchMe', { body: { display_name: 'é'.repeat(100) } });
    for (const value of [null, 'klingonese language', 'x', 7]) await ana.invalid('/locale', 'patchMe', { body: { locale: value } });
    for (const value of [null, 'Mars/Olympus', '', 7]) await ana.invalid('/time_zone', 'patchMe', { body: { time_zone: value } });
    for (const value of [null, 'busy', 7]) await ana.invalid('/status_at_sign_in', 'patchMe', { body: { status_at_sign_in: value } });
    for (const value of [null, 'u1', {}]) await ana.invalid('/pinned', 'patchMe', { body: { pinned: value } });
  });

  test('pins at most 50 colleagues, each known, once and not oneself', async () => {
    const people = [];
    for (let i = 0; i < 51; i++) people.push(await org.admin.get('createUser', { body: { login: `p${i}`, display_name: `P ${i}`, role_id: org.roles.get('Agent').id } }));
    const ids = people.map((one) => one.id);
    await ana.invalid('/pinned', 'patchMe', { body: { pinned: ids } });
    assert.deepEqual((await ana.get('patchMe', { body: { pinned: ids.slice(0, 50) } })).pinned, ids.slice(0, 50));
    await ana.invalid('/pinned/0', 'patchMe', { body: { pinned: ['u99999'] } });
    await ana.invalid('/pinned/1', 'patchMe', { body: { pinned: [ids[0], ids[0]] } });
    await ana.invalid('/pinned/0', 'patchMe', { body: { pinned: [ana.me.id] } });
  });
});

describe('my password', () => {
  test('is changed with the current one, and ends the other sessions', async () => {
    const here = await org.person('pat');
    const elsewhere = await org.signIn('pat');
    await here.invalid('/current_password', 'changePassword', { body: { current_password: 'wrong one', new_password: 'a new good one' } });
    await here.invalid('/new_password', 'changePassword', { body: { current_password: PASSWORD, new_password: 'short' } });
    await here.call('changePassword', { body: { current_password: PASSWORD, new_password: 'a new good one' }, status: 204 });
    await here.call('getMe');
    await elsewhere.refused('not-signed-in', 'getMe');
    await org.server.client().refused('wrong-credentials', 'signIn', { body: { login: 'pat', password: PASSWORD } });
    await org.signIn('pat', 'a new good one');
  });

  test('is not guessed from within either', async () => {
    const pia = await org.person('pia');
    for (let tries = 0; ; tries++) {
      const answer = await pia.call('changePassword', { body: { current_password: `guess ${tries}`, new_password: 'a new good one' }, anyStatus: true });
      if (answer.status === 429) break;
      assert.equal(answer.status, 422);
      assert.ok(tries <= 20, 'it never comes');
    }
  });
});

describe('my sessions', () => {
  test('are listed with the one that asks, and ended one by one', async () => {
    const here = await org.person('sam');
    const elsewhere = await org.signIn('sam');
    const live = await Live.connect(elsewhere);
    const { items, total, next } = await here.get('listMySessions');
    assert.deepEqual([items.length, total, next], [2, 2, null]);
    assert.equal(items.filter((/** @type {any} */ one) => one.current).length, 1);
    const other = items.find((/** @type {any} */ one) => !one.current);
    await bo.refused('not-found', 'endMySession', { id: other.id }); // another's
    await here.call('endMySession', { id: other.id, status: 204 });
    await live.closes(4401, 1000);
    await elsewhere.refused('not-signed-in', 'getMe');
    assert.equal((await here.get('listMySessions')).total, 1);
  });
});

describe('my tokens', () => {
  test('are shown once, work by their scope and end when revoked', async () => {
    const made = await ana.get('createMyToken', { body: { name: 'Robot', scopes: ['read'] }, status: 201 });
    assert.match(made.token, /^pst_[\w-]{40,}$/);
    const year = Date.parse(made.expires_at) - Date.parse(made.created_at);
    assert.ok(Math.abs(year - 365 * 86400e3) < 86400e3, made.expires_at);
    const robot = org.server.client({ bearer: made.token });
    for (const id of ['getMe', 'getMyStatus', 'getBoard', 'listStatuses', 'getCatalogue', 'getDirectory', 'listTags', 'listUsers', 'listTeams']) await robot.call(id);
    await robot.call('getUser', { id: bo.me.id });
    const listed = (await ana.get('listMyTokens')).items.find((/** @type {any} */ one) => one.id === made.id);
    assert.equal(listed.token, undefined);
    assert.deepEqual(listed.scopes, ['read']);
    const live = await Live.connect(robot, { open: { present: false } });
    await bo.refused('not-found', 'revokeMyToken', { id: made.id }); // another's
    await ana.call('revokeMyToken', { id: made.id, status: 204 });
    await live.closes(4401, 1000);
    await robot.refused('not-signed-in', 'getMe');
  });

  test('with the scope status set and clear their owner’s', async () => {
    const robot = await org.token(bo, ['status']);
    await robot.call('getMe');
    await robot.call('setMyStatus', { body: { status_id: org.system.get('busy').id } });
    await robot.call('clearMyStatus');
    await robot.call('setStatusOfUser', { id: bo.me.id, body: { status_id: org.system.get('busy').id } });
    await robot.refused('scope-missing', 'patchMe', { body: {} });
    await robot.refused('scope-missing', 'listMyHistory');
  });

  test('of an administrator see no more than anybody', async () => {
    const robot = await org.token(org.admin, ['read']);
    for (const one of (await robot.get('listUsers')).items) assert.deepEqual(Object.keys(one).sort(), ['display_name', 'id', 'teams']);
    assert.deepEqual(Object.keys(await robot.get('getUser', { id: bo.me.id })).sort(), ['display_name', 'id', 'teams']);
  });

  test('take a name, known scopes and an end within five years', async () => {
    for (const name of [null, '', 'x'.repeat(61), 7]) await ana.invalid('/name', 'createMyToken', { body: { name, scopes: ['read'] } });
    for (const scopes of [null, [], 'read', ['read', 'read']]) await ana.refused('invalid', 'createMyToken', { body: { name: 'a', scopes } });
    await ana.invalid('/scopes', 'createMyToken', { body: { name: 'a', scopes: ['everything'] } });
    const now = Date.now();
    for (const expires_at of ['yesterday', new Date(now - 1000).toISOString(), new Date(now + 1827 * 86400e3).toISOString(), 7]) {
      await ana.invalid('/expires_at', 'createMyToken', { body: { name: 'a', scopes: ['read'], expires_at } });
    }
    await ana.call('createMyToken', { body: { name: 'x'.repeat(60), scopes: ['read', 'status'], expires_at: new Date(now + 1825 * 86400e3).toISOString() } });
  });

  test('are 50 at most', async () => {
    const { total } = await bo.get('listMyTokens');
    for (let i = total; i < 50; i++) await bo.call('createMyToken', { body: { name: `t${i}`, scopes: ['read'] }, status: 201 });
    await bo.refused('limit-reached', 'createMyToken', { body: { name: 'one more', scopes: ['read'] } });
    await bo.call('revokeMyToken', { id: (await bo.get('listMyTokens')).items[0].id });
    await bo.call('createMyToken', { body: { name: 'fits again', scopes: ['read'] }, status: 201 });
  });
});
