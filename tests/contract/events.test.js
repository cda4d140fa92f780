import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isSame } from '../lib/entries.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
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
  org = await organisation({ settings: { presence: { grace_s: 1, heartbeat_s: 1 } } });
  ana = await org.person('ana');
  bo = await org.person('bo');
  lunch = await org.status('Lunch');
});
after(() => org?.close());

test('the stream says ready, the board and each change, with positions as ids', async () => {
  const stream = await Events.open(bo, { query: { follow: 'all', counts: true } });
  assert.equal(stream.headers['x-accel-buffering'], 'no');
  assert.match(String(stream.headers['cache-control']), /no-(cache|store)/);
  const { data: ready } = await stream.next('ready');
  assert.equal(stream.retry, 3000);
  assert.equal(ready.me.type, 'offline');
  const board = await stream.next('board', (frame) => !frame.more);
  assert.equal(board.id, `${ready.epoch}.${board.data.seq}`);
  await stream.next('counts');
  const live = await Live.connect(ana);
  const entry = await live.set({ status_id: lunch.id, note: 'soup\nor not'.replace('\n', ' ') });
  const change = await stream.next('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.rev === entry.rev));
  assert.equal(change.id, `${ready.epoch}.${change.data.seq}`);
  await until(() => stream.comments > 0, { what: 'a comment line' });
  const conversation = await ana.get('openConversation', { body: { with: bo.me.id } });
  await ana.call('sendMessage', { id: conversation.id, body: { text: 'hello' } });
  assert.equal((await stream.next('message')).data.message.text, 'hello');
  stream.close();
  await live.close();
});

test('some are followed by name', async () => {
  const stream = await Events.open(bo, { query: { user: [ana.me.id, 'u99999'] } });
  const { data } = await stream.next('board', (frame) => !frame.more);
  assert.deepEqual([data.all, data.users.map((/** @type {any} */ one) => one.user), data.unknown], [false, [ana.me.id], ['u99999']]);
  stream.close();
});

test('Last-Event-ID gives only what changed since, and wins over the query', async () => {
  const live = await Live.connect(ana);
  const first = await Events.open(bo, { query: { follow: 'all' } });
  await first.next('board', (frame) => !frame.more);
  const id = first.lastId;
  first.close();
  const entry = await live.set({ status_id: lunch.id, note: 'meanwhile' });
  const second = await Events.open(bo, { query: { follow: 'all', epoch: 'nonsense', seq: 1 }, headers: { 'Last-Event-ID': id } });
  assert.equal((await second.next('ready')).data.resumed, true);
  const { data } = await second.next('changes');
  isSame(data.users.find((/** @type {any} */ one) => one.user === ana.me.id), entry);
  assert.ok(!second.events.some((one) => one.event === 'board'));
  second.close();
  const [epoch, seq] = id.split('.');
  const byQuery = await Events.open(bo, { query: { follow: 'all', epoch, seq } });
  assert.equal((await byQuery.next('ready')).data.resumed, true);
  byQuery.close();
  const unknown = await Events.open(bo, { query: { follow: 'all' }, headers: { 'Last-Event-ID': 'nonsense' } });
  assert.equal((await unknown.next('ready')).data.resumed, false);
  await unknown.next('board');
  unknown.close();
  await live.close();
});

test('present shows one as Connected as long as the stream is open', async () => {
  const watcher = await Events.open(ana, { query: { user: [bo.me.id] } });
  await watcher.next('board');
  const stream = await Events.open(bo, { query: { present: true } });
  assert.equal((await stream.next('ready')).data.me.type, 'connected');
  await watcher.next('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.user === bo.me.id && one.type === 'connected'));
  stream.close();
  await watcher.next('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.user === bo.me.id && one.type === 'offline'));
  watcher.close();
});

test('the end of the session ends the stream with closed 4401', async () => {
  const cy = await org.person('cy');
  const stream = await Events.open(cy, { query: { follow: 'all' } });
  await stream.next('ready');
  await cy.call('signOut');
  assert.deepEqual((await stream.next('closed', undefined, 1500)).data, { code: 4401 });
  await until(() => stream.ended, { what: 'the end of the stream' });
});

test('a token needs the scope status to be present', async () => {
  const reader = await org.token(bo, ['read']);
  await reader.refused('scope-missing', 'liveEvents', { query: { present: true } });
  const stream = await Events.open(reader, { query: { follow: 'all' } });
  await stream.next('ready');
  stream.close();
});

test('what is asked for wrongly is invalid', async () => {
  const many = Array.from({ length: 201 }, (_, i) => `u${i + 100}`);
  await bo.invalid('?user', 'liveEvents', { query: { user: many } });
  await bo.invalid('?user', 'liveEvents', { query: { follow: 'all', user: [ana.me.id] } });
  await bo.invalid('?follow', 'liveEvents', { query: { follow: 'some' } });
  await bo.invalid('?present', 'liveEvents', { query: { present: 'perhaps' } });
  await bo.invalid('?counts', 'liveEvents', { query: { counts: '2' } });
  await bo.invalid('?seq', 'liveEvents', { query: { epoch: 'x', seq: '-1' } });
  const stream = await Events.open(bo, { query: { user: many.slice(0, 200) } });
  await stream.next('board', (frame) => !frame.more);
  stream.close();
});
