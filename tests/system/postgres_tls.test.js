// TLS between server and database: a real PostgreSQL with a certificate of an authority made for the test. Whom the server does
// not trust it does not talk to, and off this machine it talks to nobody without TLS.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { authority, selfSigned } from '../lib/certificate.js';
import { organisation } from '../lib/organisation.js';
import { Postgres } from '../lib/postgres.js';
import { freshFolder, run, Server } from '../lib/server.js';

const folder = freshFolder();
const ca = authority(folder, 'ca');
/** With TLS, as db.example.org. @type {Postgres} */
let secure;
/** Without. @type {Postgres} */
let plain;

before(async () => {
  const { certificate, key } = ca.issue('db', 'DNS:db.example.org');
  if (process.getuid?.() === 0) { // PostgreSQL does not run as root
    chmodSync(folder, 0o755);
    chownSync(key, Number(execFileSync('id', ['-u', 'postgres'])), -1);
  }
  secure = await Postgres.start({ settings: { ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key } });
  plain = await Postgres.start();
  for (const each of [secure, plain]) await each.createDatabase('one');
});
after(async () => {
  await secure?.close();
  await plain?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** By a name that is not this machine's, to the address where it listens. @param {Postgres} where @param {Record<string, string>} [more] */
const url = (where, more = {}, name = 'db.example.org') => `postgres://pastille@${name}:${where.port}/one?${new URLSearchParams({ hostaddr: '127.0.0.1', ...more })}`;
/** A server that does not get as far as being ready. @param {string} database */
async function refused(database) {
  const { code, stderr } = await run(['serve', '--database', database, '--listen', '127.0.0.1:0'], { env: { HOME: folder } });
  assert.equal(code, 1, stderr);
  return stderr;
}
/** How the sessions of servers came to be. @param {Postgres} where */
const sessions = (where) => where.sql("SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'pastille'");

test('with verify-full and the right authority a server works, and all its connections have TLS', async (t) => {
  const org = await organisation({ server: new Server({ database: url(secure, { sslmode: 'verify-full', sslrootcert: ca.certificate }) }) });
  t.after(() => org.close());
  await org.admin.get('listMyHistory'); // the archive has a connection of its own
  assert.equal(await secure.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pastille'"), '3');
  assert.equal(await sessions(secure), 't');
});

test('another authority, or none, is refused with the reason', async () => {
  const other = selfSigned(folder, 'other').certificate;
  assert.match(await refused(url(secure, { sslmode: 'verify-full', sslrootcert: other })), /certificate verify failed/);
  assert.match(await refused(url(secure, { sslmode: 'verify-full' })), /root certificate file ".*" does not exist/);
});

test('a certificate of another name is refused with both names', async () => {
  const said = await refused(url(secure, { sslmode: 'verify-full', sslrootcert: ca.certificate }, 'other.example.org'));
  assert.match(said, /"db\.example\.org".* does not match host name "other\.example\.org"/);
});

test('off this machine TLS is required, also when nothing is said of it', async (t) => {
  assert.match(await refused(url(plain)), /server does not support SSL, but SSL was required/);
  const server = new Server({ database: url(secure) });
  t.after(() => server.close());
  await server.start();
  assert.equal(await sessions(secure), 't');
});

test('on this machine it is not, and elsewhere only when that is said', async (t) => {
  for (const database of [plain.url('one', '127.0.0.1'), url(plain, { sslmode: 'disable' })]) {
    const server = new Server({ database });
    t.after(() => server.close());
    await server.start();
    assert.equal(await sessions(plain), 'f');
  }
});
