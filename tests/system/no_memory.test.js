// Memory that cannot be had: one allocation of one kind of thread fails, and the server goes on whole or ends. What a
// client was told is there afterwards in both cases. tests/no_memory/failing_new.cc says what this covers.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { comeBack, HostileProvider } from '../lib/hostile_provider.js';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { binary, freshFolder, ownDatabase } from '../lib/server.js';

const program = join(dirname(binary), 'pastille_no_memory');
const rounds = Number(process.env.PASTILLE_MEMORY_ROUNDS ?? 4);
const seed = Number(process.env.PASTILLE_SEED ?? Date.now() % 1_000_000);

/** Numbers below `below` from a seed (Lehmer). @param {number} state */
const drawing = (state) => (/** @type {number} */ below) => (state = (state * 48_271) % 2_147_483_647) % below;

/**
 * By name, and about how many allocations one round of all() makes there; the lease of a node is renewed each second.
 * @type {Record<string, number>}
 */
const threads = { io: 4_000, writer: 3_000, reader: 300, passwords: 20, control: 2_000, lease: 1, provider: 100 };
const onPostgres = new Set(['lease']);

const provider = new HostileProvider();
before(() => provider.start());
after(() => provider.close());

/** @typedef {import('../lib/organisation.js').Organisation} Organisation */

/**
 * Something of everything that threads do. Nobody minds what does not work; what is acknowledged is remembered.
 * @param {Organisation} org @param {Set<string>} teams
 */
async function all(org, teams) {
  const { admin, server } = org;
  const name = `Team ${teams.size} ${process.hrtime.bigint()}`;
  await Promise.allSettled([
    admin.call('createTeam', { body: { name }, anyStatus: true }).then((answer) => answer.status === 201 && teams.add(name)),
    admin.call('setMyStatus', { body: { status_id: org.system.get('busy').id }, anyStatus: true }),
    admin.call('listAudit', { query: { limit: 200 }, anyStatus: true }),
    admin.call('listMyHistory', { anyStatus: true }),
    admin.call('getBoard', { anyStatus: true }),
    admin.call('importUsers', { query: { dry_run: true }, raw: 'login,display_name,role\nzoe,Zoe,Agent\n', anyStatus: true }),
    Live.connect(admin, { open: { present: true, follow: { all: true } } }).then((live) => live.socket.terminate()),
    server.client().signIn('visitor', PASSWORD), // so often that the oldest of their 50 sessions end
    server.cli(['user', 'list']),
    provider.begin(server).then((begun) => comeBack(begun, server)),
  ]);
}

/** Everything answers as it should. @param {Organisation} org */
async function isWhole(org) {
  const { admin, server } = org;
  const live = await Live.connect(admin, { open: { present: true, follow: { all: true } } });
  for (const note of [`one ${live.seq}`, `two ${live.seq}`]) {
    await admin.get('setMyStatus', { body: { status_id: org.system.get('busy').id, note } });
    await until(() => live.frames.some((frame) => frame.is === 'changes' && frame.users.some((/** @type {any} */ one) => one.note === note)), { what: `"${note}" on the board` });
  }
  live.socket.terminate();
  await admin.get('listAudit');
  await admin.get('listMyHistory');
  await server.client().signIn('admin', PASSWORD);
  assert.equal((await server.cli(['user', 'list'])).code, 0);
}

for (const [thread, most] of Object.entries(threads)) {
  test(`on the thread "${thread}" (seed ${seed})`, async (t) => {
    assert.ok(existsSync(program), `${program} does not exist: build pastille_no_memory`);
    const draw = drawing(seed + most);
    const folder = freshFolder();
    const settings = { oidc: { issuer: provider.issuer, client_id: 'desk', create_people: true } };
    const org = await organisation({ folder, settings, ...(onPostgres.has(thread) ? { database: ownDatabase(folder) } : {}) });
    await org.person('visitor');
    const { server } = org;
    t.after(() => org.close());
    const teams = new Set();
    const ends = { whole: 0, ended: 0 };
    for (let round = 0; round < rounds; round++) {
      await server.stop();
      const n = 1 + draw(most);
      server.program = program;
      process.env.PASTILLE_FAIL_NEW = `${thread} ${n}`;
      await server.start();
      server.child?.kill('SIGUSR1');
      const over = () => server.child?.exitCode !== null || server.child?.signalCode !== null;
      for (let turn = 0; turn < 100 && !over() && !server.log.includes('an allocation fails'); turn++) await all(org, teams);
      assert.match(server.log, /an allocation fails/, `${thread} made fewer than ${n} allocations`);
      const broken = await Promise.race([
        server.ended,
        isWhole(org).then(
          () => undefined,
          (error) => until(over, { within: 2_000, what: `the end after: ${error.stack}` }),
        ),
      ]);
      if (broken) {
        const end = await server.ended;
        assert.deepEqual(end, { code: 1, signal: null }, `allocation ${n}: ${server.log.slice(-2000)}`);
        assert.match(server.log, /a thread broke, and the process ends/);
        server.child = undefined;
        ends.ended++;
      } else ends.whole++;
      delete process.env.PASTILLE_FAIL_NEW;
      if (!server.child) await server.start();
      const there = new Set((await org.admin.all('listTeams', { query: { limit: 200 } })).map((one) => one.name));
      for (const name of teams) assert.ok(there.has(name), `${name} was acknowledged`);
    }
    t.diagnostic(`${ends.whole} times it went on, ${ends.ended} times it ended`);
  });
}
