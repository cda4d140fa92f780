import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {any} */
let lunch;
/** @type {any} */
let coffee;
/** @type {Live} */
let live;

before(async () => {
  org = await organisation();
  ana = await org.person('ana', { time_zone: 'Europe/Paris' });
  lunch = await org.status('Lunch', { type: 'absent' });
  coffee = await org.status('Coffee', { type: 'absent', default_duration_s: 900 });
  live = await Live.connect(ana);
});
after(async () => {
  await live?.close();
  await org?.close();
});

/** @param {string | null} time */
const secondsAhead = (time) => (Date.parse(String(time)) - Date.now()) / 1000;

describe('while signed in for the board', () => {
  test('setting answers with the entry as everyone sees it', async () => {
    const { entry, pending } = await ana.get('setMyStatus', { body: { status_id: lunch.id, note: '  back at two ' } });
    assert.equal(pending, null);
    assert.deepEqual([entry.user, entry.status, entry.type, entry.note, entry.until], [ana.me.id, lunch.id, 'absent', 'back at two', null]);
    assert.ok(Math.abs(secondsAhead(entry.since)) < 5);
    assert.deepEqual(await ana.get('getMyStatus'), { entry, pending: null });
  });

  test('setting what is shown already is no change', async () => {
    const first = await ana.get('setMyStatus', { body: { status_id: lunch.id, note: 'same' } });
    const again = await ana.get('setMyStatus', { body: { status_id: lunch.id, note: 'same' } });
    assert.deepEqual(again, first);
  });

  test('since moves with the status and not with the note', async () => {
    const first = await ana.get('setMyStatus', { body: { status_id: lunch.id, note: 'one' } });
    const second = await ana.get('setMyStatus', { body: { status_id: lunch.id, note: 'two' } });
    assert.equal(second.entry.since, first.entry.since);
    assert.ok(second.entry.rev > first.entry.rev);
  });

  test('for_s, until, today and the default duration give the end', async () => {
    const forS = await ana.get('setMyStatus', { body: { status_id: lunch.id, for_s: 900 } });
    assert.ok(Math.abs(secondsAhead(forS.entry.until) - 900) < 5);
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 + 7_200_000).toISOString();
    assert.equal((await ana.get('setMyStatus', { body: { status_id: lunch.id, until: at } })).entry.until, at);
    const today = (await ana.get('setMyStatus', { body: { status_id: lunch.id, until: 'today' } })).entry.until;
    const local = new Date(today).toLocaleTimeString('en-GB', { timeZone: 'Europe/Paris' });
    assert.equal(local, '00:00:00');
    assert.ok(secondsAhead(today) > 0 && secondsAhead(today) <= 25 * 3600);
    assert.ok(Math.abs(secondsAhead((await ana.get('setMyStatus', { body: { status_id: coffee.id } })).entry.until) - 900) < 5);
    assert.equal((await ana.get('setMyStatus', { body: { status_id: coffee.id, until: null } })).entry.until, null);
  });

  test('an instant with an offset is the same instant', async () => {
    const at = Math.floor(Date.now() / 1000) * 1000 + 3_600_000;
    const paris = `${new Date(at + 7_200_000).toISOString().slice(0, 19)}+02:00`;
    assert.equal(Date.parse((await ana.get('setMyStatus', { body: { status_id: lunch.id, until: paris } })).entry.until), at);
  });

  test('the limits of until and for_s hold on both sides', async () => {
    for (const for_s of [59, 2592001, 0, -60, 900.5, '900', null]) await ana.invalid('/for_s', 'setMyStatus', { body: { status_id: lunch.id, for_s } });
    for (const for_s of [60, 2592000]) await ana.call('setMyStatus', { body: { status_id: lunch.id, for_s } });
    const day = 86400e3;
    for (const until of [new Date(Date.now() - 1000).toISOString(), new Date(Date.now() + 366 * day + 60e3).toISOString(), 'tomorrow', '', 12, '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', '2030-01-01T00:00:00']) {
      await ana.invalid('/until', 'setMyStatus', { body: { status_id: lunch.id, until } });
    }
    await ana.call('setMyStatus', { body: { status_id: lunch.id, until: new Date(Date.now() + 366 * day - 60e3).toISOString() } });
    await ana.refused('invalid', 'setMyStatus', { body: { status_id: lunch.id, until: 'today', for_s: 60 } });
  });

  test('a note has up to 140 characters and no control characters', async () => {
    for (const note of ['x'.repeat(141), 'a\u0000b', 'a\nb', 'a\u009fb', 7, {}]) await ana.invalid('/note', 'setMyStatus', { body: { status_id: lunch.id, note } });
    assert.equal((await ana.get('setMyStatus', { body: { status_id: lunch.id, note: '🌴'.repeat(140) } })).entry.note, '🌴'.repeat(140));
    assert.equal((await ana.get('setMyStatus', { loose: true, body: { status_id: lunch.id, note: ` ${'x'.repeat(140)} ` } })).entry.note, 'x'.repeat(140));
    for (const note of [null, '', '  ']) assert.equal((await ana.get('setMyStatus', { body: { status_id: lunch.id, note } })).entry.note, null);
  });

  test('a status that is unknown, deleted or offline cannot be chosen', async () => {
    const gone = await org.status('Gone');
    await org.admin.call('deleteStatus', { id: gone.id });
    for (const status_id of ['s99999', gone.id, org.system.get('offline').id, '', null, 7]) await ana.invalid('/status_id', 'setMyStatus', { body: { status_id } });
  });

  test('clearing is Connected without note or end', async () => {
    await ana.call('setMyStatus', { body: { status_id: lunch.id, note: 'x', for_s: 600 } });
    const { entry } = await ana.get('clearMyStatus');
    assert.deepEqual([entry.status, entry.type, entry.note, entry.until], [org.system.get('connected').id, 'connected', null, null]);
  });

  test('by one’s own id it is the same', async () => {
    const { entry } = await ana.get('setStatusOfUser', { id: ana.me.id, body: { status_id: lunch.id } });
    assert.equal(entry.status, lunch.id);
  });
});

describe('of somebody else', () => {
  test('it is refused even to an administrator, whatever the body', async () => {
    await org.admin.refused('own-status-only', 'setStatusOfUser', { id: ana.me.id, body: { status_id: lunch.id } });
    await org.admin.refused('own-status-only', 'setStatusOfUser', { id: ana.me.id, body: { nonsense: 1 } });
    await org.admin.refused('not-found', 'setStatusOfUser', { id: 'u99999', body: { status_id: lunch.id } });
  });

  test('who has left is for those who manage people: to others nobody is there, as if there never was', async () => {
    const gone = await org.account('gone');
    const body = { status_id: lunch.id };
    await ana.refused('own-status-only', 'setStatusOfUser', { id: gone.id, body });
    await org.admin.get('patchUser', { id: gone.id, body: { active: false } });
    const [left, never] = await Promise.all([gone.id, 'u99999'].map(async (id) => (await ana.call('setStatusOfUser', { id, body, status: 404 })).body));
    assert.deepEqual({ ...left, instance: '' }, { ...never, instance: '' });
    await org.admin.refused('own-status-only', 'setStatusOfUser', { id: gone.id, body });
  });
});

describe('while offline', () => {
  test('what is set waits, and is shown at the next arrival', async () => {
    const bo = await org.person('bo');
    const { entry, pending } = await bo.get('setMyStatus', { body: { status_id: lunch.id, note: 'soon' } });
    assert.deepEqual([entry.type, entry.status, entry.note, entry.since, entry.until], ['offline', org.system.get('offline').id, null, null, null]);
    assert.deepEqual([pending.status, pending.type, pending.note, pending.until], [lunch.id, 'absent', 'soon', null]);
    const arrived = await Live.connect(bo);
    assert.deepEqual([arrived.ready.me.status, arrived.ready.me.note], [lunch.id, 'soon']);
    assert.equal((await bo.get('getMyStatus')).pending, null);
    await arrived.close();
  });

  test('clearing makes Connected wait, whatever the preference', async () => {
    const cy = await org.person('cy');
    await cy.call('setMyStatus', { body: { status_id: lunch.id, note: 'soon', for_s: 900 } });
    const { pending } = await cy.get('clearMyStatus');
    assert.deepEqual(pending, { status: org.system.get('connected').id, type: 'connected', note: null, until: null });
  });
});

describe('my history', () => {
  test('is mine, newest first, with names as they were', async () => {
    const di = await org.person('di');
    const tea = await org.status('Tea');
    const here = await Live.connect(di);
    await di.call('setMyStatus', { body: { status_id: tea.id, note: 'green' } });
    await org.admin.call('patchStatus', { id: tea.id, body: { name: 'Tea time' } });
    await di.call('clearMyStatus');
    const items = await di.all('listMyHistory');
    assert.deepEqual(items.map((one) => one.type), ['connected', 'absent', 'connected']);
    assert.deepEqual([items[1].name, items[1].note, items[1].status_id], ['Tea', 'green', tea.id]);
    assert.equal(items[0].to, null);
    assert.equal(items[1].to, items[0].from);
    const first = await di.get('listMyHistory', { query: { limit: 1 } });
    assert.ok(first.next);
    await di.invalid('?cursor', 'listMyHistory', { query: { cursor: 'AAAA' } });
    await here.close();
  });

  test('is erased by its owner, and goes on from there', async () => {
    const ed = await org.person('ed');
    const here = await Live.connect(ed);
    await ed.call('setMyStatus', { body: { status_id: lunch.id } });
    const [before] = await ed.all('listMyHistory');
    await until(() => Date.now() > Date.parse(before.from), { what: 'another moment' });
    await ed.call('eraseMyHistory', { status: 204 });
    const items = await ed.all('listMyHistory');
    assert.deepEqual(items.map((one) => [one.name, one.to]), [['Lunch', null]]);
    assert.ok(items[0].from > before.from, 'it begins anew');
    await here.close();
  });
});
