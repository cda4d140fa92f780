// Stopping: under load nothing acknowledged is lost, nobody can hold it up for long, and it can be ended at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { Raw, rawLive, upgradeRequest } from '../lib/raw.js';

/** @param {import('node:test').TestContext} t */
async function fresh(t) {
  const org = await organisation();
  t.after(() => org.close());
  return org;
}
/** Signals it; the end is what `server.ended` says. @param {import('../lib/server.js').Server} server @param {NodeJS.Signals} [signal] */
const signal = (server, signal = 'SIGTERM') => server.child?.kill(signal);
/** @param {import('../lib/server.js').Server} server */
const forget = (server) => (server.child = undefined);

test('under load: every acknowledged change is there afterwards, every client is told, and it ends within 5 s', async (t) => {
  const org = await fresh(t);
  const people = await Promise.all(['ana', 'bo', 'cy', 'di'].map((login) => org.person(login)));
  const lives = await Promise.all(people.map((person) => Live.connect(person, { open: { present: true, follow: { all: true } } })));
  /** @type {Map<string, {note: string, rev: number}>} the last that was acknowledged */
  const acknowledged = new Map();
  let count = 0;
  const writers = people.map(async (person, i) => {
    for (let n = 0; ; n++) {
      const note = `${person.login} ${n}`;
      try {
        const answer = await person.call('setMyStatus', { body: { status_id: org.system.get('busy').id, note }, anyStatus: true });
        if (answer.status === 200) {
          acknowledged.set(person.me.id, { note, rev: answer.body.entry.rev });
          count++;
        } else {
          assert.equal(answer.status, 503, answer.text);
          return;
        }
      } catch (error) {
        assert.match(String(error), /ECONN|socket hang up|EPIPE/, `writer ${i}`);
        return;
      }
    }
  });
  await until(() => count > 200, { what: '200 changes' });
  await org.server.stop(); // asserts the time and the exit code
  await Promise.all(writers);
  for (const live of lives) await live.closes(1012);
  await org.server.start();
  for (const person of people) {
    const { entry } = await person.get('getMyStatus');
    const last = acknowledged.get(person.me.id);
    assert.ok(last && entry.rev >= last.rev, `${entry.note} is older than ${last?.note}`);
  }
});

test('a client that does not answer the close holds it up for two seconds and no longer', async (t) => {
  const { server, admin } = await fresh(t);
  const mute = await rawLive(admin, { allowHalfOpen: true });
  const began = Date.now();
  await server.stop();
  assert.ok(Date.now() - began >= 1_900, 'the client had its two seconds');
  mute.raw.close();
  await server.start();
});

test('who is just being let in when it stops is told so too', async (t) => {
  const { server, admin } = await fresh(t);
  const waiting = await Promise.all(Array.from({ length: 100 }, () => Raw.connect(server.origin)));
  signal(server, 'SIGSTOP'); // so that it finds the requests and the signal together
  for (const each of waiting) each.write(upgradeRequest(admin));
  signal(server);
  signal(server, 'SIGCONT');
  const received = await Promise.all(waiting.map((each) => each.until((_, ended) => ended)));
  assert.deepEqual(await server.ended, { code: 0, signal: null });
  forget(server);
  const letIn = received.filter((bytes) => bytes.includes('HTTP/1.1 101'));
  const told = letIn.filter((bytes) => bytes.includes('\x03\xF4', 0, 'latin1'));
  assert.equal(told.length, letIn.length, 'all that were let in');
  await server.start();
});

for (const [first, second] of /** @type {[NodeJS.Signals, NodeJS.Signals][]} */ ([['SIGTERM', 'SIGINT'], ['SIGINT', 'SIGTERM']])) {
  test(`${second} after ${first} ends it at once, with 1`, async (t) => {
    const { server, admin } = await fresh(t);
    const mute = await rawLive(admin, { allowHalfOpen: true });
    signal(server, first);
    await mute.raw.until((received) => received.includes('\x03\xF4', 0, 'latin1')); // 1012: it is stopping
    signal(server, second);
    assert.deepEqual(await server.ended, { code: 1, signal: null }, 'it did not wait for the client');
    forget(server);
    await server.start();
  });
}

test('SIGHUP while stopping changes nothing', async (t) => {
  const { server, admin } = await fresh(t);
  const mute = await rawLive(admin, { allowHalfOpen: true });
  signal(server);
  await mute.raw.until((received) => received.includes('\x03\xF4', 0, 'latin1'));
  signal(server, 'SIGHUP');
  assert.deepEqual(await server.ended, { code: 0, signal: null });
  forget(server);
  await server.start();
});
