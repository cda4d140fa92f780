// A PostgreSQL server of a test's own, to be stopped, killed, copied by a standby and promoted: real programs from Debian, on
// a free port of loopback addresses. What databases many tests share is on the one of scripts/with-postgres.

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './patience.js';
import { freePort } from './ports.js';

const runFile = promisify(execFile);
const programs = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
/** It refuses to run as root. */
const asOwner = process.getuid?.() === 0 ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

/** What the tests here are about is never a power cut. @type {Record<string, string>} */
const quick = { fsync: 'off', max_connections: '200', shared_buffers: '16MB', max_wal_senders: '4', wal_level: 'replica', log_min_messages: 'warning' };

/** The role that the server of the tests works as: it may make databases and is no superuser. */
const role = 'pastille';

export class Postgres {
  /** Makes it and starts it. @param {{addresses?: string[], settings?: Record<string, string>}} [options] `addresses` that it listens on */
  static async start({ addresses = ['127.0.0.1'], settings = {} } = {}) {
    const one = new Postgres(addresses, await freePort(), settings);
    one.#runToEnd('initdb', ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', `--pgdata=${one.data}`]);
    appendFileSync(join(one.data, 'pg_hba.conf'), 'host all all 127.0.0.0/8 trust\nhost replication all 127.0.0.0/8 trust\n');
    await one.start();
    await one.sql(`CREATE ROLE ${role} LOGIN CREATEDB`);
    return one;
  }

  /** @param {string[]} addresses @param {number} port @param {Record<string, string>} settings */
  constructor(addresses, port, settings) {
    this.addresses = addresses;
    this.port = port;
    this.settings = settings;
    this.folder = mkdtempSync(join(tmpdir(), 'pastille-postgres-'));
    if (asOwner.length) execFileSync('chown', ['postgres', this.folder]);
    this.data = join(this.folder, 'data');
    this.log = '';
    /** @type {import('node:child_process').ChildProcess | undefined} */
    this.child = undefined;
  }

  /** Starts it, again if need be, and waits until it takes connections. */
  async start() {
    assert.ok(!this.child, 'it runs already');
    const settings = { ...quick, listen_addresses: this.addresses.join(','), port: String(this.port), unix_socket_directories: this.folder, ...this.settings };
    const args = ['-D', this.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    // It is not to outlive the test, however that ends.
    const child = spawn('setpriv', [...asOwner, '--pdeathsig=QUIT', join(programs, 'postgres'), ...args], { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    this.log = '';
    child.stderr.on('data', (chunk) => (this.log += chunk));
    /** @type {Promise<void>} */
    this.ended = new Promise((done) => child.on('exit', () => done()));
    await until(() => {
      assert.ok(child.exitCode === null && child.signalCode === null, `PostgreSQL ended: ${this.log}`);
      return this.takesConnections();
    }, { within: 60_000, what: 'PostgreSQL on its port' });
    return this;
  }

  async takesConnections() {
    return this.sql('SELECT 1').then(() => true, () => false);
  }

  /** Ends it: `immediate` leaves the rest to the recovery of the next start. @param {'fast' | 'immediate'} [mode] */
  async stop(mode = 'immediate') {
    const child = this.child;
    if (!child) return;
    this.child = undefined;
    child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await this.ended;
  }

  /** kill -9 of all its processes at once. */
  async kill() {
    const child = this.child;
    if (!child?.pid) return;
    this.child = undefined;
    child.kill('SIGSTOP'); // so that it starts no others
    this.#signalChildren(child, 'SIGKILL');
    child.kill('SIGKILL');
    await this.ended;
  }

  /** It says nothing any more, and takes connections that it does not answer, until thaw(). */
  freeze() {
    assert.ok(this.child);
    this.child.kill('SIGSTOP');
    this.#signalChildren(this.child, 'SIGSTOP');
  }

  thaw() {
    assert.ok(this.child);
    this.#signalChildren(this.child, 'SIGCONT');
    this.child.kill('SIGCONT');
  }

  /** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
  #signalChildren(child, signal) {
    for (const pid of readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ').filter(Boolean)) {
      try {
        process.kill(Number(pid), signal);
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
      }
    }
  }

  /**
   * A copy that follows this one. With `synchronous`, what is acknowledged here from then on is there as well.
   * @param {{addresses?: string[], synchronous?: boolean}} [options]
   */
  async standby({ addresses = this.addresses, synchronous = true } = {}) {
    const copy = new Postgres(addresses, await freePort(), this.settings);
    const from = `postgres://postgres@${this.addresses[0]}:${this.port}`;
    copy.#runToEnd('pg_basebackup', [`--dbname=${from}`, `--pgdata=${copy.data}`, '--checkpoint=fast', '--no-sync', '--wal-method=stream', '--write-recovery-conf']);
    await copy.start();
    if (synchronous) {
      await this.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
      await this.sql('SELECT pg_reload_conf()');
    }
    await until(async () => (await this.sql('SELECT sync_state FROM pg_stat_replication')) === (synchronous ? 'sync' : 'async'), { what: 'the standby' });
    return copy;
  }

  /** Makes a primary of a standby. */
  async promote() {
    assert.equal(await this.sql('SELECT pg_promote(true, 60)'), 't', this.log);
  }

  /** Makes a database that belongs to the role of the tests. @param {string} name */
  async createDatabase(name) {
    await this.sql(`CREATE DATABASE ${name} OWNER ${role}`);
    return name;
  }

  /** What a server connects to. @param {string} database @param {string} [address] one of those that it listens on */
  url(database, address = this.addresses[0]) {
    return `postgres://${role}@${address}:${this.port}/${database}`;
  }

  /** Rows as lines, columns parted by |. As the superuser. @param {string} query @param {string} [database] @returns {Promise<string>} */
  sql(query, database = 'postgres') {
    return sql(`postgres://postgres@${encodeURIComponent(this.folder)}:${this.port}/${database}`, query);
  }

  /** Ends it and removes all of it. */
  async close() {
    await this.stop();
    this.#forgetSegment();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What was killed leaves a segment of shared memory, by which the next start knows; there is none to come. */
  #forgetSegment() {
    const file = join(this.data, 'postmaster.pid');
    if (!existsSync(file)) return;
    const id = readFileSync(file, 'utf8').split('\n')[6]?.trim().split(/\s+/)[1];
    if (id) spawn('ipcrm', ['--shmem-id', id], { stdio: 'ignore' }).on('error', () => {});
  }

  /** @param {string} program @param {string[]} args */
  #runToEnd(program, args) {
    execFileSync('setpriv', [...asOwner, join(programs, program), ...args], { cwd: this.folder, stdio: 'pipe' });
  }
}

/** @param {string} url @param {string} query @returns {Promise<string>} */
export async function sql(url, query) {
  const { stdout } = await runFile('psql', ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', '--command', query, url], { env: { ...process.env, PGCONNECT_TIMEOUT: '5' } });
  return stdout.trim();
}

/** A session that stays, as that of somebody who looks after the database by hand. */
export class Session {
  /** @param {string} url */
  constructor(url) {
    this.child = spawn('psql', ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', url], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.said = '';
    this.child.stdin.on('error', () => {}); // it ended; whoever asks next is told
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (chunk) => (this.said += chunk));
    this.asked = 0;
  }

  /** Runs this and waits until it is done. @param {string} text */
  async run(text) {
    const mark = `done ${++this.asked}`;
    this.child.stdin.write(`${text};\n\\echo ${mark}\n`);
    await until(() => {
      assert.ok(this.child.exitCode === null, this.said);
      return this.said.includes(mark);
    }, { what: text });
  }

  close() {
    this.child.stdin.end();
  }
}
