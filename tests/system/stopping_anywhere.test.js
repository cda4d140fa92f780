// SIGTERM in whatever state the server is: it ends, by itself and whole. PASTILLE_STOP_ROUNDS says how often in each.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing } from '../lib/failing_calls.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { patient, until } from '../lib/patience.js';
import { Postgres } from '../lib/postgres.js';
import { Raw } from '../lib/raw.js';
import { freshFolder, Server } from '../lib/server.js';

const rounds = Number(process.env.PASTILLE_STOP_ROUNDS ?? 5);
const kStopWithin = 5_000; // ms, of the server itself

/** @typedef {import('../lib/organisation.js').Organisation} Organisation */

/**
 * Signals it and waits for its end. 1 is the end after kStopWithin, for what cannot be waited for.
 * @param {Server} server @param {number[]} codes that are right
 */
async function stops(server, codes) {
  const began = Date.now();
  server.child?.kill('SIGTERM');
  const end = await server.ended;
  server.child = undefined;
  assert.equal(end?.signal, null, `${end?.signal}: ${server.log.slice(-2000)}`);
  assert.ok(codes.includes(Number(end?.code)), `it ended with ${end?.code}: ${server.log.slice(-2000)}`);
  assert.doesNotMatch(server.log, /Sanitizer|runtime error:|a thread broke/);
  assert.ok(Date.now() - began < patient(kStopWithin + 1_500), `stopping took ${Date.now() - began} ms`);
}

/** Asks and does not care for the answer. @param {Promise<any>[]} asked */
const uncared = (asked) => asked.forEach((one) => one.catch(() => {}));

/** @param {Organisation} org */
function read(org) {
  uncared(Array.from({ length: 300 }, (_, i) => org.admin.call(i % 2 ? 'listAudit' : 'listMyHistory', { query: { limit: 200 }, anyStatus: true })));
}

/** @param {Organisation} org */
async function reading(org) {
  read(org);
  // One of them is answered: the others are under way, or wait.
  await org.admin.call('listAudit', { anyStatus: true });
}

/** @param {Organisation} org */
async function connecting(org) {
  await Promise.all(Array.from({ length: 40 }, () => Live.connect(org.admin, { open: { present: true, follow: { all: true } } })));
  const raw = await Promise.all(Array.from({ length: 300 }, () => Raw.connect(org.server.origin)));
  raw.forEach((one, i) => one.write(i % 3 ? 'GET /api/v1/board HTTP/1.1\r\n' : 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'));
}

/** @param {Organisation} org @param {number} round */
async function importing(org, round) {
  const lines = Array.from({ length: 3_000 }, (_, i) => `r${round}i${i},Person ${i},Agent`);
  uncared([org.admin.call('importUsers', { raw: ['login,display_name,role', ...lines, ''].join('\n'), anyStatus: true })]);
  uncared([org.server.cli(['user', 'import', '-', '--invitations'], { stdin: ['login,display_name,role', ...lines.map((line) => `c${line}`), ''].join('\n') })]);
  const before = (await org.admin.get('listUsers', { query: { limit: 1 } })).total;
  await until(async () => (await org.admin.get('listUsers', { query: { limit: 1 } })).total > before, { what: 'the first piece', every: 5 });
}

/** @type {[string, (org: Organisation, round: number) => Promise<void>][]} */
const states = [
  ['reads that wait for a reader', reading],
  ['many connections, idle, in the midst of a request, live', connecting],
  ['long work under way', importing],
];

for (const [state, bring] of states) {
  test(`with ${state}`, async (t) => {
    const org = await organisation();
    t.after(() => org.close());
    for (let round = 0; round < rounds; round++) {
      if (!org.server.child) await org.server.start();
      await bring(org, round);
      await stops(org.server, [0]);
    }
    await org.server.start();
    await org.admin.get('getMe');
  });
}

for (const calls of ['fdatasync,fsync', 'pwrite64']) {
  test(`with a disk that fails (${calls})`, async (t) => {
    const org = await organisation();
    const { server } = org;
    t.after(() => org.close());
    for (let round = 0; round < rounds; round++) {
      if (!server.child) await server.start();
      const over = await failing(Number(server.child?.pid), calls);
      uncared(Array.from({ length: 5 }, (_, i) => org.admin.call('createTeam', { body: { name: `Team ${round} ${i}` }, anyStatus: true })));
      await until(async () => (await fetch(`${server.origin}/readyz`)).status === 503, { what: 'a server that noticed' });
      await stops(server, [0, 1]);
      await over();
    }
    await server.start();
    await org.admin.get('createTeam', { body: { name: 'After all' }, status: 201 });
  });
}

for (const [how, halt] of /** @type {[string, (postgres: Postgres) => any][]} */ ([
  ['that went away', (postgres) => postgres.stop()],
  ['that says nothing', (postgres) => postgres.freeze()],
])) {
  test(`with a database ${how}`, async (t) => {
    const postgres = await Postgres.start();
    t.after(() => postgres.close());
    const url = postgres.url(await postgres.createDatabase('stopping'));
    const org = await organisation({ server: new Server({ folder: freshFolder(), database: url }) });
    t.after(() => org.close());
    for (let round = 0; round < rounds; round++) {
      if (!org.server.child) await org.server.start();
      await org.admin.get('getMe');
      await halt(postgres);
      read(org);
      uncared([org.admin.call('createTeam', { body: { name: `Team ${round}` }, anyStatus: true })]);
      await stops(org.server, [0, 1]);
      if (postgres.child) postgres.thaw();
      else await postgres.start();
    }
    await org.server.start();
    await org.admin.get('createTeam', { body: { name: 'After all' }, status: 201 });
  });
}
