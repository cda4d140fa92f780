// One organisation for a test file: a server, its administrator made on the command line, and people made
// through the API. Hashing a password costs 60 to 80 ms, so each person signs in once.

import assert from 'node:assert/strict';
import { Server } from './server.js';

export const PASSWORD = 'correct horse battery';

/** @typedef {import('./api.js').Client & {me: any, login: string}} Person a signed-in client */

export class Organisation {
  /** @param {Server} server @param {Person} admin */
  constructor(server, admin) {
    this.server = server;
    this.admin = admin;
    /** @type {Map<string, any>} */
    this.roles = new Map();
    /** @type {Map<string, any>} system statuses by type */
    this.system = new Map();
  }

  /** @param {string} login @param {string} [password] @returns {Promise<Person>} */
  async signIn(login, password = PASSWORD) {
    const client = this.server.client();
    const { user } = await client.signIn(login, password);
    return Object.assign(client, { me: user, login });
  }

  /**
   * Makes a person and signs them in.
   * @param {string} login
   * @param {{permissions?: string[], role_id?: string, team_ids?: string[], time_zone?: string, locale?: string, display_name?: string}} [what]
   * @returns {Promise<Person>}
   */
  async person(login, { permissions, role_id, display_name = login[0].toUpperCase() + login.slice(1), ...rest } = {}) {
    await this.account(login, { permissions, role_id, display_name, ...rest });
    return this.signIn(login);
  }

  /**
   * Makes a person who is not signed in.
   * @param {string} login
   * @param {{permissions?: string[], role_id?: string, display_name?: string, team_ids?: string[], time_zone?: string, locale?: string}} [what]
   */
  async account(login, { permissions, role_id, display_name = login, ...rest } = {}) {
    const role = role_id ?? (permissions ? (await this.role(permissions)).id : this.roles.get('Agent').id);
    return this.admin.get('createUser', { body: { login, display_name, role_id: role, password: PASSWORD, ...rest }, status: 201 });
  }

  /** A role with exactly these permissions. @param {string[]} permissions */
  async role(permissions) {
    const name = permissions.length ? [...permissions].sort().join(' ').replaceAll('statuses.', 's.').slice(0, 60) : 'Agent';
    let role = this.roles.get(name);
    if (!role) {
      role = await this.admin.get('createRole', { body: { name, permissions }, status: 201 });
      this.roles.set(name, role);
    }
    return role;
  }

  /**
   * @param {string} name
   * @param {Record<string, any>} [fields]
   */
  async status(name, fields = {}) {
    return this.admin.get('createStatus', { body: { name, type: 'absent', ...fields }, status: 201 });
  }

  /** @param {string} name */
  async team(name) {
    return this.admin.get('createTeam', { body: { name }, status: 201 });
  }

  /**
   * A client with a token of this person.
   * @param {Person} person @param {string[]} scopes
   */
  async token(person, scopes) {
    const { token } = await person.get('createMyToken', { body: { name: `for ${scopes.join(' ')}`, scopes }, status: 201 });
    return this.server.client({ bearer: token });
  }

  async close() {
    await this.server.close();
  }
}

/**
 * @param {{server?: Server} & ConstructorParameters<typeof Server>[0]} [options] of the server, or one that was not started yet
 * @returns {Promise<Organisation>}
 */
export async function organisation({ server, ...options } = {}) {
  server ??= new Server(options);
  const made = await server.cli(['user', 'add', 'admin', '--name', 'Ada Admin', '--role', 'Administrator', '--password-stdin'], { stdin: `${PASSWORD}\n` });
  assert.equal(made.code, 0, made.stderr);
  await server.start();
  const client = server.client();
  try {
    const { user } = await client.signIn('admin', PASSWORD);
    const organisation = new Organisation(server, Object.assign(client, { me: user, login: 'admin' }));
    for (const role of await client.all('listRoles')) organisation.roles.set(role.name, role);
    for (const status of await client.all('listStatuses')) organisation.system.set(status.type, status);
    return organisation;
  } catch (error) {
    await server.close().catch(() => {});
    throw error;
  }
}
