// The real server in a fresh data directory on a free loopback port, and the command line beside it.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, send } from './api.js';
import { selfSigned } from './certificate.js';
import { patient, until } from './patience.js';
import { freePort } from './ports.js';

/** What tests are told; all else that begins so is a setting of the developer's own server, and not for those of tests. */
const kOfTests = /^PASTILLE_(BINARY|CHROMIUM|FAIL_NEW|FREEZE_S|KILL_ROUNDS|LOG|MEMORY_ROUNDS|NODE|ON_POSTGRES|PRIVATE_NETWORK|SEED|SEEN|SLOW|STOP_ROUNDS|TEST_POSTGRES|TLS)$/;
for (const name of Object.keys(process.env)) if (name.startsWith('PASTILLE_') && !kOfTests.test(name)) delete process.env[name];

export const binary = process.env.PASTILLE_BINARY
  ? resolve(process.env.PASTILLE_BINARY)
  : fileURLToPath(new URL('../../build/pastille', import.meta.url));
assert.ok(existsSync(binary), `${binary} does not exist: build it, or set PASTILLE_BINARY`);

/** @returns {string} a fresh directory */
export const freshFolder = () => mkdtempSync(join(tmpdir(), 'pastille-test-'));

/** What a sanitizer writes when it found something. */
const sanitizer = /(ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:)/;

/** Of one person, more than any test needs. */
const kFarMore = { changes_per_minute: 1000000, statuses_per_hour: 1000000, renames_per_hour: 1000000, message_kb_per_minute: 1000000, message_mb_per_day: 100000, keys_per_day: 1000000 };

/** @param {Record<string, any>} settings tables one level deep */
function toml(settings) {
  /** @param {any} value @returns {string} */
  const shown = (value) => (Array.isArray(value) ? `[${value.map(shown).join(', ')}]` : JSON.stringify(value));
  const plain = Object.entries(settings).filter(([, value]) => typeof value !== 'object' || Array.isArray(value));
  const tables = Object.entries(settings).filter(([, value]) => typeof value === 'object' && !Array.isArray(value));
  return [
    ...plain.map(([name, value]) => `${name} = ${shown(value)}`),
    ...tables.map(([name, table]) => [`[${name}]`, ...Object.entries(table).map(([key, value]) => `${key} = ${shown(value)}`)].join('\n')),
    '',
  ].join('\n');
}

/**
 * Runs one command of the binary to its end.
 * @param {string[]} args
 * @param {{stdin?: string, env?: Record<string, string>, shell?: string}} [options] `shell` is put before the command in sh
 * @returns {Promise<{code: number | null, stdout: string, stderr: string}>}
 */
export function run(args, { stdin = '', env = {}, shell } = {}) {
  return new Promise((done, failed) => {
    const child = shell
      ? spawn('sh', ['-c', `${shell}; exec "$0" "$@"`, binary, ...args], { env: { ...process.env, ...env } })
      : spawn(binary, args, { env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), patient(60_000));
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (sanitizer.test(stderr)) failed(new Error(stderr));
      else done({ code, stdout, stderr });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

/**
 * A database named after the folder, made when it is not there, on the server of scripts/with-postgres.
 * @param {string} folder
 */
export function ownDatabase(folder) {
  const server = process.env.PASTILLE_TEST_POSTGRES;
  assert.ok(server, 'run this in scripts/with-postgres');
  const name = basename(folder).toLowerCase().replaceAll('-', '_');
  const psql = (/** @type {string} */ sql) => execFileSync('psql', ['--quiet', '--tuples-only', '--command', sql, `${server}/postgres`], { encoding: 'utf8' });
  if (!psql(`SELECT 1 FROM pg_database WHERE datname = '${name}'`).trim()) psql(`CREATE DATABASE ${name}`);
  return `${server}/${name}`;
}

/** The secret of a one-time link. @param {string} link */
export const invitationIn = (link) => String(/#invitation=([\w-]+)$/.exec(link)?.[1]);

export class Server {
  /**
   * `shell` is put before the command in sh; `ca` is what clients trust, of a server with TLS. With PASTILLE_TLS=1 in the
   * environment every server has TLS, with PASTILLE_ON_POSTGRES=1 every one keeps its data in PostgreSQL.
   * @param {{settings?: Record<string, any>, folder?: string, shell?: string, ca?: string, database?: string}} [options] `database`: postgres://... in
   * place of the embedded one
   */
  constructor({ settings = {}, folder = freshFolder(), shell, ca, database } = {}) {
    if (process.env.PASTILLE_TLS && !settings.tls) {
      const { pem, ...tls } = selfSigned(folder, 'server');
      [settings, ca] = [{ tls, ...settings }, pem];
    }
    this.ca = ca;
    this.folder = folder;
    this.data = join(folder, 'data');
    /** @type {Record<string, any>} */
    // Tests ask as fast as they are answered: what one person may do is the matter of shares.test.js.
    this.settings = { log_level: 'info', quota: kFarMore, ...settings };
    this.database = database ?? (process.env.PASTILLE_ON_POSTGRES ? ownDatabase(folder) : undefined);
    if (this.database) this.settings = { database: this.database, ...this.settings };
    this.shell = shell;
    this.program = binary;
    this.origin = '';
    this.agent = this.#freshAgent();
    /** @type {string[]} */
    this.lines = [];
    this.log = '';
    /** @type {import('node:child_process').ChildProcessWithoutNullStreams | undefined} */
    this.child = undefined;
  }

  /** Starts it and waits until it is ready. */
  async start() {
    assert.ok(!this.child, 'it runs already');
    const config = join(this.folder, 'pastille.toml');
    writeFileSync(config, toml(this.settings));
    const port = this.origin ? new URL(this.origin).port : await freePort();
    const args = ['serve', '--data', this.data, '--listen', `127.0.0.1:${port}`, '--config', config];
    const child = this.shell ? spawn('sh', ['-c', `${this.shell}; exec "$0" "$@"`, this.program, ...args]) : spawn(this.program, args);
    this.child = child;
    this.lines = [];
    this.log = '';
    let rest = '';
    child.stdout.on('data', (chunk) => {
      rest += chunk;
      const parts = rest.split('\n');
      rest = parts.pop() ?? '';
      this.lines.push(...parts);
    });
    child.stderr.on('data', (chunk) => {
      this.log += chunk;
      if (process.env.PASTILLE_LOG) process.stderr.write(chunk);
    });
    /** @type {Promise<{code: number | null, signal: string | null}>} */
    this.ended = new Promise((done) => child.on('close', (code, signal) => done({ code, signal })));
    const ready = /is ready on (https?:\/\/\S+)/;
    const line = await until(
      () => {
        if (child.exitCode !== null || child.signalCode) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}: ${this.log}`);
        return this.lines.find((one) => ready.test(one));
      },
      { within: 30_000, what: '"is ready on" on stdout' },
    ).catch((error) => {
      child.kill('SIGKILL');
      this.child = undefined;
      throw error;
    });
    this.origin = String(ready.exec(line)?.[1]).replace(/\/$/, '');
    await until(async () => (await send({ origin: this.origin, agent: this.agent, method: 'GET', path: '/readyz' })).status === 200, { what: '/readyz' });
    return this;
  }

  /** The first administrator's link, from stdout. */
  async firstAdministratorLink() {
    const line = await until(() => this.lines.find((one) => one.startsWith('First administrator: ')), { what: 'the link of the first administrator' });
    return String(/https?:\S+/.exec(line)?.[0]);
  }
  async firstAdministratorToken() {
    return invitationIn(await this.firstAdministratorLink());
  }

  /** Ends it as an operator does; asserts that it goes cleanly within 5 s. */
  async stop() {
    const child = this.child;
    if (!child) return;
    this.child = undefined;
    const began = Date.now();
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patient(30_000));
    const end = await this.ended;
    clearTimeout(timer);
    this.#forgetConnections();
    assert.ok(!sanitizer.test(this.log), this.log);
    assert.deepEqual(end, { code: 0, signal: null }, `the server did not end cleanly: ${this.log.slice(-2000)}`);
    assert.ok(Date.now() - began < patient(5500), `stopping took ${Date.now() - began} ms`);
  }

  /** kill -9 */
  async kill() {
    const child = this.child;
    if (!child) return;
    this.child = undefined;
    child.kill('SIGKILL');
    await this.ended;
    this.#forgetConnections();
  }

  async restart() {
    await this.stop();
    return this.start();
  }

  /** Ends it and removes its data. */
  async close() {
    try {
      await this.stop();
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  #forgetConnections() {
    this.agent.destroy();
    this.agent = this.#freshAgent();
  }

  /** @returns {http.Agent} */
  #freshAgent() {
    return this.ca === undefined ? new http.Agent({ keepAlive: true }) : new https.Agent({ keepAlive: true, ca: this.ca });
  }

  /**
   * A command on this server's data directory.
   * @param {string[]} args @param {{stdin?: string, shell?: string}} [options]
   */
  cli(args, options) {
    const where = this.database ? ['--data', this.data, '--database', this.database] : ['--data', this.data];
    return run([...args, ...where], options);
  }

  /** @param {{cookie?: string, bearer?: string}} [who] */
  client(who) {
    return new Client(this, who);
  }
}
