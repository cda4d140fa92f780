import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let admin;
before(async () => {
  org = await organisation();
  admin = org.admin;
});
after(() => org?.close());

describe('teams', () => {
  test('are created, read, renamed and deleted; their members stay', async () => {
    const answer = await admin.call('createTeam', { body: { name: ' North ' }, status: 201 });
    const team = answer.body;
    assert.deepEqual([team.name, team.members, team.version, answer.headers.location], ['North', 0, 1, `/api/v1/teams/${team.id}`]);
    const person = await org.account('member', { team_ids: [team.id] });
    assert.equal((await admin.get('getTeam', { id: team.id })).members, 1);
    const renamed = await admin.call('patchTeam', { id: team.id, body: { name: 'North-West' }, headers: { 'If-Match': '"1"' } });
    assert.deepEqual([renamed.body.name, renamed.etag], ['North-West', '"2"']);
    const stale = await admin.refused('stale-version', 'patchTeam', { id: team.id, body: { name: 'x' }, headers: { 'If-Match': '"1"' } });
    assert.equal(stale.current.name, 'North-West');
    assert.ok((await admin.get('listTeams', { query: { q: 'NORTH' } })).items.some((/** @type {any} */ one) => one.id === team.id));
    await admin.call('deleteTeam', { id: team.id, status: 204 });
    await admin.refused('not-found', 'getTeam', { id: team.id });
    assert.deepEqual((await admin.get('getUser', { id: person.id })).teams, []);
  });

  test('have names of 1 to 60 characters, unique without case and accents', async () => {
    for (const name of [undefined, null, '', ' ', 'x'.repeat(61), 'a\nb', 7]) await admin.invalid('/name', 'createTeam', { body: { name } });
    const long = await org.team('é'.repeat(60));
    await admin.refused('name-taken', 'createTeam', { body: { name: 'E'.repeat(60) } });
    const other = await org.team('Other');
    await admin.refused('name-taken', 'patchTeam', { id: other.id, body: { name: long.name } });
    await admin.invalid('/name', 'patchTeam', { id: other.id, body: { name: null } });
    await admin.invalid('/members', 'patchTeam', { id: other.id, body: { members: 3 } });
    const key = { body: { name: 'Once' }, headers: { 'Idempotency-Key': 't-1' } };
    assert.equal((await admin.get('createTeam', key)).id, (await admin.get('createTeam', key)).id);
  });

  test('are 2,000 at most', async () => {
    const { total } = await admin.get('listTeams', { query: { limit: 1 } });
    const left = Array.from({ length: 2000 - total }, (_, i) => i);
    while (left.length) await Promise.all(left.splice(0, 50).map((i) => org.team(`Team ${i}`)));
    await admin.refused('limit-reached', 'createTeam', { body: { name: 'One too many' } });
    assert.equal((await admin.all('listTeams', { query: { limit: 200 } })).length, 2000);
  });
});

describe('roles', () => {
  test('start as Administrator with every permission and Agent with none, both locked', async () => {
    const all = (await admin.get('listPermissions')).items.map((/** @type {any} */ one) => one.id);
    assert.equal(all.length, 7);
    const [administrator, agent] = [org.roles.get('Administrator'), org.roles.get('Agent')];
    assert.deepEqual([...administrator.permissions].sort(), [...all].sort());
    assert.deepEqual(agent.permissions, []);
    for (const { id, built_in } of [administrator, agent]) {
      assert.equal(built_in, true);
      await admin.refused('built-in-role', 'patchRole', { id, body: { name: 'Mine' } });
      await admin.refused('built-in-role', 'deleteRole', { id });
    }
  });

  test('are created, read, changed and, unless held, deleted', async () => {
    const answer = await admin.call('createRole', { body: { name: 'Supervisor', permissions: ['statuses.create'] }, status: 201 });
    const role = answer.body;
    assert.deepEqual([role.built_in, role.members, role.version, answer.headers.location], [false, 0, 1, `/api/v1/roles/${role.id}`]);
    const person = await org.account('held', { role_id: role.id });
    assert.equal((await admin.get('getRole', { id: role.id })).members, 1);
    const changed = await admin.get('patchRole', { id: role.id, body: { permissions: ['audit.read', 'statuses.delete'] }, headers: { 'If-Match': '"1"' } });
    assert.deepEqual([...changed.permissions].sort(), ['audit.read', 'statuses.delete']);
    await admin.refused('role-in-use', 'deleteRole', { id: role.id });
    await admin.call('patchUser', { id: person.id, body: { active: false } });
    await admin.refused('role-in-use', 'deleteRole', { id: role.id });
    await admin.call('patchUser', { id: person.id, body: { role_id: org.roles.get('Agent').id } });
    await admin.call('deleteRole', { id: role.id, status: 204 });
    await admin.refused('not-found', 'getRole', { id: role.id });
  });

  test('have a name and known permissions', async () => {
    for (const name of [undefined, null, '', 'x'.repeat(61), 'a\tb', 7]) await admin.invalid('/name', 'createRole', { body: { name, permissions: [] } });
    for (const permissions of [undefined, null, 'all', {}]) await admin.invalid('/permissions', 'createRole', { body: { name: 'P', permissions } });
    await admin.invalid('/permissions/0', 'createRole', { body: { name: 'P', permissions: ['statuses.set_for_others'] } });
    await admin.refused('name-taken', 'createRole', { body: { name: 'ágent', permissions: [] } });
    const role = await admin.get('createRole', { body: { name: 'Renamed', permissions: [] } });
    await admin.refused('name-taken', 'patchRole', { id: role.id, body: { name: 'AGENT' } });
    await admin.invalid('/built_in', 'patchRole', { id: role.id, body: { built_in: true } });
    const key = { body: { name: 'Once', permissions: [] }, headers: { 'Idempotency-Key': 'r-1' } };
    assert.equal((await admin.get('createRole', key)).id, (await admin.get('createRole', key)).id);
  });

  test('act at once, for open connections too', async () => {
    const role = await admin.get('createRole', { body: { name: 'Growing', permissions: [] } });
    const person = await org.person('grower', { role_id: role.id });
    const live = await Live.connect(person);
    await person.refused('permission-missing', 'createStatus', { body: { name: 'Not yet', type: 'busy' } });
    await admin.call('patchRole', { id: role.id, body: { permissions: ['statuses.create'] } });
    const self = await live.next('self');
    assert.deepEqual(self.permissions, ['statuses.create']);
    await person.call('createStatus', { body: { name: 'Now', type: 'busy' }, status: 201 });
    await live.close();
  });

  test('are read by who manages roles or users', async () => {
    const manager = await org.person('manager', { permissions: ['users.manage'] });
    await manager.call('listRoles');
    await manager.call('listPermissions');
    await manager.refused('permission-missing', 'createRole', { body: { name: 'Mine', permissions: [] } });
    const agent = await org.person('agent');
    await agent.refused('permission-missing', 'listRoles');
    await agent.refused('permission-missing', 'listPermissions');
  });

  test('nobody gives or governs more than they have', async () => {
    const manager = await org.person('gives', { permissions: ['users.manage', 'roles.manage'] });
    const all = (await admin.get('listRoles', { query: { q: 'Administrator' } })).items[0];
    const chief = await admin.get('getMe');
    const person = (/** @type {string} */ login, /** @type {string} */ role_id) => ({ login, display_name: login, role_id, password: 'correct horse' });
    const more = await manager.refused('permission-missing', 'createUser', { body: person('boss', all.id) });
    assert.equal(more.permission, 'statuses.create');
    await manager.refused('permission-missing', 'createRole', { body: { name: 'More', permissions: ['audit.read'] } });
    await manager.refused('permission-missing', 'patchUser', { id: chief.id, body: { login: 'mine' } });
    await manager.refused('permission-missing', 'inviteUser', { id: chief.id });
    await manager.refused('permission-missing', 'signOutUser', { id: chief.id });
    const equal = await manager.call('createRole', { body: { name: 'Equal', permissions: ['users.manage'] }, status: 201 });
    const made = await manager.call('createUser', { body: person('equal', equal.body.id), status: 201 });
    await manager.refused('permission-missing', 'patchUser', { id: made.body.user?.id ?? made.body.id, body: { role_id: all.id } });
  });

  test('are 200 at most', async () => {
    const { total } = await admin.get('listRoles', { query: { limit: 1 } });
    const left = Array.from({ length: 200 - total }, (_, i) => i);
    while (left.length) await Promise.all(left.splice(0, 25).map((i) => admin.call('createRole', { body: { name: `Role ${i}`, permissions: [] }, status: 201 })));
    await admin.refused('limit-reached', 'createRole', { body: { name: 'One too many', permissions: [] } });
    assert.equal((await admin.all('listRoles', { query: { limit: 7 } })).length, 200);
  });
});
