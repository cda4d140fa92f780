import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { slugOf } from '../lib/contract.js';
import { send } from '../lib/api.js';
import { isSame } from '../lib/entries.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { pause, patient, until } from '../lib/patience.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person[]} */
let people;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
/** @type {any} */
let lunch;

before(async () => {
  org = await organisation({ settings: { presence: { grace_s: 2, heartbeat_s: 2 } } });
  people = [];
  for (const login of ['ana', 'bo', 'cy']) people.push(await org.person(login));
  [ana, bo] = people;
  lunch = await org.status('Lunch');
});
after(() => org?.close());

describe('the upgrade', () => {
  const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol': 'pastille.v1' };

  test('is for who is signed in, from a page of ours', async () => {
    await org.server.client().refused('not-signed-in', 'live', { headers: upgrade });
    await ana.refused('foreign-origin', 'live', { headers: { ...upgrade, Origin: 'https://evil.example' } });
    const live = await Live.connect(ana, { headers: { Origin: org.server.origin } });
    await live.close();
  });

  test('that is none, or speaks another protocol, is malformed', async () => {
    await ana.refused('malformed', 'live');
    await ana.refused('malformed', 'live', { headers: { ...upgrade, 'Sec-WebSocket-Protocol': 'chat' } });
    await ana.refused('malformed', 'live', { headers: { ...upgrade, 'Sec-WebSocket-Protocol': undefined } });
    await ana.refused('malformed', 'live', { headers: { ...upgrade, 'Sec-WebSocket-Version': '8' } });
    await ana.refused('malformed', 'live', { headers: { ...upgrade, 'Sec-WebSocket-Key': 'short' } });
  });

  test('is not there for other methods', async () => {
    const answer = await send({ origin: org.server.origin, method: 'POST', path: '/api/v1/live', headers: { ...ana.credentials() } });
    assert.equal(slugOf(answer.body), 'method');
  });
});

describe('opening', () => {
  test('present makes one Connected, and ready says where one stands', async () => {
    const live = await Live.connect(ana);
    const { ready } = live;
    assert.deepEqual([ready.me.user, ready.me.type, ready.resumed, ready.stale, ready.heartbeat_s], [ana.me.id, 'connected', false, false, 2]);
    assert.ok(ready.seq >= ready.me.rev);
    assert.equal(ready.catalogue, (await ana.get('getCatalogue')).version);
    assert.equal(ready.people, (await ana.get('getDirectory')).version);
    await live.close();
  });

  test('without present one sees and is not seen', async () => {
    const live = await Live.connect(bo, { open: { present: false } });
    assert.equal(live.ready.me.type, 'offline');
    assert.ok(!(await live.follow({ all: true })).has(bo.me.id));
    await live.close();
  });

  test('present takes the scope status', async () => {
    const reader = await org.token(bo, ['read']);
    for (const frame of [{ do: 'set', status_id: lunch.id, ref: 'a' }, { do: 'clear', ref: 'a' }, { do: 'follow', add: [1] }]) {
      const live = await Live.connect(reader, { open: { present: false } });
      live.send(frame);
      await live.closes(4400);
      assert.deepEqual(live.frames.filter(({ is }) => is === 'refused'), []);
    }
    const closed = await Live.connect(reader, { open: null });
    closed.send({ do: 'open', present: true });
    assert.equal((await closed.closed).reason, 'Not with this token');
    await closed.closes(4400);
    assert.equal((await bo.get('getMyStatus')).pending, null);
    const robot = await org.token(bo, ['status']);
    const present = await Live.connect(robot);
    assert.equal((await present.set({ status_id: lunch.id })).status, lunch.id);
    await present.close();
  });
});

describe('following', () => {
  test('all gives the whole board, then each change', async () => {
    const anaLive = await Live.connect(ana);
    const boLive = await Live.connect(bo);
    const board = await boLive.follow({ all: true });
    assert.equal(board.frame.all, true);
    assert.equal(board.get(ana.me.id).type, 'connected');
    const entry = await anaLive.set({ status_id: lunch.id, note: 'soup' });
    isSame(await boLive.change(ana.me.id, (one) => one.status === lunch.id), entry);
    assert.deepEqual(await anaLive.change(ana.me.id, (one) => one.status === lunch.id), entry, 'one’s own comes without following');
    await anaLive.close();
    const offline = await boLive.change(ana.me.id, (one) => one.type === 'offline');
    assert.deepEqual([offline.status, offline.note, offline.since, offline.until], [org.system.get('offline').id, null, null, null]);
    await boLive.close();
  });

  test('some names each, offline ones too, and says who is unknown', async () => {
    const live = await Live.connect(bo);
    const board = await live.follow({ add: [ana.me.id, bo.me.id, 'u99999'] });
    assert.deepEqual([board.get(ana.me.id).type, board.unknown, board.frame.all], ['offline', ['u99999'], false]);
    assert.notEqual(board.get(bo.me.id).type, 'offline');
    const other = await Live.connect(people[2]);
    const anaLive = await Live.connect(ana);
    await live.change(ana.me.id, (one) => one.type === 'connected');
    await live.none('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.user === people[2].me.id));
    await live.follow({ drop: [ana.me.id] });
    await anaLive.set({ status_id: lunch.id });
    await live.none('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.user === ana.me.id));
    await Promise.all([live, other, anaLive].map((one) => one.close()));
  });

  test('adding is refused while following all', async () => {
    const live = await Live.connect(bo);
    await live.follow({ all: true });
    await live.refused('invalid', { do: 'follow', add: [ana.me.id] });
    await live.refused('invalid', { do: 'follow', drop: [ana.me.id] });
    live.send({ do: 'follow', all: false });
    await live.follow({ add: [ana.me.id] });
    await live.close();
  });

  test('takes 1,000 ids a frame', async () => {
    const live = await Live.connect(bo);
    const ids = (/** @type {number} */ from, /** @type {number} */ count) => Array.from({ length: count }, (_, i) => `u${(1_000_000 + from + i).toString(32)}`);
    assert.equal((await live.follow({ add: ids(0, 1000) })).unknown.length, 1000);
    await live.refused('invalid', { do: 'follow', add: ids(0, 1001) });
    await live.close();
  });

  test('counts come to who asks, at most once in 2 s', async () => {
    const live = await Live.connect(bo);
    const other = await Live.connect(people[2]);
    live.send({ do: 'follow', counts: true });
    const first = await live.next('counts');
    assert.equal(Object.values(first.by_type).reduce((sum, n) => sum + n, 0), people.length + 1);
    for (let i = 0; i < 3; i++) {
      await other.set({ status_id: org.system.get('in_a_call').id });
      await other.clear();
    }
    await other.set({ status_id: org.system.get('in_a_call').id });
    await live.next('counts', (frame) => frame.by_type.in_a_call === 1);
    assert.ok(live.frames.filter((frame) => frame.is === 'counts').length <= 1, 'not one for each change');
    await other.none('counts');
    live.send({ do: 'follow', counts: false });
    await live.close();
    await other.close();
  });
});

describe('setting', () => {
  test('is done when durable, or refused with the problem', async () => {
    const live = await Live.connect(ana);
    const entry = await live.set({ status_id: lunch.id, note: 'x', for_s: 900 });
    assert.deepEqual([entry.status, entry.note], [lunch.id, 'x']);
    assert.deepEqual((await ana.get('getMyStatus')).entry, entry);
    assert.equal((await live.clear()).type, 'connected');
    const faults = [
      [{ status_id: 's99999' }, '/status_id'],
      [{ status_id: lunch.id, note: 'x'.repeat(141) }, '/note'],
      [{ status_id: lunch.id, for_s: 59 }, '/for_s'],
      [{ status_id: lunch.id, until: 'never' }, '/until'],
      [{ status_id: lunch.id, nonsense: 1 }, '/nonsense'],
      [{}, '/status_id'],
    ];
    for (const [what, pointer] of faults) {
      const problem = await live.refused('invalid', { do: 'set', ...Object(what) });
      assert.ok(problem.errors.some((/** @type {any} */ one) => one.pointer === pointer), JSON.stringify(problem));
    }
    await live.close();
  });

  test('that changes nothing is done without an event', async () => {
    const live = await Live.connect(ana);
    const first = await live.set({ status_id: lunch.id });
    await live.change(ana.me.id, (one) => one.rev === first.rev);
    assert.deepEqual(await live.set({ status_id: lunch.id }), first);
    await live.none('changes');
    await live.clear();
    await live.close();
  });
});

describe('what else changes', () => {
  test('is told: statuses, people, one’s own account, configuration', async () => {
    const live = await Live.connect(bo, { open: { present: false } });
    const adminLive = await Live.connect(org.admin, { open: { present: false } });
    const made = await org.status('Told');
    const told = await live.next('catalogue', (frame) => frame.statuses.length);
    const { in_use, ...definition } = made;
    assert.deepEqual([told.statuses[0], told.gone, in_use], [definition, [], 0]);
    await org.admin.call('deleteStatus', { id: made.id });
    assert.deepEqual((await live.next('catalogue', (frame) => frame.gone.length)).gone, [made.id]);
    const account = await org.admin.get('createUser', { body: { login: 'newcomer', display_name: 'Newcomer', role_id: org.roles.get('Agent').id } });
    assert.deepEqual((await live.next('people')).users, [{ id: account.id, display_name: 'Newcomer', teams: [] }]);
    assert.equal((await adminLive.next('config', (frame) => frame.what === 'users')).what, 'users');
    await org.admin.call('patchUser', { id: account.id, body: { active: false } });
    assert.deepEqual((await live.next('people', (frame) => frame.gone.length)).gone, [account.id]);
    await bo.call('patchMe', { body: { locale: 'fr' } });
    assert.equal((await live.next('self')).user.locale, 'fr');
    await org.team('Told team');
    await adminLive.next('config', (frame) => frame.what === 'teams');
    await org.role(['audit.read']);
    await adminLive.next('config', (frame) => frame.what === 'roles');
    await live.none('config');
    await live.close();
    await adminLive.close();
  });
});

describe('coming back', () => {
  test('with a known position gives only what changed since', async () => {
    const anaLive = await Live.connect(ana);
    const first = await Live.connect(bo);
    await first.follow({ all: true });
    await first.next('at', undefined, 6000);
    const position = first.position();
    first.drop();
    const entry = await anaLive.set({ status_id: lunch.id, note: 'meanwhile' });
    const second = await Live.connect(bo, { open: { present: true, ...position, follow: { all: true } } });
    assert.equal(second.ready.resumed, true);
    isSame(await second.change(ana.me.id), entry);
    await second.none('board');
    await second.close();
    await anaLive.close();
  });

  test('for some gives what changed among them', async () => {
    const anaLive = await Live.connect(ana);
    const cyLive = await Live.connect(people[2]);
    const first = await Live.connect(bo);
    await first.follow({ add: [ana.me.id] });
    const position = first.position();
    first.drop();
    await cyLive.set({ status_id: lunch.id });
    const entry = await anaLive.set({ status_id: lunch.id, note: 'for some' });
    const second = await Live.connect(bo, { open: { present: true, ...position, follow: { users: [ana.me.id] } } });
    assert.equal(second.ready.resumed, true);
    isSame(await second.change(ana.me.id), entry);
    await second.none('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.user === people[2].me.id));
    await Promise.all([second, anaLive, cyLive].map((one) => one.close()));
  });

  test('with an unknown position begins anew', async () => {
    for (const position of [{ epoch: 'nonsense', seq: 1 }, { epoch: (await ana.get('getBoard')).epoch, seq: 999999999 }]) {
      const live = await Live.connect(bo, { open: { present: true, ...position, follow: { all: true } } });
      assert.equal(live.ready.resumed, false);
      assert.equal((await live.board()).frame.all, true);
      await live.close();
    }
  });

  test('within the grace keeps the status and its since, and nobody sees it', async () => {
    const watcher = await Live.connect(bo);
    await watcher.follow({ add: [ana.me.id] });
    const first = await Live.connect(ana);
    const entry = await first.set({ status_id: lunch.id, note: 'stays' });
    await watcher.change(ana.me.id, (one) => one.rev === entry.rev);
    first.drop();
    await pause(200);
    const second = await Live.connect(ana);
    assert.deepEqual(second.ready.me, entry);
    await watcher.none('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.user === ana.me.id), 2500);
    await second.close();
    await watcher.close();
  });
});

describe('the heartbeat', () => {
  test('comes as ping and position', async () => {
    const live = await Live.connect(bo, { open: { present: false } });
    const at = await live.next('at');
    assert.ok(Math.abs(Date.parse(at.now) - Date.now()) < 5000);
    await until(() => live.pings > 0, { what: 'a ping' });
    await live.close();
  });

  test('closes who is silent with 4408, and the grace begins', async () => {
    const watcher = await Live.connect(bo);
    // The grace of the test before may still hold.
    if ((await watcher.follow({ add: [ana.me.id] })).get(ana.me.id).type !== 'offline') await watcher.change(ana.me.id, (one) => one.type === 'offline');
    const silent = await Live.connect(ana, { autoPong: false });
    await watcher.change(ana.me.id, (one) => one.type === 'connected');
    await silent.closes(4408);
    await watcher.change(ana.me.id, (one) => one.type === 'offline');
    await watcher.close();
  });
});
