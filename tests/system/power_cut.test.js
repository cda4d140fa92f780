// The power is cut under a server at work: what it had acknowledged is there afterwards, and of nothing half.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { LoopDisk } from '../lib/loop_disk.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { Server } from '../lib/server.js';

const ROUNDS = Math.ceil(Number(process.env.PASTILLE_KILL_ROUNDS ?? 100) / 25);

test(`a power cut in ${ROUNDS} rounds of changes loses no acknowledged one`, async (t) => {
  const server = new Server();
  const disk = new LoopDisk(join(server.folder, 'disk'), join(server.folder, 'mount'));
  t.after(async () => {
    await server.kill();
    disk.unmount();
  });
  server.data = join(disk.folder, 'data');
  const org = await organisation({ server });
  const { admin } = org;
  const robot = await org.person('robot');
  const conversation = await robot.get('openConversation', { body: { with: admin.me.id } });
  /** @type {Map<string, string>} */
  const statuses = new Map();
  /** @type {Map<string, string>} */
  const messages = new Map();

  for (let round = 0; round < ROUNDS; round++) {
    /** Changes until it is refused or not answered. @param {(i: number) => Promise<boolean>} change */
    const keepAt = async (change) => {
      for (let i = 0; ; i++) {
        try {
          if (!(await change(i))) return;
        } catch (error) {
          assert.match(String(error), /ECONN|socket hang up|EPIPE|aborted/);
          return;
        }
      }
    };
    const before = statuses.size + messages.size;
    const work = [1, 2, 3, 4].map((writer) =>
      keepAt(async (i) => {
        const name = `${round} ${writer} ${i}`;
        const made = writer === 1
          ? await admin.call('createStatus', { body: { name, type: 'absent' }, anyStatus: true })
          : await robot.call('sendMessage', { id: conversation.id, body: { text: name }, anyStatus: true });
        if (made.status !== 201) {
          assert.equal(made.status, 503, made.text);
          return false;
        }
        (writer === 1 ? statuses : messages).set(made.body.id, name);
        return true;
      }));
    await until(() => statuses.size + messages.size > before + 150, { what: 'changes' });
    disk.cut({ journal: round % 2 === 1 });
    await until(async () => (await fetch(`${server.origin}/readyz`)).status === 503, { what: 'the server to see it' });
    // Who asks from now on is refused; of what was on its way nobody can say what became of it.
    const refused = await admin.call('createTeam', { body: { name: `Team ${round}` }, anyStatus: true });
    await server.kill();
    await Promise.all(work);
    assert.equal(refused.status, 503, refused.text);
    disk.unmount();
    disk.mount();
    const doctor = await server.cli(['doctor']);
    assert.equal(doctor.code, 0, doctor.stdout + doctor.stderr);
    await server.start();

    const live = new Map((await admin.all('listStatuses', { query: { limit: 200 } })).map((one) => [one.id, one.name]));
    for (const [id, name] of statuses) assert.equal(live.get(id), name, `round ${round}: status ${name} is lost`);
    for (const id of [...live.keys()].slice(-5)) {
      const history = await admin.all('listStatusHistory', { id });
      assert.ok(history.some(({ action }) => action === 'created'), `round ${round}: half of ${id}`);
    }
    const kept = new Map((await robot.all('listMessages', { id: conversation.id, query: { limit: 200 } })).map((one) => [one.id, one.text]));
    for (const [id, text] of messages) assert.equal(kept.get(id), text, `round ${round}: message ${text} is lost`);
    // There is room for 500 statuses.
    for (const [id, name] of live) if (/^\d+ \d+ \d+$/.test(name)) await admin.call('deleteStatus', { id, status: 204 });
    statuses.clear();
  }
  await server.stop();
});
