// A network of its own for a test file: the file runs once more in fresh namespaces of the network and of processes, where
// packets from and to loopback addresses can be dropped and nobody else's are. When it ends, or is ended, all of that and
// every process in it is gone.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { patient } from './patience.js';

const mark = 'PASTILLE_PRIVATE_NETWORK';

/** Whether this process runs in such a network. */
export const isPrivate = process.env[mark] === '1';

/** The test that runs this file there. @param {string} file its import.meta.url @param {string} name @param {number} [within] ms */
export function inPrivateNetwork(file, name, within = 60_000) {
  test(name, async () => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const namespaces = ['--net', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'];
    const inside = ['sh', '-c', 'ip link set lo up && exec "$0" "$@"', process.execPath, fileURLToPath(file)];
    const child = spawn('unshare', [...namespaces, ...inside], { env: { ...env, [mark]: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), patient(within));
    const code = await new Promise((done, failed) => {
      child.on('error', failed);
      child.on('close', done);
    }).finally(() => clearTimeout(timer));
    assert.equal(code, 0, `this test takes a network of its own and needs the right to: run it as root.\n${said}`);
  });
}

/** @param {string} commands */
const nft = (commands) => execFileSync('nft', ['-f', '-'], { input: commands, stdio: ['pipe', 'pipe', 'pipe'] });

/** Loopback addresses whose packets are dropped, both ways. */
export class Lost {
  constructor() {
    assert.ok(isPrivate, 'packets are dropped in a private network only');
    nft(`table ip lost {
      set addresses { type ipv4_addr; }
      chain input { type filter hook input priority 0; ip saddr @addresses drop; ip daddr @addresses drop; }
    }`);
  }

  /** @param {string} address */
  cut(address) {
    nft(`add element ip lost addresses { ${address} }`);
  }

  /** @param {string} address */
  mend(address) {
    nft(`delete element ip lost addresses { ${address} }`);
  }
}
