// The server restarts under two thousand people. Who comes back within the grace was never away; who does not goes Offline
// once, as of then.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { metric } from '../lib/metrics.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { rawLive } from '../lib/raw.js';
import { Events } from '../lib/sse.js';

const kPeople = 2000;
const kStayAway = 100;
const kAtOnce = 100;
const kOffline = 4; // as the database has it

/**
 * Does this for all of them, some at a time.
 * @template T, R @param {T[]} all @param {(one: T, index: number) => Promise<R>} act @returns {Promise<R[]>}
 */
async function each(all, act) {
  /** @type {R[]} */
  const answers = [];
  for (let at = 0; at < all.length; at += kAtOnce) {
    answers.push(...(await Promise.all(all.slice(at, at + kAtOnce).map((one, index) => act(one, at + index)))));
  }
  return answers;
}

/** A person who is there, on bytes of their own: nothing but pings is to be answered. */
class Present {
  /** @param {import('../lib/organisation.js').Organisation} org @param {string} token */
  constructor(org, token) {
    this.client = org.server.client({ bearer: token });
    /** @type {import('../lib/raw.js').RawLive | undefined} */
    this.live = undefined;
    this.me = '';
  }

  async come() {
    this.live = await rawLive(this.client);
    this.live.send(JSON.stringify({ do: 'open', present: true, follow: { users: [] } }));
    const ready = JSON.parse(String(await this.live.next(1)));
    this.me = ready.me.user;
    return ready;
  }

  drop() {
    this.live?.close();
  }
}

/** @param {number} grace s */
async function crowd(grace) {
  // Nobody has to answer a ping while this lasts.
  const org = await organisation({ settings: { metrics_listen: '127.0.0.1:0', presence: { grace_s: grace, heartbeat_s: 300 } } });
  const rows = Array.from({ length: kPeople }, (_, index) => `person${index},Person ${index},Agent,,,`);
  await org.admin.call('importUsers', { raw: ['login,display_name,role,teams,locale,time_zone', ...rows, ''].join('\n') });
  const made = await org.server.cli(['token', 'add', '--all', '--scope', 'status', '--name', 'crowd']);
  assert.equal(made.code, 0, made.stderr);
  const people = made.stdout.split('\n').filter((line) => line.startsWith('person')).map((line) => new Present(org, line.split(',')[1]));
  assert.equal(people.length, kPeople);
  await each(people, (one) => one.come());
  return { org, people };
}

/** @typedef {import('../lib/organisation.js').Organisation} Organisation */

/** @param {Organisation} org @param {number} count */
const arePresent = (org, count) =>
  until(async () => (await metric(org.server, 'pastille_live_present_connections')) === count, { what: `${count} who are present` });

/** An entry without its `rev`, which each place that tells it rounds in its own way. @param {any} entry */
const withoutRev = ({ rev: _, ...entry }) => entry;

/** Everything of everybody that a wrong Offline would have left a trace in. @param {Organisation} org */
async function traces(org) {
  const { seq, users } = await org.admin.get('getBoard');
  return { seq, users: new Map(users.map((/** @type {any} */ one) => [one.user, withoutRev(one)])), rows: rows(org, 0).length };
}

/**
 * Own histories of all, the oldest first.
 * @param {Organisation} org @param {number} skip how many of them @returns {{at: number, type: number}[]}
 */
function rows(org, skip) {
  const query = `SELECT at, type FROM own_history ORDER BY id LIMIT -1 OFFSET ${skip}`;
  const out = execFileSync('sqlite3', ['-readonly', join(org.server.data, 'pastille.db'), query], { maxBuffer: 1 << 24 }).toString();
  return out.split('\n').filter(Boolean).map((line) => ({ at: Number(line.split('|')[0]), type: Number(line.split('|')[1]) }));
}

/** A stream of what changed after this position. @param {Organisation} org @param {string} epoch @param {number} seq */
async function changesSince(org, epoch, seq) {
  const stream = await Events.open(org.admin, { query: { follow: 'all', present: false }, headers: { 'Last-Event-ID': `${epoch}.${seq}` } });
  assert.equal((await stream.next('ready')).data.resumed, true);
  return stream;
}

/** @param {Events} stream @returns {any[]} */
const entriesIn = (stream) => stream.events.filter(({ event }) => event === 'changes').flatMap(({ data }) => data.users);

describe(`a server under ${kPeople} people`, () => {
  /** @type {Organisation} */
  let org;
  /** @type {Present[]} */
  let people = [];
  let slowest = 0; // of all coming back, ms

  before(async () => {
    ({ org, people } = await crowd(600));
  });
  after(async () => {
    for (const one of people) one.drop();
    await org?.close();
  });

  for (const [how, end] of /** @type {const} */ ([['SIGTERM', 'stop'], ['kill -9', 'kill']])) {
    test(`restarted after ${how}: all come back within the grace, and were not away for anybody`, async () => {
      await arePresent(org, kPeople);
      const before = await traces(org);
      assert.equal(before.users.size, kPeople);
      const { epoch } = await org.admin.get('getBoard');
      await org.server[end]();
      await org.server.start();
      const began = Date.now();
      const stream = await changesSince(org, epoch, before.seq);
      assert.deepEqual((await traces(org)).users, before.users, 'while nobody is back');
      await each(people, async (one) => {
        const { me } = await one.come();
        assert.deepEqual(withoutRev(me), before.users.get(one.me));
      });
      slowest = Math.max(slowest, Date.now() - began);
      await arePresent(org, kPeople);
      assert.deepEqual(await traces(org), before, 'no event, no row');
      assert.deepEqual(entriesIn(stream), []);
      stream.close();
    });
  }

  test(`restarted after kill -9: ${kStayAway} stay away and go Offline once each, as of then`, async () => {
    const before = await traces(org);
    const { epoch } = await org.admin.get('getBoard');
    const killed = Date.now();
    await org.server.kill();
    // Time enough, on this machine, for those who do come back.
    org.server.settings.presence.grace_s = Math.max(4, Math.ceil((4 * slowest) / 1000));
    await org.server.start();
    const stream = await changesSince(org, epoch, before.seq);
    const away = new Set(people.slice(0, kStayAway).map((one) => one.me));
    await each(people.slice(kStayAway), (one) => one.come());
    await until(async () => (await traces(org)).users.size === kPeople - kStayAway, { within: 60_000, what: 'that they are Offline' });
    const after = await traces(org);
    await until(() => entriesIn(stream).length >= kStayAway, { what: 'that all of them are told' });
    assert.deepEqual(entriesIn(stream).map((entry) => `${entry.type} ${entry.user}`).sort(), [...away].map((user) => `offline ${user}`).sort());
    assert.equal(after.seq, before.seq + kStayAway, 'one event each');
    for (const [user, entry] of before.users) assert.deepEqual(after.users.get(user), away.has(user) ? undefined : entry);
    const written = rows(org, before.rows);
    assert.deepEqual(written.map(({ type }) => type), Array(kStayAway).fill(kOffline), 'one row each');
    for (const { at } of written) assert.ok(at <= killed, `${new Date(at).toISOString()} is after ${new Date(killed).toISOString()}`);
    stream.close();
  });
});
