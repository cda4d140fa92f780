import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slugOf } from '../lib/contract.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { Server } from '../lib/server.js';
import { SmallDisk } from '../lib/small_disk.js';

test('a disk that fills under load refuses every change whole, goes on with reads, and takes changes again when there is space', async (t) => {
  const server = new Server();
  const disk = new SmallDisk(server.data, '6m');
  t.after(() => disk.unmount());
  t.after(() => server.kill());
  const org = await organisation({ server });
  const { admin } = org;
  const partner = await org.account('partner');
  const conversation = await admin.get('openConversation', { body: { with: partner.id } });
  const live = await Live.connect(admin);
  await live.follow({ all: true });

  /** @type {Set<string>} */
  const acknowledged = new Set();
  /** @type {Map<string, string>} ids of teams to their names */
  const teams = new Map();
  /** @type {any[]} */
  const refused = [];
  /** @type {Set<string>} */
  const refusedTeams = new Set();
  let load = true;
  /** @param {(i: number) => Promise<void>} change */
  const keepAt = async (change) => {
    for (let i = 0; load; i++) await change(i);
  };
  /** @param {any} answer */
  const refuse = (answer) => {
    assert.equal(answer.status, 503, JSON.stringify(answer.body));
    refused.push(answer);
  };
  const messages = async (/** @type {number} */ writer, /** @type {number} */ i) => {
    const answer = await admin.call('sendMessage', { id: conversation.id, body: { text: `${writer} ${i} ${'x'.repeat(2000)}` }, anyStatus: true });
    if (answer.status === 201) acknowledged.add(answer.body.id);
    else refuse(answer);
  };
  const work = [
    keepAt((i) => messages(1, i)),
    keepAt((i) => messages(2, i)),
    keepAt(async (i) => {
      const name = `Team ${i}`;
      const answer = await admin.call('createTeam', { body: { name }, anyStatus: true });
      if (answer.status === 201) teams.set(answer.body.id, name);
      else {
        refuse(answer);
        refusedTeams.add(name);
      }
    }),
  ];
  await until(() => acknowledged.size > 20 && teams.size > 5, { what: 'some changes' });
  disk.fill();
  await until(() => refused.length > 30, { what: 'refusals' });
  await live.next('stale');

  // While it is full: nothing changes, and who only reads sees nothing of it.
  const [held, heldTeams] = [acknowledged.size, teams.size];
  const before = refused.length;
  await until(() => refused.length > before + 100, { what: 'more refusals' });
  assert.deepEqual([acknowledged.size, teams.size], [held, heldTeams], 'a change was taken by a full disk');
  for (const answer of refused) {
    assert.ok(['stale', 'unavailable'].includes(String(slugOf(answer.body))), JSON.stringify(answer.body));
    assert.match(answer.body.detail, /saved|changes/i);
    assert.match(String(answer.headers['retry-after']), /^\d+$/);
  }
  const readiness = await fetch(`${server.origin}/readyz`);
  assert.equal(readiness.status, 503);
  assert.match(await readiness.text(), /no changes/);
  assert.equal((await fetch(`${server.origin}/healthz`)).status, 200);
  await admin.call('getMe');
  assert.equal((await admin.all('listTeams', { query: { limit: 200 } })).filter((one) => refusedTeams.has(one.name)).length, 0);
  assert.ok((await live.follow({ all: true })).has(admin.me.id));
  const problem = await live.refused('stale', { do: 'set', status_id: org.system.get('busy').id });
  assert.equal(problem.status, 503);
  assert.match(server.log, /Free some space/);

  disk.free();
  await live.next('fresh');
  await until(() => acknowledged.size > held && teams.size > heldTeams, { what: 'changes after space returned' });
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 200);
  await live.set({ status_id: org.system.get('busy').id, note: 'room again' });
  load = false;
  await Promise.all(work);

  await server.kill();
  await server.start();
  const kept = await admin.all('listMessages', { id: conversation.id, query: { limit: 200 } });
  assert.deepEqual(new Set(kept.map((one) => one.id)), acknowledged, 'exactly what was acknowledged is there');
  const present = await admin.all('listTeams', { query: { limit: 200 } });
  assert.deepEqual(new Map(present.map((one) => [one.id, one.name])), teams);
  const { code, stdout, stderr } = await server.cli(['doctor']);
  assert.ok(code === 0 || /running|held/.test(stdout + stderr), stdout + stderr);
});
