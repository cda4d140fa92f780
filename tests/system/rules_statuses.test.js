// The rules of the source document about statuses, their server half: R1 to R11.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { operations } from '../lib/contract.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let admin;
/** @type {import('../lib/organisation.js').Person} */
let agent;
before(async () => {
  org = await organisation();
  admin = org.admin;
  agent = await org.person('agent');
});
after(() => org?.close());

/** @param {any} query */
const found = async (query) => (await admin.all('listStatuses', { query })).map((one) => one.name).sort();

test('R1 a status has no effect outside the board', async () => {
  const manager = await org.person('manager', { permissions: ['statuses.create', 'users.manage', 'audit.read'] });
  const live = await Live.connect(manager);
  const friend = await manager.get('openConversation', { body: { with: agent.me.id } });
  const permissions = (await manager.get('getMe')).permissions;
  for (const type of ['connected', 'absent', 'busy', 'in_a_call', 'offline']) {
    if (type === 'offline') {
      await live.close();
    } else {
      await live.set({ status_id: org.system.get(type).id });
    }
    // Everything one may do, one may do whatever one shows.
    assert.deepEqual((await manager.get('getMe')).permissions, permissions);
    await manager.call('createStatus', { body: { name: `While ${type}`, type: 'busy' }, status: 201 });
    await manager.call('sendMessage', { id: friend.id, body: { text: `while ${type}` }, status: 201 });
    await manager.call('listUsers', { query: { active: true } });
    await manager.call('listAudit');
    await org.server.client().signIn('manager', 'correct horse battery');
  }
});

test('R2 statuses are managed in a list', async () => {
  const made = await org.status('Managed');
  assert.ok((await found({})).includes('Managed'));
  await admin.call('patchStatus', { id: made.id, body: { name: 'Managed again' } });
  assert.ok((await found({})).includes('Managed again'));
  await admin.call('deleteStatus', { id: made.id });
  assert.ok(!(await found({})).includes('Managed again'));
});

test('R3 the list is filtered by tags, and several narrow it', async () => {
  await org.status('Red', { tags: ['colour', 'Warm'] });
  await org.status('Blue', { tags: ['colour', 'cold'] });
  await org.status('Tea', { tags: ['warm', 'drink'] });
  assert.deepEqual(await found({ tag: 'colour' }), ['Blue', 'Red']);
  assert.deepEqual(await found({ tag: ['colour', 'warm'] }), ['Red']);
  assert.deepEqual(await found({ tag: ['WÁRM'] }), ['Red', 'Tea']);
  assert.deepEqual(await found({ tag: ['colour', 'drink'] }), []);
  assert.deepEqual(await found({ tag: 'colour', q: 'blu', type: 'absent' }), ['Blue']);
});

test('R4 the list is searched in all names and tags, without case and accents', async () => {
  await org.status('Coffee break', { names: { fr: 'Pause café', de: 'Kaffeepause auf der Straße' }, tags: ['Łódź', 'Detente'] });
  await org.status('Ærø ferry', { names: { vi: 'Đặng' } });
  for (const q of ['coffee', 'COFFEE', 'pause cafe', 'PAUSE CAFÉ', 'strasse', 'STRASSE', 'lodz', 'détente', ' coffee ', 'cafe\u0301']) {
    assert.deepEqual(await found({ q }), ['Coffee break'], q);
  }
  for (const q of ['aero', 'ÆRØ', 'dang', 'ferry']) assert.deepEqual(await found({ q }), ['Ærø ferry'], q);
  assert.deepEqual(await found({ q: 'nothing of the kind' }), []);
  assert.deepEqual(await found({ q: '%' }), []);
  assert.deepEqual(await found({ q: '_offee' }), []);
});

test('R5 system statuses exist from the first start, one of each type', async () => {
  const system = (await admin.all('listStatuses')).filter((one) => one.system);
  assert.deepEqual(system.map((one) => one.type).sort(), ['absent', 'busy', 'connected', 'in_a_call', 'offline']);
  for (const one of system) assert.ok(one.names.fr, `${one.name} has a French name`);
});

test('R6 no action on a system status', async () => {
  const { id } = org.system.get('busy');
  const before = await admin.get('getStatus', { id });
  const refusals = [
    ['patchStatus', { body: { name: 'Mine' } }],
    ['patchStatus', { body: { tags: ['tagged'] } }],
    ['patchStatus', { body: {} }],
    ['deleteStatus', {}],
    ['duplicateStatus', {}],
    ['restoreStatus', {}],
    ['listStatusHistory', {}],
  ];
  for (const [operation, call] of refusals) {
    for (const type of ['connected', 'absent', 'busy', 'in_a_call', 'offline']) {
      const problem = await admin.refused('system-status', String(operation), { id: org.system.get(type).id, ...Object(call) });
      assert.ok(problem.detail.length > 10, 'it says why');
    }
  }
  await agent.refused('system-status', 'patchStatus', { id, body: { name: 'Mine' } });
  assert.deepEqual(await admin.get('getStatus', { id }), before);
});

test('R7 a status is created with exactly one of the four types', async () => {
  for (const type of ['connected', 'absent', 'busy', 'in_a_call']) assert.equal((await org.status(`Of type ${type}`, { type })).type, type);
  await admin.invalid('/type', 'createStatus', { body: { name: 'None' } });
  await admin.invalid('/type', 'createStatus', { body: { name: 'Derived', type: 'offline' } });
  await admin.invalid('/type', 'createStatus', { body: { name: 'Two', type: ['busy', 'absent'] } });
});

test('R8 a created status is modified, duplicated, tagged, deleted, and its history viewed', async () => {
  const { id } = await org.status('Lived');
  await admin.call('patchStatus', { id, body: { name: 'Lived more' } });
  await admin.call('patchStatus', { id, body: { tags: ['tagged'] } });
  const copy = await admin.get('duplicateStatus', { id });
  assert.deepEqual(copy.tags, ['tagged']);
  await admin.call('deleteStatus', { id });
  const history = await admin.all('listStatusHistory', { id });
  assert.deepEqual(history.map((one) => one.action), ['deleted', 'modified', 'modified', 'created']);
});

test('R9 each action needs its permission in the person’s role', async () => {
  const can = {
    create: await org.person('creator', { permissions: ['statuses.create'] }),
    modify: await org.person('modifier', { permissions: ['statuses.modify'] }),
    delete: await org.person('deleter', { permissions: ['statuses.delete'] }),
    none: agent,
  };
  const { id } = await org.status('Guarded');
  let n = 0;
  /** @type {Record<string, [string, (who: import('../lib/organisation.js').Person) => any, string[]]>} */
  const actions = {
    create: ['createStatus', () => ({ body: { name: `By right ${n++}`, type: 'busy' } }), ['create']],
    duplicate: ['duplicateStatus', () => ({ id }), ['create']],
    modify: ['patchStatus', () => ({ id, body: { name: `Guarded ${n++}` } }), ['modify']],
    tag: ['patchStatus', () => ({ id, body: { tags: [`t${n++}`] } }), ['modify']],
    history: ['listStatusHistory', () => ({ id }), ['create', 'modify', 'delete']],
    delete: ['deleteStatus', () => ({ id }), ['delete']],
    restore: ['restoreStatus', () => ({ id }), ['delete']],
  };
  for (const [action, [operation, call, allowed]] of Object.entries(actions)) {
    for (const [name, who] of Object.entries(can)) {
      if (allowed.includes(name)) {
        if (action === 'restore') await can.delete.call('deleteStatus', { id });
        await who.call(operation, call(who));
        if (action === 'delete') await can.delete.call('restoreStatus', { id });
      } else {
        const problem = await who.refused('permission-missing', operation, call(who));
        assert.match(problem.permission, /^statuses\./, action);
        if (allowed.length === 1) assert.equal(problem.permission, `statuses.${allowed[0]}`, action);
      }
    }
  }
});

test('R10 roles and their permissions are configured', async () => {
  const role = await admin.get('createRole', { body: { name: 'Configured', permissions: ['statuses.create'] } });
  const person = await org.person('configured', { role_id: role.id });
  await person.call('createStatus', { body: { name: 'As configured', type: 'busy' }, status: 201 });
  await admin.call('patchRole', { id: role.id, body: { permissions: [] } });
  await person.refused('permission-missing', 'createStatus', { body: { name: 'No more', type: 'busy' } });
  await person.refused('permission-missing', 'patchRole', { id: role.id, body: { permissions: ['statuses.create'] } });
});

test('R11 a created status is usable by everyone at once, with no access to grant', async () => {
  const live = await Live.connect(agent);
  const made = await org.status('At once', { type: 'busy' });
  const told = await live.next('catalogue', (frame) => frame.statuses.some((/** @type {any} */ one) => one.id === made.id));
  assert.ok(told.version);
  const entry = await live.set({ status_id: made.id });
  assert.deepEqual([entry.status, entry.type], [made.id, 'busy']);
  assert.ok(![...operations.keys()].some((id) => /grant|access/i.test(id)), 'there is nothing to grant with');
  await live.close();
});

test('modifying one in use changes what everyone sees at once, deleting it moves them to the system one', async () => {
  const live = await Live.connect(agent);
  const watcher = await Live.connect(admin);
  await watcher.follow({ all: true });
  const made = await org.status('In use', { type: 'absent' });
  const { until: end } = await live.set({ status_id: made.id, note: 'kept', for_s: 3600 });
  const first = await watcher.change(agent.me.id, (one) => one.status === made.id);
  await admin.call('patchStatus', { id: made.id, body: { type: 'busy' } });
  const changed = await watcher.change(agent.me.id, (one) => one.type === 'busy');
  assert.deepEqual([changed.status, changed.note, changed.since], [made.id, 'kept', first.since]);
  assert.equal((await admin.get('getStatus', { id: made.id })).in_use, 1);
  await admin.call('deleteStatus', { id: made.id });
  const moved = await watcher.change(agent.me.id, (one) => one.status === org.system.get('busy').id);
  assert.deepEqual([moved.type, moved.note, moved.until], ['busy', 'kept', end]);
  assert.equal((await agent.all('listMyHistory')).some((one) => one.name === 'In use'), true);
  await live.close();
  await watcher.close();
});
