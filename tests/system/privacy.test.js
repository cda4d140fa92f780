// docs/privacy.md: what one showed and wrote is one's own. A marker stands in notes and a message; then it is looked
// for in everything that an administrator and an operator get to see.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { everyOperation } from '../lib/access.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { Events } from '../lib/sse.js';

const MARKER = 'zanzibar-marker';
const DAY = 86400e3;

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
/** @type {Live & {ready: any}} */
let live;
/** @type {any} */
let conversation;
/** Before anything was shown. */
let position = { epoch: '', seq: 0 };
/** @type {string} */
let busy;

before(async () => {
  org = await organisation({ settings: { metrics_listen: '127.0.0.1:0', log_level: 'debug' } });
  ana = await org.person('ana');
  bo = await org.person('bo');
  busy = org.system.get('busy').id;
  const watcher = await Live.connect(org.admin, { open: { present: false } });
  position = watcher.position();
  await watcher.close();
  live = await Live.connect(ana);
  for (const number of [1, 2, 3]) await live.set({ status_id: busy, note: `${MARKER} ${number}` });
  await live.clear();
  conversation = await ana.get('openConversation', { body: { with: bo.me.id } });
  await ana.call('sendMessage', { id: conversation.id, body: { text: `${MARKER} in a message` }, headers: { 'Idempotency-Key': 'one' } });
});
after(async () => {
  await live?.close();
  await org?.close();
});

/** @param {import('../lib/organisation.js').Person} who */
const notes = async (who) => (await who.all('listMyHistory')).map(({ note }) => note).filter(Boolean);

describe('what one showed', () => {
  test('is read by oneself, whole, page by page', async () => {
    const items = await ana.all('listMyHistory', { query: { limit: 2 } });
    assert.deepEqual(items.map(({ type, note }) => [type, note]), [
      ['connected', null],
      ['busy', `${MARKER} 3`],
      ['busy', `${MARKER} 2`],
      ['busy', `${MARKER} 1`],
      ['connected', null],
    ]);
    assert.ok(items.every(({ from }) => !Number.isNaN(Date.parse(from))));
  });

  test('and by no token, not even one’s own', async () => {
    const robot = await org.token(ana, ['read', 'status']);
    await robot.refused('scope-missing', 'listMyHistory');
    await robot.refused('scope-missing', 'eraseMyHistory');
  });

  test('is in no answer that an administrator or a colleague gets', async () => {
    const status = await org.status('Lunch');
    const team = await org.team('North');
    /** @type {[string, string[]][]} */
    const ids = [
      ['/statuses', [status.id, busy]],
      ['/users', [ana.me.id]],
      ['/teams', [team.id]],
      ['/roles', [org.roles.get('Agent').id]],
      ['/conversations', [conversation.id]],
    ];
    let answered = 0;
    for (const op of everyOperation.filter((each) => each.method === 'GET' && !each.path.startsWith('/live'))) {
      for (const id of ids.find(([start]) => op.path.startsWith(start))?.[1] ?? ['x1']) {
        for (const who of op.path.startsWith('/conversations') ? [org.admin] : [org.admin, bo]) {
          const answer = await who.call(op.id, { id, token: 'unknown', anyStatus: true });
          assert.ok(!answer.text.includes(MARKER), `${op.id} tells ${who.login}: ${answer.text.slice(0, 500)}`);
          if (answer.status === 200) answered++;
        }
      }
    }
    assert.ok(answered >= 35, `${answered} answers are all`);
    await org.admin.refused('not-found', 'listMessages', { id: conversation.id });
    assert.deepEqual((await org.admin.all('listAudit')).filter(({ action }) => /own-status|history/.test(action)), []);
  });

  test('nor is it made up for on the live connection, from a position before it', async () => {
    const socket = await Live.connect(org.admin, { open: { present: false, ...position, follow: { all: true } } });
    assert.equal(socket.ready.resumed, true);
    await socket.change(ana.me.id, ({ type }) => type === 'connected');
    const events = await Events.open(org.admin, { query: { follow: 'all', present: false, epoch: position.epoch, seq: position.seq } });
    await events.next('changes');
    for (const frames of [socket.frames, events.events]) assert.ok(!JSON.stringify(frames).includes(MARKER));
    events.close();
    await socket.close();
  });

  test('is in no line of the log and in no metric', async () => {
    const address = /metrics.*?(127\.0\.0\.1:\d+)/i.exec(org.server.lines.join('\n') + org.server.log)?.[1];
    const metrics = await (await fetch(`http://${address}/metrics`)).text();
    assert.match(metrics, /pastille_changes_total/);
    assert.match(org.server.log, /request/);
    for (const text of [metrics, org.server.log, org.server.lines.join('\n')]) {
      for (const secret of [MARKER, 'correct horse', 'Ana']) assert.ok(!text.includes(secret), secret);
    }
    assert.ok(!metrics.includes(`"${ana.me.id}"`));
  });
});

describe('the database', () => {
  const sql = (/** @type {string} */ text) => execFileSync('sqlite3', ['-readonly', join(org.server.data, 'pastille.db'), text]).toString().trim();

  test('has no table but those that docs/privacy.md accounts for', () => {
    const tables = sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").split('\n');
    const impersonal = ['epochs', 'meta', 'roles', 'statuses', 'teams'];
    const personal = ['answers', 'audit', 'conversations', 'events', 'invitations', 'messages', 'own_history', 'people', 'presence', 'sessions', 'status_history', 'tokens'];
    assert.deepEqual(tables, [...impersonal, ...personal].sort());
  });

  test('holds no address of those who are connected', () => {
    const dump = sql('.dump');
    assert.match(dump, /INSERT INTO sessions/);
    assert.ok(!dump.includes('127.0.0.1'));
    assert.match(org.server.log, /127\.0\.0\.1/, 'the log has them');
  });

  test('keeps the last choice and how far one has read when the history is erased', async () => {
    const di = await org.person('di');
    const there = await Live.connect(di);
    await there.set({ status_id: busy, note: 'gone with the history' });
    await there.clear();
    await there.set({ status_id: busy });
    await di.call('eraseMyHistory', { status: 204 });
    assert.equal(sql(`SELECT last_chosen FROM presence WHERE user = ${di.me.id.slice(1)}`), busy.slice(1));
    assert.deepEqual(await notes(di), []);
    await there.close();
    const message = (await bo.get('listMessages', { id: conversation.id })).items[0];
    await bo.call('markRead', { id: conversation.id, body: { up_to: message.id } });
    const seen = (await ana.all('listConversations')).find(({ id }) => id === conversation.id);
    assert.equal(seen.partner_read_up_to, message.id);
  });
});

describe('own history', () => {
  test('is kept for 30 days after a step ended, and no longer', async () => {
    await live.close();
    await org.server.stop();
    const file = join(org.server.data, 'pastille.db');
    const sql = (/** @type {string} */ text) => execFileSync('sqlite3', [file, text]).toString().trim();
    const ended = (/** @type {number} */ number, /** @type {number} */ ms) => `UPDATE own_history SET at = at - ${ms} WHERE note = '${MARKER} ${number}'`;
    // A step ends when the next begins: the first an hour too long ago, the second an hour short of it.
    sql([ended(1, 40 * DAY), ended(2, 30 * DAY + 3600e3), ended(3, 30 * DAY - 3600e3)].join(';'));
    sql(`UPDATE own_history SET at = at - ${50 * DAY} WHERE id = (SELECT min(id) FROM own_history WHERE user = (SELECT user FROM own_history WHERE note = '${MARKER} 1'))`);
    await org.server.start();
    await until(async () => (await notes(ana)).length < 3, { what: 'the purge' });
    assert.deepEqual(await notes(ana), [`${MARKER} 3`, `${MARKER} 2`]);
  });

  test('is erased by the person, and by nobody for somebody else', async () => {
    live = await Live.connect(ana);
    await live.set({ status_id: busy, note: 'now' });
    await org.admin.call('eraseMyHistory', { status: 204 });
    await bo.call('eraseMyHistory', { status: 204 });
    assert.equal((await notes(ana)).length, 3, 'others erased their own');
    await ana.call('eraseMyHistory', { status: 204 });
    assert.deepEqual(await notes(ana), ['now'], 'what is shown begins anew');
    const shown = await bo.get('getBoard');
    assert.equal(shown.users.find((/** @type {any} */ one) => one.user === ana.me.id).note, 'now', 'nothing else changed');
  });

  test('goes with the person who is erased, and nobody finds the name any more', async () => {
    await org.admin.call('patchUser', { id: ana.me.id, body: { active: false } });
    await live.closes(4401);
    await org.admin.call('eraseUser', { id: ana.me.id, status: 204 });
    await org.admin.refused('not-found', 'getUser', { id: ana.me.id });
    for (const operation of ['listUsers', 'getDirectory', 'getBoard', 'listAudit']) {
      assert.ok(!(await org.admin.call(operation)).text.includes('Ana'), operation);
    }
    const kept = (await bo.get('listMessages', { id: conversation.id })).items;
    assert.equal(kept[0].text, `${MARKER} in a message`, 'what was written stays with whom it was written to');
    const rows = execFileSync('sqlite3', ['-readonly', join(org.server.data, 'pastille.db'), "SELECT count(*) FROM own_history WHERE note <> ''"]);
    assert.equal(rows.toString().trim(), '0');
  });
});
