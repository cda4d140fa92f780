import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isSame } from '../lib/entries.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { Events } from '../lib/sse.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
/** @type {any} */
let lunch;
before(async () => {
  org = await organisation({ settings: { presence: { grace_s: 20 } } });
  ana = await org.person('ana');
  bo = await org.person('bo');
  lunch = await org.status('Lunch');
});
after(() => org?.close());

test('shutting down closes with 1012 and ends within 5 s, streams and slow requests included', async () => {
  const lives = await Promise.all([ana, bo, org.admin].map((who) => Live.connect(who)));
  const stream = await Events.open(ana, { query: { follow: 'all' } });
  await stream.next('ready');
  await org.server.stop(); // asserts the time and the exit code
  for (const live of lives) await live.closes(1012);
  assert.ok(stream.ended);
  await org.server.start();
});

test('one resumes by epoch and seq across a restart, and sees what changed', async () => {
  const anaLive = await Live.connect(ana);
  const before = await anaLive.set({ status_id: lunch.id, note: 'before' });
  const live = await Live.connect(bo);
  await live.follow({ all: true });
  const position = live.position();
  await anaLive.set({ status_id: lunch.id, note: 'after' });
  await live.change(ana.me.id, (one) => one.note === 'after');
  await org.server.restart();
  const again = await Live.connect(bo, { open: { present: true, ...position, follow: { all: true } } });
  assert.equal(again.ready.resumed, true);
  const entry = await again.change(ana.me.id, (one) => one.note === 'after');
  assert.equal(entry.since, before.since);
  await again.none('board');
  await again.close();
});

test('the same over kill -9, for a set and for events', async () => {
  const anaLive = await Live.connect(ana);
  const live = await Live.connect(bo);
  await live.follow({ add: [ana.me.id] });
  const position = live.position();
  const entry = await anaLive.set({ status_id: org.system.get('busy').id, note: 'killed' });
  await org.server.kill();
  await org.server.start();
  const again = await Live.connect(bo, { open: { present: true, ...position, follow: { users: [ana.me.id] } } });
  assert.equal(again.ready.resumed, true);
  isSame(await again.change(ana.me.id), entry);
  const stream = await Events.open(bo, { query: { follow: 'all' }, headers: { 'Last-Event-ID': `${position.epoch}.${position.seq}` } });
  assert.equal((await stream.next('ready')).data.resumed, true);
  await stream.next('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.note === 'killed'));
  stream.close();
  await again.close();
});

test('a position of a later time than a copy put back is found out', async () => {
  const copy = `${org.server.folder}/copy`;
  const made = await org.server.cli(['backup', copy]);
  assert.equal(made.code, 0, made.stderr);
  const live = await Live.connect(ana);
  await live.set({ status_id: lunch.id, note: 'after the copy' });
  await live.follow({ all: true });
  const position = live.position();
  await org.server.stop();
  const restored = await org.server.cli(['restore', copy]);
  assert.equal(restored.code, 0, restored.stderr);
  await org.server.start();
  const again = await Live.connect(ana, { open: { present: true, ...position, follow: { all: true } } });
  assert.equal(again.ready.resumed, false);
  await again.close();
});
