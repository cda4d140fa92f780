// TLS in the server itself: what works without it works with it, the rest is refused, and the
// certificate is renewed without a restart. All the other tests run over TLS with PASTILLE_TLS=1 in
// the environment.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import tls from 'node:tls';

import { selfSigned } from '../lib/certificate.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { patient, until } from '../lib/patience.js';
import { Raw } from '../lib/raw.js';
import { freshFolder, Server } from '../lib/server.js';
import { Events } from '../lib/sse.js';

const folder = freshFolder();
const [first, second] = [selfSigned(folder, 'first', { days: 3 }), selfSigned(folder, 'second')];
const files = {
  certificate: join(folder, 'server.crt'),
  key: join(folder, 'server.key')
};
/** @param {{certificate: string, key: string}} from */
function install(from) {
  copyFileSync(from.certificate, files.certificate);
  copyFileSync(from.key, files.key);
}

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let ben;
before(async () => {
  install(first);
  org = await organisation({ settings: { tls: files, presence: { heartbeat_s: 2 } }, ca: first.pem });
  [ana, ben] = [await org.person('ana'), await org.person('ben')];
});
after(() => org?.close());

const port = () => Number(new URL(org.server.origin).port);
/**
 * @param {tls.ConnectionOptions} [options] @returns {Promise<tls.TLSSocket>} after the handshake
 */
async function handshake(options) {
  const socket =
      tls.connect({ host: '127.0.0.1', port: port(), rejectUnauthorized: false, ...options });
  await once(socket, 'secureConnect');
  return socket;
}
/** The name that the certificate of a new connection bears. */
async function shown() {
  const socket = await handshake();
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return CN;
}

describe('served over TLS', () => {
  test('the address says https, and cookies are bound to it', async () => {
    assert.match(org.server.origin, /^https:/);
    assert.match(String(ana.cookie), /^__Host-pastille_session_[0-9a-f]{8}=/);
    const answer = await org.server.client().call(
        'signIn', { body: { login: 'ana', password: 'correct horse battery' } });
    assert.match(String(answer.headers['set-cookie']), /; Secure/);
    assert.match(String(answer.headers['strict-transport-security']), /^max-age=\d{7,}/);
  });

  test('a change is seen over WebSocket and over events', async () => {
    const [live, events] = [
      await Live.connect(ben, { open: { present: true, follow: { all: true } } }),
      await Events.open(ben, { query: { follow: 'all' } })
    ];
    const own = await Live.connect(ana);
    await own.set({ status_id: org.system.get('busy').id });
    /** @param {any} frame */
    const busy = (frame) => frame.users.some((/** @type {any} */ one) => one.user === ana.me.id && one.type === 'busy');
    await live.take((frame) => frame.is === 'changes' && busy(frame), 'the change');
    await events.next('changes', busy);
    events.close();
    await Promise.all([live.close(), own.close()]);
  });

  test('frames come whole in any cut, many in one record, one in many records', async () => {
    const live = await Live.connect(ana);
    const socket = /** @type {any} */ (live.socket)._socket;
    socket.setNoDelay(true);
    socket.cork();
    for (let i = 0; i < 10; i++) live.send({ do: 'follow', ref: `many-${i}`, add: [ben.me.id] });
    socket.uncork();
    for (let i = 0; i < 10; i++) await live.take((frame) => frame.ref === `many-${i}`, `many-${i}`);
    const write = socket.write.bind(socket);
    socket.write = (/** @type {Buffer} */ bytes, /** @type {any[]} */...rest) => {
      for (let at = 0; at < bytes.length - 1; at++) write(bytes.subarray(at, at + 1));
      return write(bytes.subarray(bytes.length - 1), ...rest);
    };
    live.send({ do: 'follow', ref: 'cut', add: [ben.me.id] });
    await live.take((frame) => frame.ref === 'cut', 'cut');
    await live.close();
  });

  test('an answer larger than a record arrives, to a client that reads slowly', async () => {
    const names = Array.from(
        { length: 400 }, (_, i) => `crowd${i},${'Name of a colleague '.repeat(4)}${i},Agent`);
    const path = join(folder, 'crowd.csv');
    writeFileSync(path, ['login,display_name,role', ...names, ''].join('\n'));
    const imported = await org.server.cli(['user', 'import', path]);
    assert.equal(imported.code, 0, imported.stderr);
    const whole = await ana.get('getDirectory');
    assert.ok(JSON.stringify(whole).length > 40_000);
    const slow = await handshake();
    slow.write(`GET /api/v1/directory HTTP/1.1\r\nHost: localhost:${port()}\r\nCookie: ${
        ana.cookie }\r\nConnection: close\r\n\r\n`);
    let text = '';
    for await (const chunk of slow) {
      text += chunk;
      slow.pause();
      setImmediate(() => slow.resume());
    }
    const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
    assert.equal(body.users.length, whole.users.length);
  });

  test('ends are told: close_notify after the last answer', async () => {
    const socket = await handshake();
    const ended = once(socket, 'end');
    socket.resume();
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    await ended;
    socket.destroy();
  });
});

describe('what is refused', () => {
  test('HTTP without TLS is told where to go', async () => {
    const raw = await Raw.connect(`http://127.0.0.1:${port()}`);
    raw.write('GET /banner HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await raw.until((_, ended) => ended);
    assert.match(raw.received.toString(), /^HTTP\/1\.1 400 [\s\S]*ask for https:/);
  });

  test('a client that says nothing, or nonsense, holds up nobody', async () => {
    const silent = await Raw.connect(`http://127.0.0.1:${port()}`);
    const nonsense = await Raw.connect(`http://127.0.0.1:${port()}`);
    nonsense.write(Buffer.alloc(4000, 0x16));
    await nonsense.until((_, ended) => ended);
    await ana.get('getMe');
    silent.socket.destroy();
  });

  test(
      'TLS 1.1 and ciphers without forward secrecy are refused, 1.2 and 1.3 are spoken',
      async () => {
        for (const version of /** @type {const} */ (['TLSv1.2', 'TLSv1.3'])) {
          const socket = await handshake({ minVersion: version, maxVersion: version });
          assert.equal(socket.getProtocol(), version);
          assert.match(socket.getCipher().name, version === 'TLSv1.3' ? /^TLS_/ : /^ECDHE-/);
          socket.destroy();
        }
        await assert.rejects(
            handshake(
                { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
            /alert protocol version|unsupported protocol/i);
        await assert.rejects(
            handshake({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256:AES128-GCM-SHA256' }),
            /handshake failure/i);
      });

  test('http/1.1 is chosen by name', async () => {
    const socket = await handshake({ ALPNProtocols: ['h2', 'http/1.1'] });
    assert.equal(socket.alpnProtocol, 'http/1.1');
    socket.destroy();
    // Who offers only what is not spoken may go on without a name.
    const other = await handshake({ ALPNProtocols: ['h2'] });
    assert.equal(other.alpnProtocol, false);
    other.destroy();
  });
});

describe('renewing the certificate', () => {
  const reload = () => org.server.child?.kill('SIGHUP');
  /** @param {RegExp} text */
  const logged = (text) => until(() => text.test(org.server.log), { what: String(text) });

  test('one that runs out soon is warned of', async () => {
    await logged(/certificate runs out soon.*hours_left=7[0-2]/);
  });

  test('SIGHUP shows the new one to new connections, and leaves open ones alone', async () => {
    const live = await Live.connect(ana);
    assert.equal(await shown(), 'first');
    install(second);
    assert.equal(await shown(), 'first');
    reload();
    await logged(/certificate was read again/);
    assert.equal(await shown(), 'second');
    await live.set({ status_id: org.system.get('absent').id });
    await live.close();
    org.server.ca = second.pem;
    org.server.agent = new https.Agent({ keepAlive: true, ca: second.pem });
    await ana.get('getMe');
  });

  test('what cannot be used leaves the old one, and the log says why', async () => {
    writeFileSync(files.key, 'no key');
    reload();
    await logged(/certificate stays as it was.*server\.key: cannot be used as a key/);
    copyFileSync(first.key, files.key);
    reload();
    await logged(/server\.key is not the key of the certificate/);
    assert.equal(await shown(), 'second');
  });
});

describe('a start', () => {
  /** @param {Record<string, string>} tls @param {RegExp} why */
  async function refused(tls, why) {
    const server = new Server({ settings: { tls }, ca: first.pem });
    await assert.rejects(server.start(), why);
  }

  test('without one of the two, or with files that do not fit, says what to do', async () => {
    await refused(
        { certificate: first.certificate }, /tls\.certificate and tls\.key belong together/);
    await refused({ key: first.key }, /tls\.certificate and tls\.key belong together/);
    await refused(
        { certificate: join(folder, 'nowhere.crt'), key: first.key },
        /nowhere\.crt: cannot be used as a certificate/);
    await refused(
        { certificate: first.certificate, key: second.key },
        /second\.key is not the key of the certificate/);
    const locked = join(folder, 'locked.key');
    const made = spawnSync(
        'openssl', ['ec', '-in', first.key, '-aes256', '-passout', 'pass:secret', '-out', locked]);
    assert.equal(made.status, 0);
    await refused(
        { certificate: first.certificate, key: locked },
        /locked\.key: cannot be used as a key.*without a\s+passphrase/);
  });

  test('with an RSA key works too', async (t) => {
    const rsa = selfSigned(folder, 'rsa', { key: ['rsa:2048'] });
    const server =
        new Server({ settings: { tls: { certificate: rsa.certificate, key: rsa.key } }, ca: rsa.pem });
    t.after(() => server.close());
    await server.start();
    assert.equal(
        (await new Promise(
             (done, failed) =>
                 https.get(`${server.origin}/healthz`, { ca: rsa.pem, timeout: patient(5000) }, done)
                     .on('error', failed)))
            .statusCode,
        200);
  });
});
