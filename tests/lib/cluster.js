// Several servers on one PostgreSQL, each with a folder of its own; people of one organisation who are signed in on all.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Organisation, organisation } from './organisation.js';
import { patient, until } from './patience.js';
import { freshFolder, ownDatabase, Server } from './server.js';

/** @typedef {import('./organisation.js').Person} Person */
/** @typedef {import('./api.js').Client} Client */

export class Cluster {
  /**
   * Makes an organisation and starts all nodes.
   * @param {{count?: number, settings?: Record<string, any>, database?: (node: number) => string}} [options] `database`: what each
   * node connects to; without it, a fresh one on the server of scripts/with-postgres
   */
  static async start({ count = 3, settings = {}, database } = {}) {
    const folders = Array.from({ length: count }, freshFolder);
    const shared = database ? '' : ownDatabase(folders[0]);
    const nodes = folders.map((folder, node) => new Server({ folder, settings, database: database?.(node) ?? shared }));
    const cluster = new Cluster(nodes, await organisation({ server: nodes[0] }));
    try {
      await Promise.all(nodes.slice(1).map((node) => node.start()));
    } catch (error) {
      await cluster.close();
      throw error;
    }
    return cluster;
  }

  /** @param {Server[]} nodes @param {Organisation} org that calls go to the first node of */
  constructor(nodes, org) {
    this.nodes = nodes;
    this.org = org;
    /** Those that clients may come to. @type {Set<Server>} */
    this.open = new Set(nodes);
  }

  /** The same person on that node. @template {Client} T @param {number | Server} node @param {T} who @returns {T} */
  at(node, who) {
    const server = typeof node === 'number' ? this.nodes[node] : node;
    const { me, login } = /** @type {any} */ (who);
    return /** @type {any} */ (Object.assign(server.client({ cookie: who.cookie, bearer: who.bearer }), { me, login }));
  }

  /** An administrator on each node. */
  admins() {
    return this.nodes.map((_, node) => this.at(node, this.org.admin));
  }

  /** Programs of so many people who may be there and set their status. @param {number} count @returns {Promise<(Client & {me: any, login: string})[]>} */
  async crowd(count) {
    const { admin, server } = this.org;
    const logins = Array.from({ length: count }, (_, index) => `colleague${index}`);
    await admin.call('importUsers', { raw: ['login,display_name,role,teams,locale,time_zone', ...logins.map((login) => `${login},${login},Agent,,,`), ''].join('\n') });
    const made = await server.cli(['token', 'add', ...logins, '--scope', 'status', '--name', 'crowd']);
    assert.equal(made.code, 0, made.stderr);
    const tokens = new Map(made.stdout.split('\n').map((line) => /** @type {[string, string]} */ (line.split(','))));
    const people = new Map((await admin.all('listUsers', { query: { limit: 200 } })).map((one) => [one.login, one]));
    return logins.map((login) => Object.assign(server.client({ bearer: tokens.get(login) }), { me: people.get(login), login }));
  }

  /** kill -9 @param {number} node */
  async kill(node) {
    this.open.delete(this.nodes[node]);
    await this.nodes[node].kill();
  }

  /** As an operator does. @param {number} node */
  async stop(node) {
    this.open.delete(this.nodes[node]);
    await this.nodes[node].stop();
  }

  /** @param {number} node */
  async startAgain(node) {
    await this.nodes[node].start();
    this.open.add(this.nodes[node]);
  }

  /** SIGSTOP; when it returns, none of its threads does anything more. @param {number} node */
  freeze(node) {
    this.open.delete(this.nodes[node]);
    const { child } = this.nodes[node];
    child?.kill('SIGSTOP');
    const tasks = `/proc/${child?.pid}/task`;
    const stops = () => readdirSync(tasks).every((task) => / T \d/.test(readFileSync(`${tasks}/${task}/stat`, 'latin1')));
    for (const end = Date.now() + patient(2000); child && !stops(); ) assert.ok(Date.now() < end, `node ${node} does not stop`);
  }

  /** SIGCONT @param {number} node */
  thaw(node) {
    this.nodes[node].child?.kill('SIGCONT');
    this.open.add(this.nodes[node]);
  }

  /**
   * Waits until all open nodes show the same of everything, and gives it.
   * @param {{within?: number, people?: Person[]}} [options] `people` whose conversations are compared as well
   */
  async agree({ within = 5000, people = [] } = {}) {
    let shown = '';
    return until(async () => {
      const all = await Promise.all([...this.open].map((node) => this.#everything(node, people)));
      shown = all.map((one) => JSON.stringify(one).slice(0, 3000)).join('\n');
      const texts = new Set(all.map((one) => JSON.stringify(one)));
      return texts.size === 1 && !('error' in all[0]) ? all[0] : undefined;
    }, { within, every: 100, what: 'that all nodes show the same' }).catch((error) => {
      throw new Error(`${error.message}:\n${shown}`);
    });
  }

  /** @param {Server} node @param {Person[]} people */
  async #everything(node, people) {
    const admin = this.at(node, this.org.admin);
    try {
      const { epoch, seq, counts, users } = await admin.get('getBoard');
      const [catalogue, directory, teams, ...conversations] = await Promise.all([
        admin.get('getCatalogue'),
        admin.get('getDirectory'),
        admin.all('listTeams', { query: { limit: 200 } }),
        ...people.map((one) => this.at(node, one).all('listConversations', { query: { limit: 200 } })),
      ]);
      users.sort((/** @type {any} */ a, /** @type {any} */ b) => a.rev - b.rev || a.user.localeCompare(b.user));
      return { epoch, seq, counts, users, catalogue, directory, teams, conversations };
    } catch (error) {
      return { error: String(error), node: node.origin };
    }
  }

  /** Ends all and removes their data. */
  async close() {
    for (const node of this.nodes) node.child?.kill('SIGCONT');
    const ends = await Promise.allSettled(this.nodes.map((node) => node.close()));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}
