import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing } from '../lib/failing_calls.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';

for (const calls of ['fdatasync,fsync', 'pwrite64', 'fdatasync,fsync,pwrite64']) {
  test(`EIO of ${calls} refuses changes until it is over, without a restart, and leaves none half done`, async (t) => {
    const org = await organisation();
    const { server, admin } = org;
    t.after(() => org.close());
    const live = await Live.connect(admin);
    /** @type {Map<string, string>} */
    const acknowledged = new Map();
    /** @type {string[]} */
    const refused = [];
    let [load, n] = [true, 0];
    const work = [0, 1, 2].map(async () => {
      while (load) {
        const name = `Team ${++n}`;
        const answer = await admin.call('createTeam', { body: { name }, anyStatus: true });
        if (answer.status === 201) acknowledged.set(answer.body.id, name);
        else {
          assert.equal(answer.status, 503, JSON.stringify(answer.body));
          assert.match(answer.body.detail, /saved|changes/i);
          refused.push(name);
        }
      }
    });
    for (let round = 0; round < 2; round++) {
      const [held, was] = [acknowledged.size, refused.length];
      await until(() => acknowledged.size > held + 10, { what: 'changes' });
      const over = await failing(Number(server.child?.pid), calls);
      try {
        await live.next('stale');
        // Whoever asks now is answered now, not when it is over, and reads go on.
        const change = await admin.call('createTeam', { body: { name: `Late ${round}` }, anyStatus: true });
        assert.equal(change.status, 503, JSON.stringify(change.body));
        refused.push(`Late ${round}`);
        await admin.call('getMe');
        assert.equal((await fetch(`${server.origin}/readyz`)).status, 503);
      } finally {
        await over();
      }
      await live.next('fresh');
      await until(() => acknowledged.size > held + 20, { what: 'changes after it was over' });
      await until(() => refused.length > was, { what: 'refusals' });
      assert.equal((await fetch(`${server.origin}/readyz`)).status, 200);
    }
    load = false;
    await Promise.all(work);
    await server.kill();
    await server.start();
    const present = new Map((await admin.all('listTeams', { query: { limit: 200 } })).map((one) => [one.id, one.name]));
    assert.deepEqual(present, acknowledged, 'exactly what was acknowledged is there');
  });
}
