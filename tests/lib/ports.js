// Ports for servers that are to come back on the same one.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below those that the kernel lends to connections that are opened: one of these could have taken it meanwhile. */
const [lent] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/).map(Number);
const first = 10_000;

/** @param {number} port @returns {Promise<boolean>} */
const isFree = (port) =>
  new Promise((done) => {
    const probe = createServer();
    probe.on('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });

/** @returns {Promise<number>} a port of the loopback interface that nobody else listens on or will be lent */
export async function freePort() {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = first + Math.floor(Math.random() * (lent - first));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${first} and ${lent}: see /proc/sys/net/ipv4/ip_local_port_range`);
}
