// What an operator does and sees beside the server's own work: addresses, settings, backups and what they are checked by, the log
// of commands, and what the service manager is told.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { binary, freshFolder, run, Server } from '../lib/server.js';

const asRoot = process.getuid?.() === 0;

/** @param {import('node:test').TestContext} t */
async function started(t) {
  const org = await organisation();
  t.after(() => org.close());
  return org;
}

/** With its arguments; '' when it is gone. @param {string} pid */
function commandOf(pid) {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8');
  } catch {
    return '';
  }
}

test('two servers do not share an address: the second one says so and ends', async (t) => {
  const { server } = await started(t);
  const taken = new URL(server.origin).host;
  const second = await run(['serve', '--data', freshFolder(), '--listen', taken]);
  assert.equal(second.code, 1, second.stdout + second.stderr);
  assert.match(second.stderr, new RegExp(`Cannot listen on ${taken}: process ${server.child?.pid} \\(pastille\\) has this port\\. Stop it, or give another address`));
  assert.doesNotMatch(second.stdout, /is ready on/);
});

test('a server whose metrics cannot listen says so and ends, and leaves nothing behind', async (t) => {
  const { server } = await started(t);
  const taken = new URL(server.origin).host;
  const data = freshFolder();
  const refused = await run(['serve', '--data', data, '--listen', '127.0.0.1:0', '--metrics-listen', taken]);
  assert.equal(refused.code, 1, refused.stdout + refused.stderr);
  assert.match(refused.stderr, new RegExp(`Cannot listen on ${taken} for metrics: .*the port free`));
  assert.doesNotMatch(refused.stdout, /Metrics are on|is ready on|First administrator/);
  assert.ok(existsSync(join(data, 'pastille.db')), 'it had come as far as its data');
  assert.deepEqual(readdirSync(data).filter((name) => name.endsWith('.sock')), []);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) assert.ok(!commandOf(pid).includes(data), pid);
  const users = await run(['user', 'list', '--data', data]);
  assert.equal(users.code, 0, users.stderr);
});

test('a command through a running server leaves a line in its log, without what was typed after it', async (t) => {
  const { server } = await started(t);
  assert.equal((await server.cli(['user', 'add', 'ana', '--name', 'Secret Name', '--role', 'Agent', '--password-stdin'], { stdin: `${PASSWORD}\n` })).code, 0);
  assert.equal((await server.cli(['user', 'passwd', 'nobody', '--password-stdin'], { stdin: `${PASSWORD}\n` })).code, 1);
  await until(() => /command name="user passwd" exit_code=1/.test(server.log), { what: 'both lines' });
  assert.match(server.log, /info command name="user add" exit_code=0 took_ms=\d+/);
  assert.doesNotMatch(server.log, /Secret Name|nobody/);
});

test('a restore works on any wreck, and keeps all that was there', async (t) => {
  const org = await started(t);
  const { server } = org;
  const file = join(server.folder, 'good.backup');
  await org.status('Kept');
  assert.equal((await server.cli(['backup', file])).code, 0);
  await server.stop();
  const database = join(server.data, 'pastille.db');
  for (const wreck of [1, 2, 3]) {
    if (wreck === 1) truncateSync(database, 50_000);
    else writeFileSync(database, wreck === 2 ? 'no database' : '');
    const bytes = readFileSync(database);
    const restored = await server.cli(['restore', file]);
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, new RegExp(`pastille\\.db\\.before-restore-${wreck}'`));
    assert.deepEqual(readFileSync(`${database}.before-restore-${wreck}`), bytes);
  }
  await server.start();
  assert.ok((await org.admin.get('listStatuses')).items.some((/** @type {any} */ one) => one.name === 'Kept'));
});

test('a backup that is cut off or changed is named as such, and nothing is restored from it', async (t) => {
  const { server } = await started(t);
  const file = join(server.folder, 'whole.backup');
  assert.equal((await server.cli(['backup', file])).code, 0);
  const whole = readFileSync(file);
  const verified = await run(['backup', '--verify', file]);
  assert.equal(verified.code, 0, verified.stderr);
  assert.match(verified.stdout, /whole\.backup' is whole: \d+ bytes, its checksum is right/);
  const [, size, sum] = /pastille-backup 1 0*(\d+) ([0-9a-f]{64})\n$/.exec(whole.subarray(-200).toString('latin1')) ?? [];
  assert.equal(spawnSync('sh', ['-c', `head -c ${size} '${file}' | sha256sum`]).stdout.toString().split(' ')[0], sum, 'as sha256sum says it');

  const flipped = Buffer.from(whole);
  const place = flipped.indexOf('Administrator');
  flipped[place] ^= 1;
  for (const [bytes, says] of /** @type {[Buffer, RegExp][]} */ ([
    [whole.subarray(0, whole.length / 2), /is cut off: it has \d+ of \d+ bytes/],
    [whole.subarray(0, whole.length - 9), /is cut off or damaged at its end/],
    [flipped, /is damaged: its checksum is another/],
    [Buffer.from('a letter'), /is not a backup of Pastille/],
  ])) {
    const bad = join(server.folder, 'bad.backup');
    writeFileSync(bad, bytes);
    for (const args of [['backup', '--verify', bad], ['restore', bad, '--data', freshFolder()]]) {
      const refused = await run(args);
      assert.equal(refused.code, 1, refused.stdout);
      assert.match(refused.stderr, says);
      assert.match(refused.stderr, /bad\.backup/);
    }
  }
  const missing = await run(['backup', '--verify', join(server.folder, 'missing')]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /There is no file/);
});

test('a backup goes to standard output, also beside a running server', async (t) => {
  const { server } = await started(t);
  const file = join(server.folder, 'piped.backup');
  const piped = spawnSync('sh', ['-c', `"${binary}" backup - --data "${server.data}" >"${file}"`]);
  assert.equal(piped.status, 0, piped.stderr.toString());
  assert.equal((await run(['backup', '--verify', file])).code, 0);
  assert.ok(!existsSync('-'), 'no file called -');
});

test('what root restores belongs to the owner of the directory; doctor sees with the eyes of that user', { skip: !asRoot && 'takes root' }, async (t) => {
  const { server } = await started(t);
  const file = join(server.folder, 'good.backup');
  assert.equal((await server.cli(['backup', file])).code, 0);
  await server.stop();
  const nobody = 65534;
  const service = join(freshFolder(), 'service');
  mkdirSync(service, { mode: 0o700 });
  chownSync(service, nobody, nobody);
  assert.equal((await run(['restore', file, '--data', service])).code, 0);
  for (const name of ['pastille.db', 'lock']) assert.deepEqual([statSync(join(service, name)).uid, statSync(join(service, name)).mode & 0o777], [nobody, 0o600], name);
  assert.equal((await run(['user', 'list', '--data', service])).code, 0);
  chownSync(join(service, 'pastille.db'), 0, 0);
  const doctor = await run(['doctor', '--data', service]);
  assert.equal(doctor.code, 1, doctor.stdout);
  assert.match(doctor.stdout, /wrong +The user nobody may not read and write '.*pastille\.db', which belongs to root/);
  assert.match(doctor.stdout, /chown nobody: /);
});

test('a directory that is mounted read-only is not good', { skip: !asRoot && 'takes root' }, async (t) => {
  const { server } = await started(t);
  await server.stop();
  const script = `mount --bind "${server.data}" "${server.data}" && mount -o remount,bind,ro "${server.data}" && exec "${binary}" doctor --data "${server.data}"`;
  const doctor = spawnSync('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script], { encoding: 'utf8' });
  assert.equal(doctor.status, 1, doctor.stdout + doctor.stderr);
  assert.match(doctor.stdout, /wrong +The directory is mounted read-only/);
});

test('settings: every fault at once, what was meant, and a check that starts nothing', async () => {
  const folder = freshFolder();
  const file = join(folder, 'pastille.toml');
  writeFileSync(file, 'listn = "127.0.0.1:8080"\nlog_format = "xml"\n[presence]\ngrace_s = 0\n');
  for (const command of ['serve', 'check-config']) {
    const wrong = await run([command, '--config', file, '--data', join(folder, 'data'), '--io-threads', 'many']);
    assert.equal(wrong.code, 2, wrong.stdout);
    for (const fault of [/:1: listn: there is no such setting\. Did you mean listen\?/, /:2: log_format/, /:4: presence\.grace_s/, /--io-threads/]) assert.match(wrong.stderr, fault);
  }
  writeFileSync(file, 'listen = "127.0.0.1:8099"\n');
  const good = await run(['check-config', '--config', file, '--data', join(folder, 'data')], { env: { PASTILLE_LISTENN: '127.0.0.1:1' } });
  assert.equal(good.code, 0, good.stderr);
  assert.match(good.stdout, /good: listens on 127\.0\.0\.1:8099/);
  assert.match(good.stderr, /PASTILLE_LISTENN in the environment is no setting\. Did you mean PASTILLE_LISTEN\?/);
  assert.ok(!existsSync(join(folder, 'data')));
  const certificate = await run(['check-config', '--data', folder, '--tls-certificate', '/nowhere/cert.pem', '--tls-key', '/nowhere/key.pem']);
  assert.equal(certificate.code, 2);
  assert.match(certificate.stderr, /\/nowhere\/cert\.pem: cannot be used as a certificate \(No such file or directory\)/);
});

test('the service manager is told when it is ready and when it stops', async (t) => {
  const folder = freshFolder();
  const path = join(folder, 'notify');
  const program = 'import socket,sys\ns=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\ns.bind(sys.argv[1])\nprint("bound",flush=True)\nwhile True: print(s.recv(4096).decode().split("\\n")[0],flush=True)';
  const manager = spawn('python3', ['-c', program, path]);
  t.after(() => manager.kill());
  let heard = '';
  manager.stdout.on('data', (chunk) => (heard += chunk));
  await until(() => heard.includes('bound'), { what: 'the socket' });
  const server = new Server({ folder, shell: `export NOTIFY_SOCKET='${path}'` });
  t.after(() => server.close());
  await server.start();
  await until(() => heard.includes('READY=1'), { what: 'READY=1' });
  await server.stop();
  await until(() => heard.includes('STOPPING=1'), { what: 'STOPPING=1' });
});

test('both units wait until it says that it is ready, and leave it when its settings are wrong', async () => {
  const wrong = await run(['serve', '--data', freshFolder(), '--io-threads', 'many']);
  for (const name of ['pastille.service', 'pastille@.service']) {
    const unit = readFileSync(new URL(`../../packaging/${name}`, import.meta.url), 'utf8').split('\n');
    for (const line of ['Type=notify', 'Restart=on-failure', `RestartPreventExitStatus=${wrong.code}`]) assert.ok(unit.includes(line), `${name}: ${line}`);
  }
});
