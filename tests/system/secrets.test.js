// No secret is stored in clear. One of every kind is made; then it is looked for in all that the server writes: tables and
// their files, the write-ahead log, events, backups, dumps and copies of the database, the log at debug, and answers given
// again. What is found may be a hash only.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { HostileProvider } from '../lib/hostile_provider.js';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { freshFolder, invitationIn, ownDatabase, Server } from '../lib/server.js';

const CLIENT_SECRET = 'the client secret of this desk';

/** Every file below this one. @param {string} folder @returns {string[]} */
const filesIn = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  const stat = statSync(path);
  if (stat.isDirectory()) return filesIn(path);
  return stat.isFile() ? [path] : [];
});

/**
 * Makes one secret of every kind that there is; gives each by its name.
 * @param {import('../lib/organisation.js').Organisation} org @param {HostileProvider} provider
 */
async function everySecret(org, provider) {
  /** @type {Record<string, string>} */
  const secrets = { password: PASSWORD, 'client secret': CLIENT_SECRET };
  /** @type {[string, import('../lib/api.js').Call, import('../lib/api.js').Client][]} */
  const asked = [];
  const { admin, server } = org;
  /** @param {string} operation @param {import('../lib/api.js').Call} call @param {import('../lib/api.js').Client} [by] */
  const once = async (operation, call, by = admin) => {
    const keyed = { ...call, headers: { 'Idempotency-Key': `once ${asked.length}`.replace(' ', '-') } };
    asked.push([operation, keyed, by]);
    return by.get(operation, keyed);
  };
  const agent = org.roles.get('Agent').id;

  const invited = await once('createUser', { body: { login: 'invited', display_name: 'Invited', role_id: agent } });
  secrets['invitation of a new person'] = invitationIn(invited.invitation.link);
  secrets['invitation made anew'] = invitationIn((await once('inviteUser', { id: invited.id })).link);
  const file = await once('importUsers', { raw: 'login,display_name,role\nfromfile,From File,Agent\n' });
  secrets['invitation of an import'] = invitationIn(file.created[0].invitation.link);
  secrets['password of a new person'] = 'a password given by another';
  await once('createUser', { body: { login: 'given', display_name: 'Given', role_id: agent, password: secrets['password of a new person'] } });
  const ana = await org.person('ana');
  secrets.session = String(ana.cookie).split('=')[1];
  secrets.token = (await once('createMyToken', { body: { name: 'Lamp', scopes: ['status'] } }, ana)).token;
  secrets['recovery code'] = (await once('makeRecoveryCode', {}, ana)).code;
  secrets['renewal'] = invitationIn((await once('inviteUser', { id: ana.me.id })).link);
  const live = await Live.connect(server.client({ bearer: secrets.token }));
  await live.set({ status_id: org.system.get('busy').id });
  await live.close();
  // In the path, as clients of 1.0 ask; and mistyped, where no route is.
  const nobody = server.client();
  await nobody.get('getInvitation', { token: secrets.renewal });
  for (const path of [`/${secrets.renewal}/`, `//api/v1/invitations/${secrets.renewal}`, `/api/v1/invitations/${secrets.renewal}/`, `/?invitation=${secrets.renewal}`]) {
    await fetch(`${server.origin}${path}`);
  }
  secrets['changed password'] = 'the new password of Ana';
  await ana.call('changePassword', { body: { current_password: PASSWORD, new_password: secrets['changed password'] } });
  await nobody.refused('wrong-credentials', 'signIn', { body: { login: 'a password typed as login', password: 'wrong password typed' } });
  secrets['what was typed as login'] = 'a password typed as login';
  secrets['wrong password'] = 'wrong password typed';

  const begun = await nobody.call('startExternalSignIn', { status: 303 });
  const back = provider.authorize(String(begun.headers.location));
  const [flow] = (begun.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]);
  secrets['state of a sign-in'] = String(back.searchParams.get('state'));
  secrets['code of a sign-in'] = String(back.searchParams.get('code'));
  secrets['sealed sign-in'] = flow.split('.')[2];
  const ended = await server.client({ cookie: flow }).call('finishExternalSignIn', { query: Object.fromEntries(back.searchParams), status: 303 });
  const session = (ended.headers['set-cookie'] ?? []).find((one) => /pastille_session_[0-9a-f]{8}=[^;]/.test(one));
  secrets['session of a sign-in'] = String(session).split(';')[0].split('=')[1];

  const token = await server.cli(['token', 'add', 'given', '--scope', 'read', '--name', 'Wallboard']);
  secrets['token of the command line'] = token.stdout.trim();
  const added = await server.cli(['user', 'add', 'typed', '--name', 'Typed', '--role', 'Agent']);
  secrets['invitation of the command line'] = invitationIn(String(/http\S+/.exec(added.stdout)?.[0]));
  for (const [name, secret] of Object.entries(secrets)) assert.ok(secret.length >= 6 && secret !== 'undefined', `${name}: ${secret}`);

  const answers = [];
  for (const [operation, call, by] of asked) {
    const again = await by.call(operation, call);
    if (operation !== 'createUser' || again.body.login !== 'given') assert.equal(again.body.secret_shown, true, operation);
    answers.push(`${operation} ${again.text} ${JSON.stringify(again.headers)}`);
  }
  return { secrets, answers };
}

/** Where each stands in clear. @param {Record<string, string>} secrets @param {Map<string, Buffer | string>} places */
function found(secrets, places) {
  const hits = [];
  for (const [place, content] of places) {
    for (const [name, secret] of Object.entries(secrets)) {
      if (content.includes(secret)) hits.push(`${name} in ${place}`);
    }
  }
  return hits;
}

/** @param {string[]} paths */
const read = (paths) => new Map(paths.map((path) => /** @type {[string, Buffer]} */ ([path, readFileSync(path)])));

for (const engine of ['sqlite', 'postgres']) {
  describe(`with ${engine}`, () => {
    test('no secret stands in clear anywhere', async (t) => {
      const provider = await new HostileProvider().start();
      t.after(() => provider.close());
      const secretFile = join(freshFolder(), 'secret');
      writeFileSync(secretFile, CLIENT_SECRET);
      const settings = { log_level: 'debug', oidc: { issuer: provider.issuer, client_id: 'desk', client_secret_file: secretFile, create_people: true } };
      const folder = freshFolder();
      const database = engine === 'postgres' ? ownDatabase(folder) : undefined;
      const server = new Server({ settings, folder, database });
      // The link of the first administrator is printed for the operator, and nowhere else.
      await server.start();
      const first = await server.firstAdministratorToken();
      await server.stop();
      const org = await organisation({ server });
      t.after(() => org.close());
      const { secrets, answers } = await everySecret(org, provider);
      secrets['link of the first administrator'] = first;
      const places = new Map(answers.map((text) => /** @type {[string, string | Buffer]} */ ([`the repeated ${text.split(' ')[0]}`, text])));
      places.set('the log', server.log);
      places.set('what it printed', server.lines.join('\n'));

      if (database) {
        places.set('a dump', execFileSync('pg_dump', ['--inserts', database], { maxBuffer: 256 << 20 }));
        const copy = join(folder, 'copy.sql');
        execFileSync('pg_dump', ['--format=directory', '--compress=0', `--file=${copy}`, database]);
        for (const [path, content] of read(filesIn(copy))) places.set(path, content);
      } else {
        // While it runs: with the write-ahead log as it is.
        for (const [path, content] of read(filesIn(server.data))) places.set(`${path}, running`, content);
        const backup = join(folder, 'backup.db');
        const made = await server.cli(['backup', backup]);
        assert.equal(made.code, 0, made.stderr);
        places.set('a backup', readFileSync(backup));
        places.set('a dump', execFileSync('sqlite3', [backup, '.dump'], { maxBuffer: 256 << 20 }));
      }
      assert.ok([...places.keys()].some((place) => place.includes('dump')));
      await server.stop();
      for (const [path, content] of read(filesIn(server.data))) places.set(path, content);
      assert.deepEqual(found(secrets, places), []);
      // The search finds what is there: a login stands in the database.
      assert.notEqual(found({ login: 'fromfile' }, places).length, 0);
    });
  });
}
