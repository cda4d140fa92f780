// Two nodes on one PostgreSQL: what is done at one is done at the other.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cluster } from '../lib/cluster.js';
import { slugOf } from '../lib/contract.js';
import { isSame } from '../lib/entries.js';
import { Live } from '../lib/live.js';
import { PASSWORD } from '../lib/organisation.js';
import { patient, until } from '../lib/patience.js';
import { sql } from '../lib/postgres.js';
import { freshFolder, invitationIn, ownDatabase, Server } from '../lib/server.js';
import { Events } from '../lib/sse.js';

const kGrace = 2; // s
const kSoon = 1000; // ms in which the other node tells it
const kRaces = 20;

/** @typedef {import('../lib/organisation.js').Person} Person */

/** @type {Cluster} */
let cluster;
/** @type {Cluster['org']} */
let org;
/** The same people at both nodes. @type {Person[]} */
let admin;
/** @type {Person[]} */
let ana;
/** @type {Person[]} */
let bo;

/** @param {Person} who */
const atBoth = (who) => [0, 1].map((node) => cluster.at(node, who));

before(async () => {
  cluster = await Cluster.start({ count: 2, settings: { presence: { grace_s: kGrace } } });
  org = cluster.org;
  admin = atBoth(org.admin);
  ana = atBoth(await org.person('ana'));
  bo = atBoth(await org.person('bo'));
});
after(() => cluster?.close());

/** So that another node answers after this. @param {{headers: import('node:http').IncomingHttpHeaders}} answer */
const following = ({ headers }) => ({ 'Pastille-Position': String(headers['pastille-position']) });

const all = { open: { present: true, follow: { all: true } } };
const watching = { open: { present: false, follow: { all: true } } };
/** @param {any} frame with changes */
const aboutAna = ({ users }) => users.some((/** @type {any} */ one) => one.user === ana[0].me.id);

test('both show the same, with one epoch and one seq', async () => {
  const { users } = await cluster.agree();
  assert.deepEqual(users, [], 'nobody is there yet');
});

test('a status is seen at the other node within a second, both ways', async () => {
  for (const [here, there] of [[0, 1], [1, 0]]) {
    const watcher = await Live.connect(bo[there], all);
    const live = await Live.connect(ana[here]);
    for (const note of ['one', 'two', 'three']) {
      const entry = await live.set({ status_id: org.system.get('busy').id, note });
      isSame(await watcher.change(ana[0].me.id, (one) => one.note === note, kSoon), entry);
    }
    await ana[here].call('setMyStatus', { body: { status_id: org.system.get('absent').id, note: 'over HTTP' } });
    await watcher.change(ana[0].me.id, (one) => one.note === 'over HTTP', kSoon);
    await live.close();
    await watcher.close();
  }
});

test('statuses, people, teams and one\'s own rights reach live connections of the other node within a second', async () => {
  const live = await Live.connect(bo[1], all);
  const boss = await Live.connect(admin[1], watching);
  const made = await admin[0].get('createStatus', { body: { name: 'Lunch', type: 'absent' }, status: 201 });
  await live.next('catalogue', ({ statuses }) => statuses.some((/** @type {any} */ one) => one.id === made.id && one.name === 'Lunch'), kSoon);
  assert.equal((await bo[1].get('listStatuses', { query: { q: 'lunch' } })).total, 1);
  await admin[0].call('patchStatus', { id: made.id, body: { name: 'Dinner' } });
  await live.next('catalogue', ({ statuses }) => statuses.some((/** @type {any} */ one) => one.name === 'Dinner'), kSoon);
  await admin[0].call('deleteStatus', { id: made.id, status: 204 });
  await live.next('catalogue', ({ gone }) => gone.includes(made.id), kSoon);
  await admin[0].get('createTeam', { body: { name: 'North' }, status: 201 });
  await boss.next('config', ({ what }) => what === 'teams', kSoon);
  const { id } = await org.account('newcomer');
  await live.next('people', ({ users }) => users.some((/** @type {any} */ one) => one.id === id), kSoon);
  const role = await org.role(['audit.read']);
  await admin[0].call('patchUser', { id: bo[0].me.id, body: { role_id: role.id } });
  await live.next('self', ({ permissions }) => permissions.includes('audit.read'), kSoon);
  assert.ok((await bo[1].get('listAudit')).total > 0);
  await live.close();
  await boss.close();
});

test('a message and that it was read reach the other node within a second', async () => {
  const [anaLive, boLive] = [await Live.connect(ana[0]), await Live.connect(bo[1])];
  const { id } = await ana[0].get('openConversation', { body: { with: bo[0].me.id }, status: 201 });
  const message = await ana[0].get('sendMessage', { id, body: { text: 'Coffee?' }, status: 201 });
  assert.deepEqual((await boLive.next('message', () => true, kSoon)).message, message);
  const theirs = (await bo[1].get('listConversations')).items[0];
  assert.deepEqual([theirs.id, theirs.unread, theirs.last_message], [id, 1, message]);
  await bo[1].call('markRead', { id, body: { up_to: message.id } });
  await anaLive.next('read', ({ user, up_to }) => user === bo[0].me.id && up_to === message.id, kSoon);
  assert.equal((await ana[0].get('listConversations')).items[0].partner_read_up_to, message.id);
  await anaLive.close();
  await boLive.close();
});

test('a message that is sent again to the other node is one message', async () => {
  const { id } = await ana[0].get('openConversation', { body: { with: bo[0].me.id } });
  const call = { id, body: { text: 'once' }, headers: { 'Idempotency-Key': 'once' } };
  const [first, ...others] = await Promise.all([0, 1, 0, 1].map((node) => ana[node].get('sendMessage', call)));
  for (const other of others) assert.deepEqual(other, first);
  const messages = await bo[1].all('listMessages', { id });
  assert.equal(messages.filter(({ text }) => text === 'once').length, 1);
});

test('signing out, being disabled and being signed out by others end the connections at the other node within a second', async () => {
  /** @type {[string, (who: Person) => Promise<unknown>][]} */
  const ways = [
    ['out', (who) => who.call('signOut', { status: 204 })],
    ['disabled', (who) => admin[0].call('patchUser', { id: who.me.id, body: { active: false } })],
    ['everywhere', (who) => admin[0].call('signOutUser', { id: who.me.id, status: 204 })],
  ];
  const watcher = await Live.connect(admin[1], watching);
  for (const [login, end] of ways) {
    const who = await org.person(login);
    const live = await Live.connect(cluster.at(1, who));
    await watcher.change(who.me.id, (one) => one.type === 'connected');
    await end(who);
    await live.closes(4401, kSoon);
    await cluster.at(1, who).refused('not-signed-in', 'getMe');
    await watcher.change(who.me.id, (one) => one.type === 'offline', kSoon);
  }
  await watcher.close();
});

test('a session, a token and an invitation of one node are good at the other at once', async () => {
  for (let round = 0; round < 3; round++) {
    const client = cluster.nodes[round % 2].client();
    await client.signIn('ana', PASSWORD);
    const there = (round + 1) % 2;
    assert.equal((await cluster.at(there, client).get('getMe')).login, 'ana');
    const { token } = await ana[round % 2].get('createMyToken', { body: { name: `at once ${round}`, scopes: ['status'] }, status: 201 });
    const live = await Live.connect(cluster.nodes[there].client({ bearer: token }));
    await live.close();
    const made = await admin[round % 2].get('createUser', { body: { login: `invited${round}`, display_name: 'Invited', role_id: org.roles.get('Agent').id }, status: 201 });
    const invitation = invitationIn(made.invitation.link);
    const nobody = cluster.nodes[there].client();
    nobody.keepCookie(await nobody.call('acceptInvitation', { token: invitation, body: { password: PASSWORD }, status: 200 }));
    assert.equal((await cluster.at(round % 2, nobody).get('getMe')).login, `invited${round}`);
  }
});

test('an answer that carries the position of the other node is waited for', async () => {
  for (let round = 0; round < 50; round++) {
    const [here, there] = [round % 2, (round + 1) % 2];
    const answer = await ana[here].call('patchMe', { body: { display_name: `Ana ${round}` } });
    assert.match(String(answer.headers['pastille-position']), /^\S+\.\d+$/);
    const { body } = await ana[there].call('getMe', { headers: following(answer) });
    assert.equal(body.display_name, `Ana ${round}`);
  }
  const { epoch, seq } = await ana[0].get('getBoard');
  const began = Date.now();
  await ana[1].call('getMe', { headers: { 'Pastille-Position': `${epoch}.${seq + 1000}` }, status: 503 });
  assert.ok(Date.now() - began < patient(3000));
});

test('who asks for the newest is answered with what the other node has just told of', async () => {
  for (let round = 0; round < 50; round++) {
    const [here, there] = [round % 2, (round + 1) % 2];
    await ana[here].call('patchMe', { body: { display_name: `Newest Ana ${round}` } });
    const { display_name } = await ana[there].get('getMe', { headers: { 'Pastille-Position': 'newest' } });
    assert.equal(display_name, `Newest Ana ${round}`);
  }
});

test('of two who take one name at two nodes one gets it', async () => {
  for (let round = 0; round < kRaces; round++) {
    const name = `Wanted ${round}`;
    const answers = await Promise.all(admin.map((who) => who.call('createStatus', { body: { name, type: 'busy' }, anyStatus: true })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409], JSON.stringify(answers.map(({ body }) => body)));
    assert.equal(slugOf(answers.find(({ status }) => status === 409)?.body), 'name-taken');
  }
  assert.equal((await admin[1].get('listStatuses', { query: { q: 'Wanted' } })).total, kRaces);
});

test('of two who change one version at two nodes the second is told the newer one', async () => {
  let { body: status, etag, headers } = await admin[0].call('createStatus', { body: { name: 'Contested', type: 'busy' }, status: 201 });
  for (let round = 0; round < kRaces; round++) {
    const answers = await Promise.all(admin.map((who, node) =>
      who.call('patchStatus', { id: status.id, body: { name: `Contested ${round} ${node}` }, headers: { 'If-Match': etag, ...following({ headers }) }, anyStatus: true })));
    const [won, lost] = answers.sort((a, b) => a.status - b.status);
    assert.deepEqual([won.status, lost.status], [200, 412]);
    assert.equal(slugOf(lost.body), 'stale-version');
    assert.equal(lost.body.current.name, won.body.name);
    ({ etag, headers } = won);
  }
  const history = await admin[1].all('listStatusHistory', { id: status.id, query: { limit: 200 } });
  assert.equal(history.length, kRaces + 1, 'nothing was written over');
});

test('of two last administrators who step down at two nodes one stays', async () => {
  const [Administrator, Agent] = ['Administrator', 'Agent'].map((name) => org.roles.get(name).id);
  const second = atBoth(await org.person('second', { role_id: Administrator }));
  for (let round = 0; round < kRaces; round++) {
    const both = [admin[round % 2], second[(round + 1) % 2]];
    const answers = await Promise.all(both.map((who) => who.call('patchUser', { id: who.me.id, body: { role_id: Agent }, anyStatus: true })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409], JSON.stringify(answers.map(({ body }) => body)));
    const stayed = answers.findIndex(({ status }) => status === 409);
    assert.equal(slugOf(answers[stayed].body), 'last-administrator');
    const call = { id: both[1 - stayed].me.id, body: { role_id: Administrator }, headers: following(answers[1 - stayed]) };
    const back = await both[stayed].call('patchUser', call);
    for (const who of [...admin, ...second]) await who.call('getMe', { headers: following(back) });
  }
});

test('one leaves one node and resumes at the other, live and by events, and is told what changed and no more', async () => {
  const colleague = await Live.connect(bo[0]);
  const live = await Live.connect(ana[0], all);
  await live.board();
  await colleague.set({ status_id: org.system.get('busy').id, note: 'before' });
  await live.change(bo[0].me.id, (one) => one.note === 'before');
  const position = live.position();
  live.drop();
  const entry = await colleague.set({ status_id: org.system.get('busy').id, note: 'meanwhile' });
  const again = await Live.connect(ana[1], { open: { present: true, ...position, follow: { all: true } } });
  assert.deepEqual([again.ready.resumed, again.ready.epoch], [true, position.epoch]);
  isSame(await again.change(bo[0].me.id), entry);
  const stream = await Events.open(ana[1], { query: { follow: 'all', present: false }, headers: { 'Last-Event-ID': `${position.epoch}.${position.seq}` } });
  assert.equal((await stream.next('ready')).data.resumed, true);
  const { data } = await stream.next('changes');
  assert.equal(data.users.length, 1);
  isSame(data.users[0], entry);
  stream.close();
  await again.none('board');
  await again.close();
  await colleague.close();
});

test('one is Offline when the last connection at any node has gone, and nobody sees a move from one to the other', async () => {
  await until(async () => !(await admin[1].get('getBoard')).users.some((/** @type {any} */ one) => one.user === ana[0].me.id), { what: 'that she is Offline' });
  const watchers = await Promise.all(admin.map((who) => Live.connect(who, watching)));
  const nothing = () => Promise.all(watchers.map((one) => one.none('changes', aboutAna, (kGrace + 1) * 1000)));
  const first = await Live.connect(ana[0]);
  for (const watcher of watchers) await watcher.change(ana[0].me.id, (one) => one.type === 'connected');
  for (let round = 0; round < kRaces; round++) (await Live.connect(ana[1])).drop();
  const second = await Live.connect(ana[1]);
  await first.close();
  await nothing();
  second.drop();
  const back = await Live.connect(ana[0]);
  await nothing();
  await back.close();
  const gone = Date.now();
  for (const watcher of watchers) await watcher.change(ana[0].me.id, (one) => one.type === 'offline', (kGrace + 2) * 1000);
  assert.ok(Date.now() - gone >= kGrace * 1000 - 100, 'not without the grace');
  for (const watcher of watchers) await watcher.close();
});

test('at its end a status goes back once, whichever node sees that first', async () => {
  const watchers = await Promise.all(admin.map((who) => Live.connect(who, watching)));
  const lives = [await Live.connect(ana[0]), await Live.connect(ana[1])];
  for (const watcher of watchers) await watcher.change(ana[0].me.id, (one) => one.type === 'connected');
  const end = Date.now() + 1500;
  await lives[1].set({ status_id: org.system.get('busy').id, note: 'for a moment', until: new Date(end).toISOString() });
  for (const watcher of watchers) {
    await watcher.change(ana[0].me.id, (one) => one.note === 'for a moment');
    await watcher.change(ana[0].me.id, (one) => one.type === 'connected' && one.note === null);
  }
  assert.ok(Date.now() < end + patient(2000), `it took ${Date.now() - end} ms`);
  for (const watcher of watchers) await watcher.none('changes', aboutAna, 2500);
  assert.equal((await ana[0].all('listMyHistory')).filter(({ note }) => note === 'for a moment').length, 1);
  for (const one of [...lives, ...watchers]) await one.close();
});

test('nodes that are started at once on an empty database make one organisation', async (t) => {
  const folders = [1, 2, 3].map(freshFolder);
  const database = ownDatabase(folders[0]);
  const nodes = folders.map((folder) => new Server({ folder, database }));
  t.after(() => Promise.all(nodes.map((node) => node.close())));
  await Promise.all(nodes.map((node) => node.start()));
  assert.equal(await sql(database, 'SELECT count(*) FROM epochs'), '1');
  assert.equal(await sql(database, 'SELECT count(*) FROM statuses'), '5');
  const links = nodes.flatMap(({ lines }) => lines).filter((line) => line.startsWith('First administrator: '));
  assert.ok(links.length >= 1);
  const made = [];
  for (const [index, link] of links.entries()) {
    const token = String(/invitation=([^ &]+)/.exec(link)?.[1]);
    const body = { login: 'first', display_name: 'First', password: PASSWORD };
    const answer = await nodes[index].client().call('acceptInvitation', { token, body, anyStatus: true });
    if (answer.status === 200) made.push(index);
  }
  assert.equal(made.length, 1, 'one of the links is good, once');
  const body = { login: 'first', password: PASSWORD };
  for (const node of nodes) {
    await until(async () => (await node.client().call('signIn', { body, anyStatus: true })).status === 200, { within: kSoon, what: 'the first sign-in at each' });
  }
});
