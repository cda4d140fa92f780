// A backup that is taken under load is one moment of the organisation, row for row, and what is restored from it goes on.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Live } from '../lib/live.js';
import { rowsOf } from '../lib/old_data.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { Server } from '../lib/server.js';

/** Of a step in the history of a status (core/history.h). */
const deleted = 3;

/** Tables of which no row is ever changed or taken away while the test runs, with what numbers them. */
const added = { events: 'seq', status_history: 'id', messages: 'id', audit: 'id', own_history: 'id' };

test('under load: one moment of everything, row for row', async (t) => {
  const org = await organisation();
  t.after(() => org.close());
  const { server, admin } = org;
  const [ana, bo] = [await org.person('ana'), await org.person('bo')];
  const conversation = await ana.get('openConversation', { body: { with: bo.me.id } });
  const lives = [await Live.connect(ana), await Live.connect(bo)];
  /** @type {string[]} */
  const acknowledged = [];
  let load = true;
  const busy = org.system.get('busy').id;
  const work = [
    // Over HTTP: a live connection takes 20 frames a second, and this asks as fast as it is answered.
    ...[ana, bo].map(async (person) => {
      for (let i = 0; load; i++) await person.get('setMyStatus', { body: { status_id: busy, note: `note ${i}` } });
    }),
    (async () => {
      for (let i = 0; load; i++) acknowledged.push((await ana.get('sendMessage', { id: conversation.id, body: { text: `message ${i}` }, status: 201 })).text);
    })(),
    (async () => {
      for (let i = 0; load; i++) {
        const made = await admin.get('createStatus', { body: { name: `Status ${i}`, type: 'busy', tags: [`tag ${i % 7}`] }, status: 201 });
        if (i % 10) await admin.call('deleteStatus', { id: made.id });
      }
    })(),
  ];
  await until(() => acknowledged.length > 50, { what: 'messages' });
  const before = [...acknowledged];
  const file = join(server.folder, 'under-load.backup');
  const backup = await server.cli(['backup', file]);
  assert.equal(backup.code, 0, backup.stderr);
  const held = acknowledged.length;
  await until(() => acknowledged.length > held + 20, { what: 'messages after the backup' });
  load = false;
  await Promise.all(work);
  for (const live of lives) await live.close();
  await server.stop();

  const copy = rowsOf(file);
  const source = rowsOf(join(server.data, 'pastille.db'));
  const last = Math.max(...copy.events.map(({ seq }) => seq));
  for (const [table, number] of Object.entries(added)) {
    const most = Math.max(...copy[table].map((row) => row[number]));
    assert.ok(copy[table].length > 0, table);
    assert.deepEqual(copy[table], source[table].filter((row) => row[number] <= most), `${table}: every row up to ${most}, as it is in the source`);
  }
  const texts = new Set(copy.messages.map(({ text }) => text));
  for (const text of before) assert.ok(texts.has(text), `'${text}' was acknowledged before the backup began`);
  // One moment: what stands in the tables is what the events up to the last one say, of people and of definitions.
  for (const table of ['statuses', 'presence']) assert.ok(copy[table].every(({ rev }) => rev <= last), `a ${table} row is newer than the last event`);
  const live = new Set(copy.statuses.filter(({ deleted }) => !deleted).map(({ id }) => id));
  const steps = new Map(copy.status_history.map(({ status, action }) => [status, action]));
  for (const [status, action] of steps) assert.equal(live.has(status), action !== deleted, `status ${status}: its last step is ${action}`);

  const other = new Server();
  t.after(() => other.close());
  const restored = await other.cli(['restore', file]);
  assert.equal(restored.code, 0, restored.stderr);
  assert.deepEqual(rowsOf(join(other.data, 'pastille.db')), copy, 'the restored database is the backup');
  const doctor = await other.cli(['doctor']);
  assert.equal(doctor.code, 0, doctor.stdout + doctor.stderr);
  await other.start();
  const there = other.client({ cookie: ana.cookie });
  const again = await Live.connect(there, { open: { present: true, epoch: lives[0].epoch, seq: last } });
  assert.notEqual(again.ready.epoch, lives[0].epoch);
  await again.close();
});
