import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { pause } from '../lib/patience.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
/** @type {import('../lib/organisation.js').Person} */
let cy;
/** @type {any} */
let conversation;

before(async () => {
  org = await organisation();
  ana = await org.person('ana');
  bo = await org.person('bo');
  cy = await org.person('cy');
  conversation = await ana.get('openConversation', { body: { with: bo.me.id }, status: 201 });
});
after(() => org?.close());

test('a conversation with somebody is one, whoever opens it', async () => {
  assert.equal(conversation.with, bo.me.id);
  assert.deepEqual([conversation.last_message, conversation.unread, conversation.read_up_to, conversation.partner_read_up_to], [null, 0, null, null]);
  assert.equal((await ana.get('openConversation', { body: { with: bo.me.id }, status: 200 })).id, conversation.id);
  const theirs = await bo.get('openConversation', { body: { with: ana.me.id }, status: 200 });
  assert.deepEqual([theirs.id, theirs.with], [conversation.id, ana.me.id]);
});

test('one does not open one with oneself, nobody or somebody who left', async () => {
  const left = await org.account('left');
  await org.admin.call('patchUser', { id: left.id, body: { active: false } });
  for (const who of [ana.me.id, 'u99999', left.id, null, 7]) await ana.invalid('/with', 'openConversation', { body: { with: who } });
});

test('a message reaches both, live and in the list, and is unread until it is read', async () => {
  const [anaLive, boLive, cyLive] = await Promise.all([ana, bo, cy].map((who) => Live.connect(who)));
  const message = await ana.get('sendMessage', { id: conversation.id, body: { text: ' Coffee?\nNow. ' }, status: 201 });
  assert.deepEqual([message.conversation, message.from, message.text], [conversation.id, ana.me.id, 'Coffee?\nNow.']);
  assert.deepEqual((await boLive.next('message')).message, message);
  assert.deepEqual((await anaLive.next('message')).message, message);
  let mine = (await bo.get('listConversations')).items[0];
  assert.deepEqual([mine.id, mine.unread, mine.last_message], [conversation.id, 1, message]);
  mine = await bo.get('markRead', { id: conversation.id, body: { up_to: message.id } });
  assert.deepEqual([mine.unread, mine.read_up_to], [0, message.id]);
  assert.deepEqual(await anaLive.next('read', (frame) => frame.user === bo.me.id), { is: 'read', conversation: conversation.id, user: bo.me.id, up_to: message.id });
  const theirs = (await ana.get('listConversations')).items[0];
  assert.deepEqual([theirs.partner_read_up_to, theirs.unread], [message.id, 0]);
  await cyLive.none('message');
  await Promise.all([anaLive, boLive, cyLive].map((live) => live.close()));
});

test('reading never goes back', async () => {
  const first = await ana.get('sendMessage', { id: conversation.id, body: { text: 'one' } });
  const second = await ana.get('sendMessage', { id: conversation.id, body: { text: 'two' } });
  await bo.call('markRead', { id: conversation.id, body: { up_to: second.id } });
  const after = await bo.get('markRead', { id: conversation.id, body: { up_to: first.id } });
  assert.deepEqual([after.read_up_to, after.unread], [second.id, 0]);
  for (const up_to of ['m99999', null, 7, '']) await bo.invalid('/up_to', 'markRead', { id: conversation.id, body: { up_to } });
  const elsewhere = await cy.get('openConversation', { body: { with: ana.me.id } });
  const foreign = await cy.get('sendMessage', { id: elsewhere.id, body: { text: 'other' } });
  await bo.invalid('/up_to', 'markRead', { id: conversation.id, body: { up_to: foreign.id } });
});

test('others do not know that it exists, an administrator neither', async () => {
  for (const other of [cy, org.admin]) {
    await other.refused('not-found', 'listMessages', { id: conversation.id });
    await other.refused('not-found', 'sendMessage', { id: conversation.id, body: { text: 'x' } });
    await other.refused('not-found', 'markRead', { id: conversation.id, body: { up_to: 'm1' } });
    assert.ok(!(await other.all('listConversations')).some((one) => one.id === conversation.id));
  }
});

test('a text has 1 to 4,000 characters', async () => {
  for (const text of [undefined, null, '', ' \n ', 'x'.repeat(4001), 'a\u0000b', 'a\u001bb', 7]) await ana.invalid('/text', 'sendMessage', { id: conversation.id, body: { text } });
  assert.equal((await ana.get('sendMessage', { id: conversation.id, body: { text: '🌴'.repeat(4000) } })).text, '🌴'.repeat(4000));
  await ana.call('sendMessage', { id: conversation.id, body: { text: 'tab\tand\nline' } });
});

test('with an Idempotency-Key a message is written once', async () => {
  const call = { id: conversation.id, body: { text: 'once' }, headers: { 'Idempotency-Key': 'm-1' }, status: 201 };
  const [first, second] = [await ana.get('sendMessage', call), await ana.get('sendMessage', call)];
  assert.equal(second.id, first.id);
  await ana.refused('invalid', 'sendMessage', { ...call, status: undefined, body: { text: 'another' } });
  const his = await bo.get('sendMessage', { ...call, body: { text: 'another' } }); // keys are each person's own
  assert.notEqual(his.id, first.id);
});

test('messages are paged, newest first, and stay over a restart', async () => {
  const texts = (await ana.all('listMessages', { id: conversation.id, query: { limit: 3 } })).map((one) => one.id);
  assert.equal(new Set(texts).size, texts.length);
  const { next } = await ana.get('listMessages', { id: conversation.id, query: { limit: 2 } });
  await org.server.restart();
  assert.deepEqual((await ana.all('listMessages', { id: conversation.id, query: { limit: 200 } })).map((one) => one.id), texts);
  const second = await ana.get('listMessages', { id: conversation.id, query: { limit: 2, cursor: next } });
  assert.deepEqual(second.items.map((/** @type {any} */ one) => one.id), texts.slice(2, 4));
});

test('changed_after gives what changed at or after that instant', async () => {
  const [last] = (await ana.get('listConversations')).items;
  assert.ok((await ana.get('listConversations', { query: { changed_after: last.changed_at } })).items.some((/** @type {any} */ one) => one.id === last.id));
  const later = new Date(Date.parse(last.changed_at) + 1).toISOString();
  assert.equal((await ana.get('listConversations', { query: { changed_after: later } })).total, 0);
  await pause(5);
  await bo.call('sendMessage', { id: conversation.id, body: { text: 'news' } });
  const { items } = await ana.get('listConversations', { query: { changed_after: later } });
  assert.deepEqual(items.map((/** @type {any} */ one) => one.id), [conversation.id]);
  for (const changed_after of ['yesterday', '', '2026-13-01T00:00:00Z']) await ana.invalid('?changed_after', 'listConversations', { query: { changed_after } });
});
