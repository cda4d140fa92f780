// The program and its API, as the demo uses them: a command of the command line, the server as a child
// process, a signed-in session.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { apiOf, ask } from '../web/packages/client/build/http/client.js';

const program = fileURLToPath(new URL('../build/pastille', import.meta.url));

/** Runs one command to its end and returns what it printed; throws what it says when it fails. */
export function pastille(args, input = '') {
  return new Promise((done, failed) => {
    const child = spawn(program, args);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(out) : failed(new Error(err.trim() || `pastille ${args[0]} failed`))));
    child.stdin.end(input);
  });
}

/**
 * Starts the server and waits until it is ready. In a process group of its own, so that Ctrl-C reaches
 * this program alone, which then stops the server.
 */
export function serve(args) {
  const child = spawn(program, ['serve', '--log-level', 'warning', ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.on('close', done));
  const address = new Promise((done, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /is ready on (\S+)/.exec(line);
      if (found) done(found[1]);
    });
    child.on('error', failed);
    ended.then((code) => failed(new Error(`The server ended with ${code}.`)));
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { address, ended, stop };
}

/** A session signed in with a password. */
export class Session {
  constructor(address) {
    this.address = address;
    this.cookie = '';
  }

  static async signIn(address, login, password) {
    const session = new Session(address);
    await session.call('POST', '/session', { login, password });
    return session;
  }

  async call(method, path, body) {
    const api = apiOf(this.address, { Origin: this.address, ...(this.cookie && { Cookie: this.cookie }) });
    const { data, problem, response } = await ask(api[method](path, body && { body }));
    if (problem) throw new Error(`${method} ${path}: ${problem.status} ${problem.detail}`);
    const cookie = response.headers.get('set-cookie');
    if (cookie) this.cookie = cookie.split(';')[0];
    return data;
  }
}
