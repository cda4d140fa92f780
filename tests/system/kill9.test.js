import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawing } from '../lib/drawn.js';
import { organisation } from '../lib/organisation.js';
import { pause } from '../lib/patience.js';

const ROUNDS = Number(process.env.PASTILLE_KILL_ROUNDS ?? 100);

test(`kill -9 in ${ROUNDS} rounds of changes loses no acknowledged one`, async (t) => {
  const org = await organisation();
  t.after(() => org.close());
  const robot = await org.person('robot');
  const status = await org.token(robot, ['status']);
  const conversation = await robot.get('openConversation', { body: { with: org.admin.me.id } });
  const busy = org.system.get('busy').id;
  /** What was acknowledged. */
  const acknowledged = { statuses: new Map(), teams: new Set(), messages: new Map(), note: '' };
  const draw = drawing(t);
  let last = '';
  for (let round = 0; round < ROUNDS; round++) {
    let over = false;
    /** @param {(i: number) => Promise<void>} change */
    const keepAt = async (change) => {
      for (let i = 0; !over; i++) {
        try {
          await change(i);
        } catch (error) {
          if (over) return;
          // The server is gone: the one thing that may happen. An answer that is wrong is a fault.
          if (!/ECONN|socket hang up|EPIPE|aborted/.test(String(error))) throw error;
          return;
        }
      }
    };
    const work = [
      keepAt(async (i) => {
        const made = await org.admin.get('createStatus', { body: { name: `Status ${round} ${i}`, type: 'absent' }, status: 201 });
        acknowledged.statuses.set(made.id, made.name);
        await org.admin.call('deleteStatus', { id: made.id, status: 204 });
        acknowledged.statuses.delete(made.id);
      }),
      keepAt(async (i) => {
        const team = await org.admin.get('createTeam', { body: { name: `Team ${round} ${i}` }, status: 201 });
        acknowledged.teams.add(team.id);
        if (acknowledged.teams.size > 50) {
          const [oldest] = acknowledged.teams;
          acknowledged.teams.delete(oldest);
          await org.admin.call('deleteTeam', { id: oldest, status: 204 });
        }
      }),
      keepAt(async (i) => {
        const message = await robot.get('sendMessage', { id: conversation.id, body: { text: `message ${round} ${i}` }, status: 201 });
        acknowledged.messages.set(message.id, message.text);
      }),
      keepAt(async (i) => {
        last = `note ${round} ${i}`;
        await status.call('setMyStatus', { body: { status_id: busy, note: last }, status: 200 });
        acknowledged.note = last;
      }),
    ];
    await pause(20 + draw(80));
    over = true;
    await org.server.kill();
    await Promise.all(work);
    await org.server.start();

    const live = new Set((await org.admin.all('listStatuses', { query: { limit: 200 } })).map((one) => one.id));
    for (const [id, name] of acknowledged.statuses) {
      // The delete that followed may have been durable without an answer.
      if (!live.has(id)) assert.equal((await org.admin.all('listStatusHistory', { id }))[0].action, 'deleted', `round ${round}: ${name} is lost`);
    }
    acknowledged.statuses.clear();
    const teams = new Set((await org.admin.all('listTeams', { query: { limit: 200 } })).map((one) => one.id));
    for (const id of acknowledged.teams) assert.ok(teams.has(id), `round ${round}: team ${id} is lost`);
    const { pending } = await status.get('getMyStatus');
    if (acknowledged.note) assert.ok([acknowledged.note, last].includes(pending?.note), `round ${round}: ${pending?.note} in place of ${acknowledged.note}`);
  }
  const messages = new Map((await robot.all('listMessages', { id: conversation.id, query: { limit: 200 } })).map((one) => [one.id, one.text]));
  for (const [id, text] of acknowledged.messages) assert.equal(messages.get(id), text, `${text} is lost`);
  t.diagnostic(`${acknowledged.messages.size} messages acknowledged, ${messages.size} kept`);
  const doctor = await (async () => {
    await org.server.stop();
    return org.server.cli(['doctor']);
  })();
  assert.equal(doctor.code, 0, doctor.stdout + doctor.stderr);
});
