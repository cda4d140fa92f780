import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { send } from '../lib/api.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
before(async () => {
  org = await organisation();
  ana = await org.person('ana');
  bo = await org.person('bo');
});
after(() => org?.close());

test('the board holds who is there, with counts of everyone', async () => {
  const lunch = await org.status('Lunch');
  const live = await Live.connect(ana);
  await live.set({ status_id: lunch.id, note: 'soup' });
  const board = await bo.get('getBoard');
  assert.deepEqual(board.users.map((/** @type {any} */ one) => [one.user, one.status, one.note]), [[ana.me.id, lunch.id, 'soup']]);
  assert.deepEqual(board.counts.by_type, { connected: 0, absent: 1, busy: 0, in_a_call: 0, offline: 2 });
  assert.equal(board.counts.by_status[lunch.id], 1);
  assert.ok(board.seq >= board.users[0].rev);
  assert.equal((await org.admin.get('getStatus', { id: lunch.id })).in_use, 1);
  await live.close();
});

describe('the audit', () => {
  test('says who did what, newest first', async () => {
    const status = await org.status('Audited');
    await org.admin.call('patchStatus', { id: status.id, body: { name: 'Audited 2' } });
    const items = (await org.admin.all('listAudit')).filter((one) => one.target === status.id);
    assert.equal(items.length, 2);
    for (const item of items) assert.deepEqual([item.by, item.outcome], [org.admin.me.id, 'done']);
    assert.ok(items[0].at >= items[1].at);
  });

  test('never holds an own status change', async () => {
    const live = await Live.connect(bo);
    const before = (await org.admin.get('listAudit', { query: { limit: 1 } })).total;
    await live.set({ status_id: org.system.get('busy').id, note: 'secret' });
    await live.clear();
    await live.close();
    assert.equal((await org.admin.get('listAudit', { query: { limit: 1 } })).total, before);
  });

  test('holds a refused attempt on another’s status, once a minute with a count', async () => {
    for (let i = 0; i < 3; i++) await org.admin.refused('own-status-only', 'setStatusOfUser', { id: bo.me.id, body: { status_id: org.system.get('busy').id } });
    const refusals = (await org.admin.all('listAudit')).filter((one) => one.outcome === 'refused' && one.target === bo.me.id);
    assert.ok(refusals.length >= 1 && refusals.length <= 2, JSON.stringify(refusals));
    assert.equal(refusals[0].problem, 'own-status-only');
    assert.equal(refusals[0].by, org.admin.me.id);
  });

  test('is narrowed by who, what, whom, outcome and time', async () => {
    const chief = await org.person('chief', { permissions: ['users.manage', 'teams.manage'] });
    const start = new Date().toISOString();
    const team = await chief.get('createTeam', { body: { name: 'Narrow' }, status: 201 });
    await chief.call('patchTeam', { id: team.id, body: { name: 'Narrower' } });
    await chief.refused('own-status-only', 'setStatusOfUser', { id: bo.me.id, body: { status_id: org.system.get('busy').id } });
    /** @param {any} query */
    const found = async (query) => (await org.admin.all('listAudit', { query: { by: chief.me.id, ...query } })).map((one) => one.action);
    assert.deepEqual(await found({}), ['own-status.set', 'team.modify', 'team.create']);
    assert.deepEqual(await found({ action: 'team' }), ['team.modify', 'team.create']);
    assert.deepEqual(await found({ action: 'team.create', limit: 1 }), ['team.create']);
    assert.deepEqual(await found({ action: 'tea' }), []);
    assert.deepEqual(await found({ target: team.id, limit: 1 }), ['team.modify', 'team.create']);
    assert.deepEqual(await found({ outcome: 'refused' }), ['own-status.set']);
    assert.deepEqual(await found({ outcome: 'done', target: bo.me.id }), []);
    assert.equal((await found({ since: start })).length, 3);
    assert.deepEqual(await found({ before: start }), []);
    for (const [name, value] of [['by', 'everyone'], ['outcome', 'lost'], ['since', 'today'], ['before', '1']]) {
      await org.admin.invalid(`?${name}`, 'listAudit', { query: { [name]: value } });
    }
  });

  test('is paged', async () => {
    const all = await org.admin.all('listAudit', { query: { limit: 2 } });
    assert.deepEqual(all, await org.admin.all('listAudit', { query: { limit: 200 } }));
  });
});

test('health and readiness are at the root and need nobody', async () => {
  const nobody = org.server.client();
  await nobody.call('getHealth', { status: 200 });
  await nobody.call('getReadiness', { status: 200 });
});

test('metrics have a listener of their own', async () => {
  const answer = await send({ origin: org.server.origin, method: 'GET', path: '/metrics' });
  assert.notEqual(answer.status, 200);
});

test('an answer to a change says where it is visible, and a request waits for it', async () => {
  const answer = await org.admin.call('createTeam', { body: { name: 'Positioned' } });
  const position = String(answer.headers['pastille-position']);
  assert.match(position, /^[^.]+\.\d+$/);
  await org.admin.call('listTeams', { headers: { 'Pastille-Position': position } });
});
