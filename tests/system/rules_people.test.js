// The rules of the source document about people and what they show, their server half: R12 to R19.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asyncapi, operations } from '../lib/contract.js';
import { isSame } from '../lib/entries.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
/** @type {any} */
let lunch;
before(async () => {
  org = await organisation({ settings: { presence: { grace_s: 1 } } });
  const [north, south] = [await org.team('North'), await org.team('South')];
  ana = await org.person('ana', { team_ids: [north.id] });
  bo = await org.person('bo', { team_ids: [south.id] });
  lunch = await org.status('Lunch', { type: 'absent', icon: '🍜', names: { fr: 'Déjeuner' } });
});
after(() => org?.close());

/** Waits until the grace of the test before is over. @param {import('../lib/organisation.js').Person} person */
const offline = (person) => until(async () => (await person.get('getMyStatus')).entry.type === 'offline', { what: `${person.login} offline` });

test('R12 the person changes their status themselves', async () => {
  const live = await Live.connect(ana);
  assert.equal((await live.set({ status_id: lunch.id, note: 'soup' })).status, lunch.id);
  assert.equal((await ana.get('setMyStatus', { body: { status_id: org.system.get('busy').id } })).entry.type, 'busy');
  assert.equal((await live.clear()).type, 'connected');
  await live.close();
});

test('R13 two places of one person show the same thing within the blink of an eye', async () => {
  const menu = await Live.connect(ana);
  const home = await Live.connect(ana);
  const entry = await menu.set({ status_id: lunch.id });
  const seen = await home.change(ana.me.id, (one) => one.rev === entry.rev);
  isSame(seen, entry);
  await menu.close();
  await home.close();
});

test('R14 a person who is not signed in shows Offline', async () => {
  await offline(ana);
  const watcher = await Live.connect(bo);
  assert.equal((await watcher.follow({ add: [ana.me.id] })).get(ana.me.id).type, 'offline');
  assert.equal((await ana.get('getMyStatus')).entry.type, 'offline', 'an HTTP session alone is Offline');
  const [one, two] = [await Live.connect(ana), await Live.connect(ana)]; // two tabs
  await watcher.change(ana.me.id, (entry) => entry.type === 'connected');
  await one.close();
  await watcher.none('changes', undefined, 1500); // the other one is still there
  await two.close();
  const left = await watcher.change(ana.me.id, (entry) => entry.type === 'offline');
  assert.equal(left.status, org.system.get('offline').id);
  const again = await org.signIn('ana');
  const live = await Live.connect(again);
  await watcher.change(ana.me.id, (entry) => entry.type === 'connected');
  await again.call('signOut');
  await live.closes(4401);
  await watcher.change(ana.me.id, (entry) => entry.type === 'offline');
  await watcher.close();
});

test('R14 signing out does not wait for the grace', async (t) => {
  const other = await organisation({ settings: { presence: { grace_s: 600 } } });
  t.after(() => other.close());
  const [cy, di] = [await other.person('cy'), await other.person('di')];
  const live = await Live.connect(cy);
  const watcher = await Live.connect(di);
  assert.equal((await watcher.follow({ add: [cy.me.id] })).get(cy.me.id).type, 'connected');
  await cy.call('signOut');
  await live.closes(4401);
  await watcher.change(cy.me.id, (entry) => entry.type === 'offline');
  await watcher.close();
});

test('R15 only the person changes their own status', async () => {
  const live = await Live.connect(ana);
  const shown = await live.set({ status_id: lunch.id });
  const everything = [...new Set([...operations.values()].flatMap((op) => (op.spec['x-problems']['403'] ?? []).includes('own-status-only') ? [op.id] : []))];
  assert.deepEqual(everything, ['setStatusOfUser']);
  const supervisor = await org.person('supervisor', { permissions: ['statuses.create', 'statuses.modify', 'statuses.delete', 'users.manage', 'teams.manage', 'roles.manage', 'audit.read'] });
  const robot = await org.token(org.admin, ['status']);
  for (const who of [org.admin, supervisor, bo, robot]) {
    const problem = await who.refused('own-status-only', 'setStatusOfUser', { id: ana.me.id, body: { status_id: org.system.get('busy').id } });
    assert.match(problem.detail, /\w{3,} \w+/, 'it says why');
  }
  // No other way in: not through the account, not through the frame.
  for (const field of ['status', 'status_id', 'note', 'until']) await org.admin.invalid(`/${field}`, 'patchUser', { id: ana.me.id, body: { [field]: lunch.id } });
  const adminLive = await Live.connect(org.admin);
  await adminLive.refused('invalid', { do: 'set', user: ana.me.id, status_id: lunch.id });
  assert.ok(!('user' in asyncapi.components.schemas.Set.properties));
  assert.deepEqual((await ana.get('getMyStatus')).entry, shown);
  const refusals = (await org.admin.all('listAudit')).filter((one) => one.outcome === 'refused' && one.target === ana.me.id);
  assert.deepEqual(new Set(refusals.map((one) => one.by)), new Set([org.admin.me.id, supervisor.me.id, bo.me.id]));
  for (const one of refusals) assert.equal(one.problem, 'own-status-only');
  await live.close();
  await adminLive.close();
});

test('R16 colleagues see it in the conversations tab: pinned and conversation partners, by type', async () => {
  await offline(ana);
  const small = await Live.connect(bo);
  await bo.call('openConversation', { body: { with: ana.me.id } });
  const partners = (await bo.all('listConversations')).map((one) => one.with);
  const board = await small.follow({ add: partners });
  assert.equal(board.get(ana.me.id).type, 'offline');
  const live = await Live.connect(ana);
  await live.set({ status_id: lunch.id });
  assert.equal((await small.change(ana.me.id, (one) => one.status === lunch.id)).type, 'absent');
  await live.close();
  await small.close();
});

test('R17 what the circle tells is there: the status by name, in every language, with its note', async () => {
  const small = await Live.connect(bo);
  await small.follow({ add: [ana.me.id] });
  const live = await Live.connect(ana);
  await live.set({ status_id: lunch.id, note: 'back at two' });
  const entry = await small.change(ana.me.id, (one) => one.status === lunch.id);
  const told = (await bo.get('getCatalogue')).statuses.find((/** @type {any} */ one) => one.id === entry.status);
  assert.deepEqual([told.name, told.names.fr, told.icon, entry.note], ['Lunch', 'Déjeuner', '🍜', 'back at two']);
  await live.close();
  await small.close();
});

test('R18 and in the conversation with that colleague, while one writes', async () => {
  const live = await Live.connect(bo);
  const anaLive = await Live.connect(ana);
  const conversation = await bo.get('openConversation', { body: { with: ana.me.id } });
  assert.equal(conversation.with, ana.me.id);
  await live.follow({ add: [conversation.with] });
  await bo.call('sendMessage', { id: conversation.id, body: { text: 'are you there?' } });
  await anaLive.next('message');
  await anaLive.set({ status_id: lunch.id });
  assert.equal((await live.change(conversation.with, (one) => one.type === 'absent')).status, lunch.id);
  await live.close();
  await anaLive.close();
});

test('R19 everyone sees everyone’s status, in their team or not', async () => {
  const live = await Live.connect(ana);
  const shown = await live.set({ status_id: lunch.id });
  const alone = await org.person('alone'); // in no team
  for (const who of [bo, alone]) {
    isSame((await who.get('getBoard')).users.find((/** @type {any} */ one) => one.user === ana.me.id), shown);
    const watcher = await Live.connect(who, { open: { present: false } });
    isSame((await watcher.follow({ all: true })).get(ana.me.id), shown);
    await watcher.follow({ all: false });
    isSame((await watcher.follow({ add: [ana.me.id] })).get(ana.me.id), shown);
    await watcher.close();
  }
  await live.close();
});
