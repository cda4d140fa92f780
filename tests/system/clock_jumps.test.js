// Somebody sets the clock, or the machine sleeps, while people are there: nobody is wrongly Offline, nobody stays who left.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FakeClock } from '../lib/fake_clock.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { freshFolder, Server } from '../lib/server.js';

const hour = 3600;
const day = 24 * hour;

/** @param {number} seconds */
const shown = (seconds) => `${seconds < 0 ? 'back' : 'ahead'} ${Math.abs(seconds) === hour ? 'an hour' : '90 days'}`;

for (const steady of [false, true]) {
  describe(steady ? 'the machine slept' : 'the clock was set', () => {
    const folder = freshFolder();
    const clock = new FakeClock(folder, { steady });
    /** @type {import('../lib/organisation.js').Organisation} */
    let org;
    /** @type {any} */
    let lunch;
    let people = 0;
    before(async () => {
      const server = new Server({ folder, settings: { presence: { grace_s: 2, heartbeat_s: 1 } }, shell: clock.shell });
      org = await organisation({ server });
      lunch = await org.status('Lunch');
    });
    after(() => org?.close());

    /** All hear from the server on the new clock, twice. @param {Live[]} lives @param {number} offset */
    const hear = (lives, offset) =>
      Promise.all(lives.map(async (live) => {
        for (let beat = 0; beat < 2; beat++) await live.next('at', (frame) => Math.abs(Date.parse(frame.now) - Date.now() - offset * 1000) < 60_000);
      }));
    /** @param {Live} live @param {any} person */
    const showedOffline = (live, person) => live.frames.some((frame) => frame.is === 'changes' && frame.users.some((/** @type {any} */ one) => one.user === person.me.id && one.type === 'offline'));

    let slept = 0;
    // A steady clock never goes back.
    for (const jump of steady ? [hour] : [hour, -hour, 90 * day, -90 * day]) {
      test(`${shown(jump)}: who is there stays there, who leaves goes`, async () => {
        const [ana, bo, cy] = [await org.person(`ana${++people}`), await org.person(`bo${people}`), await org.person(`cy${people}`)];
        let watcher = await Live.connect(cy);
        await watcher.follow({ add: [ana.me.id, bo.me.id] });
        let staying = await Live.connect(ana);
        const set = await staying.set({ status_id: lunch.id, note: 'stays' });
        const leaving = await Live.connect(bo);
        await watcher.change(bo.me.id, (one) => one.type === 'connected');
        const history = (await ana.get('listMyHistory')).total;

        if (steady) {
          const position = watcher.position();
          clock.set((slept += jump));
          // Nobody was heard for so long: they are told to come again, which takes them a moment.
          for (const live of [staying, watcher, leaving]) await live.closes(4408);
          org.server.agent.destroy(); // connections that were kept for the next request have ended too
          staying = await Live.connect(ana);
          watcher = await Live.connect(cy, { open: { present: true, ...position, follow: { users: [ana.me.id, bo.me.id] } } });
          await hear([staying, watcher], slept);
        } else {
          clock.set(jump);
          await hear([staying, watcher], jump);
          await ana.call('getMe');
          clock.set(0);
          await hear([staying, watcher], 0);
          leaving.drop();
        }
        await ana.call('getMe');
        assert.deepEqual((await ana.get('getMyStatus')).entry, set, 'the status is what it was');
        assert.equal((await ana.get('listMyHistory')).total, history, 'and nothing came into the history');
        await until(async () => (await bo.get('getMyStatus')).entry.type === 'offline', { what: 'bo Offline' });
        assert.ok(!showedOffline(watcher, ana), 'nobody saw ana Offline');
        const again = await staying.set({ status_id: lunch.id, note: 'and goes on' });
        await watcher.change(ana.me.id, (one) => one.rev === again.rev);
        for (const live of [staying, watcher]) await live.close();
      });
    }

    if (steady) {
      test(`${shown(90 * day)}: whose session is too old by then has left`, async () => {
        const ana = await org.person('late');
        const live = await Live.connect(ana);
        await live.set({ status_id: lunch.id });
        clock.set((slept += 90 * day));
        await live.closed;
        org.server.agent.destroy();
        await ana.refused('not-signed-in', 'getMe');
        const admin = await org.signIn(org.admin.login);
        await until(async () => (await admin.get('getBoard')).users.every((/** @type {any} */ one) => one.type === 'offline'), { what: 'a board without ghosts' });
      });
    }

    test('the log says when the clock was set', async () => {
      const moved = /moved by -?\d+ minutes/;
      if (steady) assert.doesNotMatch(org.server.log, moved);
      else await until(() => moved.test(org.server.log), { what: 'the line' });
    });
  });
}
