// Runs what a page of the documentation shows: its ```sh blocks, one after the other in one shell, beside a real server.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './patience.js';
import { binary } from './server.js';

const root = new URL('../../', import.meta.url);

/** @typedef {{language: string, text: string, line: number}} Block of a page, with the line on which it begins */

/** @param {string} path from the root of the project @returns {Block[]} */
export function blocksOf(path) {
  const page = readFileSync(new URL(path, root), 'utf8');
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1],
    text: match[2],
    line: page.slice(0, match.index).split('\n').length,
  }));
}

/** What is shown, `...` being anything and white space none or any (answers end without a line's end), as a pattern of the whole output. @param {string} shown */
export function patternOf(shown) {
  const literal = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s*');
  return new RegExp(`^\\s*${shown.trim().split('...').map(literal).join('[\\s\\S]*?')}\\s*$`);
}

/** A shell in the folder of a server, in which commands of the documentation work as they stand there. */
export class Terminal {
  /** @param {import('./server.js').Server} server */
  constructor(server) {
    this.server = server;
    mkdirSync(join(server.folder, 'build'));
    symlinkSync(binary, join(server.folder, 'build', 'pastille'));
    symlinkSync(fileURLToPath(new URL('tests/node_modules', root)), join(server.folder, 'node_modules'));
    /** @type {Record<string, string>} */
    const trust = {};
    if (server.ca !== undefined) {
      const file = join(server.folder, 'trusted.pem');
      writeFileSync(file, server.ca);
      Object.assign(trust, { CURL_CA_BUNDLE: file, NODE_EXTRA_CA_CERTS: file });
    }
    this.shell = spawn('bash', [], { cwd: server.folder, env: { ...process.env, ...trust } });
    this.output = '';
    this.shell.stdout.on('data', (chunk) => (this.output += chunk));
    this.shell.stderr.on('data', (chunk) => (this.output += chunk));
    this.streams = 0;
  }

  /** With the address of this server. @param {string} text */
  here(text) {
    return text.replaceAll('http://127.0.0.1:8080', this.server.origin).replaceAll('ws://127.0.0.1:8080', this.server.origin.replace('http', 'ws'));
  }

  /** Runs a block to its end; gives what it wrote. @param {Block} block */
  async run(block) {
    this.output = '';
    this.shell.stdin.write(`${this.here(block.text)}\nprintf '\\1%s\\1' "$?"\n`);
    const ended = /\x01(\d+)\x01/;
    await until(() => ended.test(this.output), { what: `the end of the block of line ${block.line}: ${this.output}` });
    const [written] = this.output.split('\x01');
    assert.equal(ended.exec(this.output)?.[1], '0', `line ${block.line}: ${written}`);
    return written;
  }

  /**
   * Runs a block that does not end, as in a terminal of its own; gives what reads what it wrote so far.
   * @param {Block} block @param {RegExp} begun
   */
  async follow(block, begun) {
    const file = join(this.server.folder, `stream-${++this.streams}`);
    this.shell.stdin.write(`( ${this.here(block.text)} ) >${file} 2>&1 </dev/null &\n`);
    const read = () => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return '';
      }
    };
    await until(() => begun.test(read()), { what: `${begun} from the block of line ${block.line}` });
    return read;
  }

  /** Saves a block as a file. @param {string} name @param {Block} block */
  save(name, block) {
    writeFileSync(join(this.server.folder, name), this.here(block.text));
  }

  end() {
    this.shell.stdin.end();
  }
}
