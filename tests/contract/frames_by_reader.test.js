// Which kinds of frames each kind of reader gets, and with which members: everything is made to happen while one of each
// listens, over WebSocket and over server-sent events. `stale` and `fresh` go to all of them, and need a database that is lost.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { Events } from '../lib/sse.js';

const kPage = 'https://crm.example.org';

const everyReader = ['at', 'board', 'catalogue', 'changes', 'ready'];
const accounts = [...everyReader, 'counts', 'people'];
const ownSessions = [...accounts, 'config', 'conversations', 'message', 'read', 'self'];

/** @typedef {{is: string, [member: string]: any}} Frame */
/** @typedef {{name: string, expected: string[], own: boolean, frames: () => Frame[], live?: Live, events?: Events}} Reader */

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} whose page the readers are */
let bo;
/** @type {import('../lib/organisation.js').Person} whom all of them follow */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let cy;
/** @type {Reader[]} */
const readers = [];

/** @param {string} name @param {import('../lib/api.js').Client} client @param {string[]} expected */
async function overWebSocket(name, client, expected) {
  const live = await Live.connect(client, { open: { present: false } });
  live.send({ do: 'follow', counts: true, add: [ana.me.id] });
  readers.push({ name: `${name} over WebSocket`, expected, own: true, frames: () => [live.ready, ...live.frames], live });
}

/** @param {string} name @param {import('../lib/api.js').Client} client @param {string[]} expected @param {{page?: boolean}} [how] */
async function overEvents(name, client, expected, { page = false } = {}) {
  const events = await Events.open(client, { query: { user: ana.me.id, ...(page ? {} : { counts: true }) }, headers: page ? { Origin: kPage } : {} });
  readers.push({ name: `${name} over events`, expected: [...expected, 'closed'], own: !page, frames: () => events.events.map(({ event, data }) => ({ is: event, ...data })), events });
}

/** @param {Reader} reader @param {string} is @param {(frame: Frame) => any} [predicate] */
const heard = (reader, is, predicate = () => true) => until(() => reader.frames().some((frame) => frame.is === is && predicate(frame)), { what: `${is} for ${reader.name}` });

/** @param {string} note */
const shownBy = (note) => (/** @type {Frame} */ frame) => frame.users.some((/** @type {any} */ one) => one.note === note);

before(async () => {
  org = await organisation({ settings: { element_origins: [kPage], presence: { heartbeat_s: 3 } } });
  [bo, ana, cy] = [await org.person('bo', { permissions: ['users.manage'] }), await org.person('ana'), await org.person('cy')];
  const [status, read] = [await org.token(bo, ['status']), await org.token(bo, ['read'])];
  await overWebSocket('an own session', bo, [...ownSessions, 'done', 'refused']);
  await overWebSocket('a status token', status, [...accounts, 'done', 'refused']);
  await overWebSocket('a read token', read, accounts);
  await overEvents('an own session', bo, ownSessions);
  await overEvents('a status token', status, accounts);
  await overEvents('a read token', read, accounts);
  await overEvents('a page with a session', bo, everyReader, { page: true });
  await overEvents('a page with a status token', status, everyReader, { page: true });
  await overEvents('a page with a read token', read, everyReader, { page: true });

  const anaLive = await Live.connect(ana);
  const boLive = await Live.connect(bo);
  const cyLive = await Live.connect(cy);
  const busy = org.system.get('busy').id;
  for (const { live } of readers.filter(({ expected }) => expected.includes('done'))) {
    await live?.set({ status_id: busy, note: 'his own' }).then((entry) => live.frames.push({ is: 'done', ref: '', entry }));
    await live?.refused('invalid', { do: 'set' }).then((problem) => live.frames.push({ is: 'refused', ref: '', problem }));
  }
  await cyLive.set({ status_id: busy, note: 'of somebody else' });
  const conversation = await ana.get('openConversation', { body: { with: bo.me.id } });
  const message = await ana.get('sendMessage', { id: conversation.id, body: { text: 'between the two of us' }, status: 201 });
  await bo.call('markRead', { id: conversation.id, body: { up_to: message.id } });
  await bo.call('patchMe', { body: { display_name: 'Bo Renamed', pinned: [ana.me.id] } });
  await org.status('Lunch');
  await org.account('newcomer');
  await org.team('Sales');
  await org.role(['audit.read']);
  await org.admin.call('patchUser', { id: bo.me.id, body: { role_id: (await org.role(['users.manage', 'teams.manage'])).id } });
  await anaLive.set({ status_id: busy, note: 'the last' });
  for (const reader of readers) {
    await heard(reader, 'changes', shownBy('the last'));
    await heard(reader, 'at');
    if (reader.expected.includes('counts')) await heard(reader, 'counts');
  }
  await Promise.all([anaLive, boLive, cyLive].map((one) => one.close()));
  const tokens = await bo.all('listMyTokens');
  for (const { id } of tokens) await bo.call('revokeMyToken', { id });
  await bo.call('signOut');
  for (const { live, events } of readers) {
    await live?.closes(4401);
    if (events) await until(() => events.ended, { what: 'the end of a stream' });
  }
});
after(() => org?.close());

describe('a reader', () => {
  test('gets the kinds of frames that are its own, and no others', () => {
    for (const { name, expected, frames } of readers) {
      assert.deepEqual([...new Set(frames().map(({ is }) => is))].sort(), [...expected].sort(), name);
    }
  });

  test('is told of itself when it is an account, and a page is not told whose it is', () => {
    const members = ['catalogue', 'epoch', 'heartbeat_s', 'is', 'people', 'resumed', 'seq', 'stale'];
    for (const { name, own, frames } of readers) {
      const all = frames();
      const ready = all.find(({ is }) => is === 'ready');
      assert.deepEqual(Object.keys(ready ?? {}).sort(), [...members, ...(own ? ['me'] : [])].sort(), name);
      const named = new Set(all.filter(({ is }) => is === 'board' || is === 'changes').flatMap(({ users }) => users.map((/** @type {any} */ one) => one.user)));
      assert.deepEqual([...named].sort(), [ana.me.id, ...(own ? [bo.me.id] : [])].sort(), name);
    }
  });

  test('has no member beyond those of its kind', () => {
    const entry = ['note', 'rev', 'since', 'status', 'type', 'until', 'user'];
    /** @type {Record<string, string[]>} */
    const members = {
      at: ['now', 'seq'], board: ['all', 'more', 'seq', 'users'], catalogue: ['gone', 'statuses', 'version'], changes: ['seq', 'users'], closed: ['code'],
      config: ['what'], conversations: [], counts: ['by_status', 'by_type', 'seq'], done: ['entry', 'ref'], message: ['message'], people: ['gone', 'users', 'version'],
      read: ['conversation', 'up_to', 'user'], refused: ['problem', 'ref'], self: ['permissions', 'user'],
    };
    for (const { name, frames } of readers) {
      for (const { is, ...rest } of frames().filter((frame) => frame.is !== 'ready')) {
        assert.deepEqual(Object.keys(rest).sort(), members[is], `${is} for ${name}`);
        if (is === 'board' || is === 'changes') for (const one of rest.users) assert.deepEqual(Object.keys(one).sort(), entry, name);
      }
    }
  });
});

describe('a page of another origin', () => {
  test('names whom it follows: not everyone, no counts, and nobody is made present', async () => {
    const viewer = await org.person('viewer');
    for (const query of /** @type {Record<string, any>[]} */ ([{ follow: 'all' }, { counts: true }, { present: true }])) {
      await viewer.refused('foreign-origin', 'liveEvents', { query, headers: { Origin: kPage } });
    }
    const many = Array.from({ length: 201 }, (_, i) => `u${i + 100}`);
    await viewer.invalid('?user', 'liveEvents', { query: { user: many }, headers: { Origin: kPage } });
    const stream = await Events.open(viewer, { query: { user: many.slice(0, 200) }, headers: { Origin: kPage } });
    await stream.next('board', (frame) => !frame.more);
    stream.close();
  });
});
