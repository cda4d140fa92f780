import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';

/**
 * Lets these calls of a process fail with EIO until it is told to stop; strace does it, which has to be allowed to trace.
 * @param {number} pid @param {string} calls
 */
async function failing(pid, calls) {
  const strace = spawn('strace', ['-f', '-p', String(pid), '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`]);
  let said = '';
  strace.stderr.on('data', (chunk) => (said += chunk));
  const ended = new Promise((done) => strace.on('close', done));
  strace.on('error', (error) => (said += error));
  await until(() => /attached/.test(said) || strace.exitCode !== null || /ENOENT/.test(said), { what: 'strace' });
  assert.match(said, /attached/, `this test needs strace and the right to trace: ${said}`);
  return async () => {
    strace.kill('SIGTERM');
    await ended;
  };
}

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
