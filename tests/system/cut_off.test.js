// Clients that are gone without a word: their packets are lost, or they are frozen.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Live } from '../lib/live.js';
import { metric } from '../lib/metrics.js';
import { organisation } from '../lib/organisation.js';
import { patient, pause, until } from '../lib/patience.js';
import { inPrivateNetwork, isPrivate, Lost } from '../lib/private_network.js';
import { Events } from '../lib/sse.js';

/** @typedef {import('../lib/organisation.js').Person} Person */

const program = fileURLToPath(new URL('../clients/returning.js', import.meta.url));

class Returning {
  /** @param {import('node:test').TestContext} t @param {Person} person @param {string} address that it comes from */
  constructor(t, person, address) {
    this.person = person;
    this.child = spawn(process.execPath, [program, person.server.origin, String(person.cookie), address], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.arrivals = 0;
    this.child.stdout.on('data', (chunk) => (this.arrivals += String(chunk).split('here').length - 1));
    t.after(() => this.child.kill('SIGKILL'));
  }

  /** @param {number} times in all */
  async arrived(times) {
    await until(() => this.arrivals >= times, { what: `arrival ${times} of ${this.person.login}` });
  }
}

/**
 * Two people who show Busy, one of whom loses the network and one of whom is frozen; and a stream that watches, of someone
 * who is not there.
 * @param {import('node:test').TestContext} t @param {string} address @param {number} grace s
 */
async function aPair(t, address, grace) {
  const org = await organisation({ settings: { metrics_listen: '127.0.0.1:0', presence: { heartbeat_s: 2, grace_s: grace } } });
  t.after(() => org.close());
  const pair = [];
  for (const [login, from] of [['lost', address], ['frozen', '127.0.0.1']]) {
    const person = await org.person(login);
    const client = new Returning(t, person, from);
    await client.arrived(1);
    await person.get('setMyStatus', { body: { status_id: org.system.get('busy').id, note: login } });
    pair.push(client);
  }
  const watcher = await Events.open(org.admin, { query: { follow: 'all', present: false } });
  t.after(() => watcher.close());
  await watcher.next('board', (board) => !board.more);
  return { org, pair, watcher };
}

/** What everyone and what the person alone sees of them. @param {Person} person */
const seen = async (person) => ({ ...(await person.get('getMyStatus')), history: (await person.get('listMyHistory')).items });

/** @param {import('../lib/organisation.js').Organisation} org */
const present = (org) => metric(org.server, 'pastille_live_present_connections');

if (!isPrivate) inPrivateNetwork(import.meta.url, 'clients that are gone without a word, in a network of their own');
else {
  const lost = new Lost();

  describe('a client that is gone without a word', { concurrency: true }, () => {
    test('and stays away is found by the heartbeat, and Offline once after the grace', async (t) => {
      const address = '127.0.0.21';
      const { org, pair, watcher } = await aPair(t, address, 2);
      const before = await Promise.all(pair.map(({ person }) => seen(person)));
      const { seq } = await org.admin.get('getBoard');
      lost.cut(address);
      pair[1].child.kill('SIGSTOP');
      const cut = Date.now();
      for (const { person } of pair) {
        await watcher.next('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.user === person.me.id && one.type === 'offline'));
      }
      assert.equal((await org.admin.get('getBoard')).seq, seq + 2, 'one event each');
      assert.equal(await present(org), 0);
      for (const [index, { person }] of pair.entries()) {
        const { entry, history } = await seen(person);
        assert.equal(entry.type, 'offline');
        assert.equal(history.length, before[index].history.length + 1);
        assert.deepEqual([history[0].type, history[0].to, history[1].to], ['offline', null, history[0].from]);
        assert.ok(Date.parse(history[0].from) >= cut + 2000, 'not without the grace');
      }
      lost.mend(address);
      pair[1].child.kill('SIGCONT');
      for (const client of pair) {
        await client.arrived(2);
        assert.equal((await seen(client.person)).entry.type, 'connected');
      }
    });

    test('over events, too: what it is sent is not taken for what it got', async (t) => {
      const address = '127.0.0.24';
      const org = await organisation({ settings: { metrics_listen: '127.0.0.1:0', presence: { heartbeat_s: 2, grace_s: 1 } } });
      t.after(() => org.close());
      const ana = await org.person('ana');
      const stream = await Events.open(ana, { query: { present: true }, localAddress: address });
      t.after(() => stream.close());
      await until(async () => (await present(org)) === 1, { what: 'that she is there' });
      lost.cut(address);
      const cut = Date.now();
      await until(async () => (await seen(ana)).entry.type === 'offline', { within: 20_000, what: 'that she is Offline' });
      // Two heartbeats until something is sent and one and a half until it is given up, and the grace.
      assert.ok(Date.now() - cut < patient(10_000), `it took ${Date.now() - cut} ms`);
      lost.mend(address);
    });

    test('and comes back within the grace was not away for anybody', async (t) => {
      const address = '127.0.0.22';
      const { org, pair, watcher } = await aPair(t, address, 120);
      const before = await Promise.all(pair.map(({ person }) => seen(person)));
      const { seq } = await org.admin.get('getBoard');
      lost.cut(address);
      pair[1].child.kill('SIGSTOP');
      await until(async () => (await present(org)) === 0, { what: 'that the heartbeat finds both' });
      assert.deepEqual(await Promise.all(pair.map(({ person }) => seen(person))), before, 'within the grace');
      lost.mend(address);
      pair[1].child.kill('SIGCONT');
      for (const client of pair) await client.arrived(2);
      await until(async () => (await present(org)) === 2, { what: 'both connections' });
      assert.deepEqual(await Promise.all(pair.map(({ person }) => seen(person))), before, 'afterwards');
      assert.equal((await org.admin.get('getBoard')).seq, seq, 'no event');
      assert.deepEqual(watcher.events.filter(({ event }) => event === 'changes'), []);
    });

    test('for a moment keeps its connection, and gets what changed meanwhile', async (t) => {
      const address = '127.0.0.23';
      const org = await organisation({ settings: { metrics_listen: '127.0.0.1:0' } });
      t.after(() => org.close());
      const ana = await org.person('ana');
      const live = await Live.connect(ana, { localAddress: address });
      await live.follow({ all: true });
      const before = await seen(ana);
      lost.cut(address);
      const colleague = await Live.connect(org.admin);
      await colleague.set({ status_id: org.system.get('absent').id, note: 'said into the void' });
      await pause(500);
      assert.ok(!live.frames.some((frame) => JSON.stringify(frame).includes('into the void')));
      lost.mend(address);
      await live.change(org.admin.me.id, (one) => one.note === 'said into the void');
      assert.equal(live.end, null);
      assert.deepEqual(await seen(ana), before);
      await colleague.close();
      await live.close();
    });
  });
}
