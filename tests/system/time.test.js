import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { pause, patient, slowness } from '../lib/patience.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {any} */
let lunch;
before(async () => {
  org = await organisation({ settings: { presence: { grace_s: Math.ceil(3 * slowness) } } });
  lunch = await org.status('Lunch', { type: 'absent' });
});
after(() => org?.close());

/** @param {number} ms */
const soon = (ms) => new Date(Date.now() + ms).toISOString();

describe('until', () => {
  test('returns the person to Connected without a note, at that moment', async () => {
    const ana = await org.person('ana');
    const live = await Live.connect(ana);
    const end = Date.now() + 2000;
    await live.set({ status_id: lunch.id, note: 'short', until: new Date(end).toISOString() });
    const entry = await live.change(ana.me.id, (one) => one.type === 'connected' && Date.now() > end - 100);
    assert.deepEqual([entry.status, entry.note, entry.until], [org.system.get('connected').id, null, null]);
    const late = Date.parse(entry.since) - end;
    assert.ok(late >= 0 && late < patient(10_000), `${late} ms late`);
    await live.close();
  });

  test('of a status that was replaced does nothing', async () => {
    const bo = await org.person('bo');
    const live = await Live.connect(bo);
    await live.set({ status_id: lunch.id, until: soon(2000) });
    const kept = await live.set({ status_id: org.system.get('busy').id });
    await pause(2500);
    assert.deepEqual((await bo.get('getMyStatus')).entry, kept);
    await live.close();
  });

  test('while offline only drops what is pending', async () => {
    const cy = await org.person('cy');
    assert.ok((await cy.get('setMyStatus', { body: { status_id: lunch.id, until: soon(2000) } })).pending);
    await pause(2300);
    assert.equal((await cy.get('getMyStatus')).pending, null);
    const live = await Live.connect(cy);
    assert.equal(live.ready.me.type, 'connected');
    await live.close();
  });

  test('that fell due while the server was down happens at its start', async () => {
    const di = await org.person('di');
    const live = await Live.connect(di);
    await live.set({ status_id: lunch.id, note: 'down', until: soon(2000) });
    await org.server.stop();
    await live.closes(1012);
    await pause(2100);
    await org.server.start();
    const back = await Live.connect(di);
    assert.deepEqual([back.ready.me.type, back.ready.me.note], ['connected', null]);
    await back.close();
  });

  test('that lies ahead holds over a restart, and the default duration too', async () => {
    const ed = await org.person('ed');
    const coffee = await org.status('Coffee', { default_duration_s: 900 });
    const live = await Live.connect(ed);
    const entry = await live.set({ status_id: coffee.id });
    await org.server.restart();
    const back = await Live.connect(ed);
    assert.deepEqual([back.ready.me.status, back.ready.me.until, back.ready.me.since], [coffee.id, entry.until, entry.since]);
    await back.close();
  });
});

describe('the grace', () => {
  test('keeps who lost the network, then shows Offline', async () => {
    const flo = await org.person('flo');
    const watcher = await Live.connect(org.admin);
    await watcher.follow({ add: [flo.me.id] });
    const live = await Live.connect(flo);
    await watcher.change(flo.me.id, (one) => one.type === 'connected');
    live.drop();
    await watcher.none('changes', undefined, 600);
    await watcher.change(flo.me.id, (one) => one.type === 'offline');
    await watcher.close();
  });

  test('is given after a restart, and who does not come back goes Offline as of then', async () => {
    const gus = await org.person('gus');
    const live = await Live.connect(gus);
    await live.set({ status_id: lunch.id });
    await org.server.kill();
    const died = Date.now();
    await pause(patient(3200));
    await org.server.start();
    const watcher = await Live.connect(org.admin);
    const entry = (await watcher.follow({ add: [gus.me.id] })).get(gus.me.id);
    if (entry.type !== 'offline') await watcher.change(gus.me.id, (one) => one.type === 'offline');
    const [latest] = (await gus.get('listMyHistory')).items;
    const to = latest.type === 'offline' ? latest.from : latest.to;
    assert.ok(Date.parse(to) <= died + 1000, `${to} is after ${new Date(died).toISOString()}`);
    await watcher.close();
  });
});

describe('signing in', () => {
  test('shows Connected, or the last one chosen by preference', async () => {
    const hal = await org.person('hal');
    const first = await Live.connect(hal);
    await first.set({ status_id: lunch.id, note: 'gone soon' });
    await hal.call('signOut');
    await first.closes(4401);
    const second = await org.signIn('hal');
    const plain = await Live.connect(second);
    assert.equal(plain.ready.me.type, 'connected');
    await plain.set({ status_id: lunch.id });
    await second.call('patchMe', { body: { status_at_sign_in: 'last' } });
    await second.call('signOut');
    await plain.closes(4401);
    const third = await org.signIn('hal');
    const last = await Live.connect(third);
    assert.equal(last.ready.me.status, lunch.id);
    await third.call('signOut');
  });

  test('with a last one that was deleted shows the system status of its type', async () => {
    const ida = await org.person('ida');
    await ida.call('patchMe', { body: { status_at_sign_in: 'last' } });
    const fleeting = await org.status('Fleeting', { type: 'busy' });
    const live = await Live.connect(ida);
    await live.set({ status_id: fleeting.id });
    await ida.call('signOut');
    await live.closes(4401);
    await org.admin.call('deleteStatus', { id: fleeting.id });
    const again = await Live.connect(await org.signIn('ida'));
    assert.equal(again.ready.me.status, org.system.get('busy').id);
    await again.close();
  });
});

describe('retention', () => {
  test('of 0 days writes no own history', async (t) => {
    const other = await organisation({ settings: { retention: { own_history_days: 0 } } });
    t.after(() => other.close());
    const live = await Live.connect(other.admin);
    await live.set({ status_id: other.system.get('busy').id });
    assert.equal((await other.admin.get('listMyHistory')).total, 0);
    await live.close();
  });
});

describe('sessions', () => {
  test('hold over a restart', async () => {
    await org.server.restart();
    await org.admin.call('getMe');
  });
});
