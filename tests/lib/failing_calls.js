// System calls of a running process that fail, as on a broken disk.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { until } from './patience.js';

/**
 * Lets these calls of a process fail with EIO until it is told to stop; strace does it, which has to be allowed to trace.
 * @param {number} pid @param {string} calls
 */
export async function failing(pid, calls) {
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
