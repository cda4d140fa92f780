// What the tests have seen of the contract: one line for each (operation, status, slug) and frame, in a file
// per process, so that contract/coverage.js can name what nobody produced.

import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env.PASTILLE_SEEN ?? fileURLToPath(new URL('../.seen', import.meta.url));
/** @type {Set<string>} */
const mine = new Set();

/** @param {string} what */
export function saw(what) {
  if (mine.has(what)) return;
  if (mine.size === 0) mkdirSync(folder, { recursive: true });
  mine.add(what);
  appendFileSync(join(folder, `${process.pid}.txt`), `${what}\n`);
}

/** @returns {Set<string>} */
export function allSeen() {
  const all = new Set();
  for (const name of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) if (line) all.add(line);
  }
  return all;
}
