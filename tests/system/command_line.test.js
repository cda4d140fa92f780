import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { freshFolder, run, Server } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {Server} */
let server;
before(async () => {
  org = await organisation();
  server = org.server;
});
after(() => org?.close());

/** @param {string[]} args @param {Parameters<Server['cli']>[1]} [options] */
async function works(args, options) {
  const result = await server.cli(args, options);
  assert.equal(result.code, 0, `${args.join(' ')}: ${result.stdout}${result.stderr}`);
  return result;
}
/** @param {number} code @param {RegExp} text @param {string[]} args @param {Parameters<Server['cli']>[1]} [options] */
async function fails(code, text, args, options) {
  const result = await server.cli(args, options);
  assert.equal(result.code, code, `${args.join(' ')}: ${result.stdout}${result.stderr}`);
  assert.match(result.stderr, text, args.join(' '));
  return result;
}
/** @param {string} name @param {string} text */
function file(name, text) {
  const path = join(server.folder, name);
  writeFileSync(path, text);
  return path;
}

describe('usage', () => {
  test('--version and --help answer; wrong use is 2', async () => {
    assert.match((await run(['--version'])).stdout, /\d+\.\d+/);
    const help = await run(['--help']);
    assert.equal(help.code, 0);
    for (const word of ['serve', 'user', 'token', 'backup', 'restore', 'export', 'import', 'doctor']) assert.match(help.stdout, new RegExp(word));
    for (const command of ['serve', 'user', 'token', 'backup', 'import']) {
      const one = await run([command, '--help']);
      assert.equal(one.code, 0, command);
      assert.match(one.stdout, /pastille /, `${command} --help has an example`);
    }
    for (const args of [['dance'], ['serve', '--nonsense'], ['user', 'add'], ['serve', '--data', '/nonexistent', '--listen', 'nowhere'], []]) {
      assert.equal((await run(args)).code, 2, args.join(' '));
    }
  });
});

/** The same commands through a running server and on a directory that nobody holds. */
for (const running of [true, false]) {
  describe(running ? 'beside a running server' : 'with the server down', () => {
    const suffix = running ? 'up' : 'down';
    before(async () => {
      if (!running) await server.stop();
    });
    after(async () => {
      if (!running) await server.start();
    });

    test('user add, passwd, disable, list', async () => {
      const login = `cli-${suffix}`;
      await works(['user', 'add', login, '--name', 'Çeli Ünder', '--role', 'Agent', '--password-stdin'], { stdin: `${PASSWORD}\n` });
      assert.match((await works(['user', 'list'])).stdout, new RegExp(`${login}.*Çeli Ünder|Çeli Ünder.*${login}`));
      await fails(1, /login/i, ['user', 'add', login.toUpperCase(), '--name', 'Again', '--role', 'Agent', '--password-stdin'], { stdin: `${PASSWORD}\n` });
      await fails(1, /role/i, ['user', 'add', 'x', '--name', 'X', '--role', 'Emperor', '--password-stdin'], { stdin: `${PASSWORD}\n` });
      await fails(1, /password/i, ['user', 'add', 'x', '--name', 'X', '--role', 'Agent', '--password-stdin'], { stdin: 'short\n' });
      await works(['user', 'passwd', login, '--password-stdin'], { stdin: 'another good one\n' });
      await fails(1, /nobody/, ['user', 'passwd', 'nobody', '--password-stdin'], { stdin: 'another good one\n' });
      if (running) await org.signIn(login, 'another good one');
      await works(['user', 'disable', login]);
      if (running) await org.server.client().refused('wrong-credentials', 'signIn', { body: { login, password: 'another good one' } });
      await fails(1, /administrator/i, ['user', 'disable', 'admin']);
    });

    test('user import says what it would do, takes all or nothing, and names the line', async () => {
      const good = file(`good-${suffix}.csv`, `login,display_name,role,teams,locale,time_zone\nzoe-${suffix},"Zoé, the first",Agent,"North;South",fr,Europe/Paris\nyves-${suffix},Yves,Agent,,,\n`);
      const dry = await works(['user', 'import', good, '--dry-run']);
      assert.match(dry.stdout, /2/);
      assert.doesNotMatch((await works(['user', 'list'])).stdout, new RegExp(`zoe-${suffix}`));
      await works(['user', 'import', good]);
      const { stdout } = await works(['user', 'list']);
      assert.match(stdout, new RegExp(`zoe-${suffix}`));
      assert.match(stdout, new RegExp(`yves-${suffix}`));
      const bad = file(`bad-${suffix}.csv`, `login,display_name,role,teams,locale,time_zone\nfine-${suffix},Fine,Agent,,,\nbroken-${suffix},Broken,Emperor,,,\n`);
      await fails(1, /(line |:)3\b/, ['user', 'import', bad]);
      assert.doesNotMatch((await works(['user', 'list'])).stdout, new RegExp(`fine-${suffix}`));
      const header = file(`header-${suffix}.csv`, 'name,colour\nx,y\n');
      await fails(1, /(line |:)1\b/, ['user', 'import', header]);
      await fails(1, /nowhere/, ['user', 'import', join(server.folder, 'nowhere.csv')]);

      // What `user list` writes, another server takes whole, and who has left as such.
      const [head = '', ...lines] = stdout.trim().split(/\r?\n/);
      const another = freshFolder();
      const imported = await run(['user', 'import', '-', '--data', another], { stdin: stdout });
      assert.equal(imported.code, 0, imported.stderr);
      const again = await run(['user', 'list', '--data', another]);
      assert.deepEqual(again.stdout.trim().split(/\r?\n/).sort(), [head, ...lines].sort());
      const same = await run(['user', 'import', '-', '--update', '--data', another], { stdin: stdout });
      assert.match(same.stdout, new RegExp(`Added 0 people, 0 changed, ${lines.length} as they were\\.`));
      const twice = await run(['user', 'import', '-', '--data', another], { stdin: stdout });
      assert.equal(twice.code, 1);
      assert.match(twice.stderr, /line 2, login: .*choose the update/);
    });

    test('user import updates, names what is new and what is not taken, and gives links again', async () => {
      const login = `ivo-${suffix}`;
      const added = await works(['user', 'import', file(`ivo-${suffix}.csv`, `Login;Name;Badge\r\n${login};Ivo;7\r\n`), '--role', 'Agent', '--invitations', '--url', 'https://status.example.org/']);
      assert.match(added.stdout, new RegExp(`^${login},https://status\\.example\\.org/#invitation=\\S+\\r?\\n$`));
      assert.match(added.stderr, /works once and for 24 hours/);
      assert.match(added.stderr, /Columns that are not taken: Badge/);
      const change = file(`ivo2-${suffix}.csv`, `login,name,teams,locale\n${login},Ivo Roy,"Sales, EMEA; Night|${suffix}",de_DE\n`);
      for (const extra of [['--dry-run'], []]) {
        const { stdout } = await works(['user', 'import', change, '--update', ...extra]);
        assert.match(stdout, new RegExp(`^modify ${login}: display_name "Ivo" -> "Ivo Roy"; teams \\[\\] -> .*; locale "" -> "de-DE"$`, 'm'));
        assert.match(stdout, new RegExp(`^new team Night\\|${suffix}$`, 'm'));
      }
      const links = await works(['user', 'import', change, '--update', '--invitations']);
      assert.match(links.stdout, new RegExp(`^${login},\\S*/#invitation=\\S+\\r?\\n$`));
      if (!running) assert.match(links.stderr, /No server runs here/);
    });

    test('user import says all that is wrong, whatever bytes there are', async () => {
      const odd = file(`odd-${suffix}.csv`, 'login,name,role\n\u001b[2Jx,X,\u001b[31mEmperor\nfine,,Agent\n');
      const { stderr } = await fails(1, /line 2, role: There is no role "\ufffd\[31mEmperor"\. There are: Administrator, Agent/, ['user', 'import', odd]);
      assert.doesNotMatch(stderr, /\u001b/);
      assert.match(stderr, /line 3, display_name/);
      await fails(1, /UTF-16 without a mark/, ['user', 'import', file(`nul-${suffix}.csv`, 'login\0x\n')]);
    });

    test('export and import speak with each other through a pipe', async () => {
      const text = (await works(['export', '-'])).stdout;
      for (const stdin of [text, `\ufeff${text}`, (await works(['export', '-', '--format', 'csv'])).stdout]) {
        assert.match((await works(['import', '-'], { stdin })).stdout, /0 created, 0 modified/);
      }
      const written = join(server.folder, `marked-${suffix}.csv`);
      await works(['export', written]);
      assert.match(readFileSync(written, 'utf8'), /^\ufeffname,type/);
      await works(['import', written]);
      const tagged = await works(['import', '-', '--dry-run'], { stdin: `name;type;tags\nTagged ${suffix};busy;"break,paid";\n` });
      assert.match(tagged.stdout, /^new tag break,paid$/m);
      await fails(2, /--format/, ['export', join(server.folder, 'odd.txt')]);
    });

    test('token add prints a token, for several one a line', async () => {
      const one = (await works(['token', 'add', 'admin', '--scope', 'status', '--name', `Robot ${suffix}`])).stdout.trim();
      assert.match(one, /^pst_\S+$/);
      await works(['user', 'add', `second-${suffix}`, '--name', 'Second', '--role', 'Agent', '--password-stdin'], { stdin: `${PASSWORD}\n` });
      const several = (await works(['token', 'add', 'admin', `second-${suffix}`, '--scope', 'read', '--name', 'Two'])).stdout.trim().split('\n');
      assert.equal(several.length, 2);
      for (const line of several) assert.match(line, /^[\w-]+,pst_\S+$/);
      const crowd = Array.from({ length: 450 }, (_, i) => `crowd${i}-${suffix}`); // more than two pieces
      await works(['user', 'import', file(`crowd-${suffix}.csv`, `login,display_name\n${crowd.map((login) => `${login},${login}\n`).join('')}`), '--role', 'Agent']);
      const all = (await works(['token', 'add', '--all', '--scope', 'read', '--name', 'All'])).stdout.trim().split('\n');
      const owners = new Set(all.map((line) => /^(.*),pst_\S+$/.exec(line)?.[1]));
      assert.equal(owners.size, all.length);
      for (const login of ['admin', ...crowd]) assert.ok(owners.has(login), login);
      await fails(1, /nobody/, ['token', 'add', 'nobody', '--scope', 'read', '--name', 'x']);
      await fails(2, /scope/i, ['token', 'add', 'admin', '--scope', 'everything', '--name', 'x']);
      if (running) assert.equal((await server.client({ bearer: one }).get('getMe')).login, 'admin');
      if (running) assert.equal((await server.client({ bearer: String(all.at(-1)?.split(',')[1]) }).get('getMe')).login, all.at(-1)?.split(',')[0]);
    });

    test('export writes statuses as JSON and CSV, import takes them back', async () => {
      if (running) {
        await org.status('=SUM(A1)', { tags: ['+plus', '-minus', '@at'], names: { fr: '=cmd|calc' } });
        await org.status('Plain', { names: { fr: 'Simple' }, tags: ['a', 'b'], icon: '☕', default_duration_s: 900 });
      }
      for (const kind of ['json', 'csv']) {
        const path = join(server.folder, `statuses-${suffix}.${kind}`);
        await works(['export', path]);
        const text = readFileSync(path, 'utf8');
        assert.match(text, /Plain/);
        if (kind === 'json') assert.ok(JSON.parse(text));
        else assert.doesNotMatch(text, /(^|[,;"\n])[=@]/m, 'formulas are neutralised');
        assert.match((await works(['import', path, '--dry-run'])).stdout, /0|nothing|no change/i);
        await works(['import', path]);
      }
      const before = running ? await org.admin.all('listStatuses') : [];
      if (running) {
        const bad = file('bad.json', '{"statuses": [{"name": "", "type": "busy"}]}');
        const result = await server.cli(['import', bad]);
        assert.equal(result.code, 1);
        assert.deepEqual(await org.admin.all('listStatuses'), before);
      }
    });

    test('doctor finds nothing wrong', async () => {
      const { stdout } = await works(['doctor']);
      assert.ok(stdout.trim());
    });
  });
}

describe('backup and restore', () => {
  test('a backup taken while the server works is whole, and is put back', async (t) => {
    const copy = join(server.folder, 'backup');
    const live = await Live.connect(org.admin);
    let over = false;
    const busy = (async () => {
      for (let i = 0; !over; i++) await org.admin.call('createTeam', { body: { name: `During ${i}` }, status: 201 });
    })();
    await works(['backup', copy]);
    over = true;
    await busy;
    await live.close();
    const restored = new Server();
    t.after(() => restored.close());
    assert.equal((await restored.cli(['restore', copy])).code, 0);
    await restored.start();
    const client = restored.client();
    await client.signIn('admin', PASSWORD);
    assert.ok((await client.all('listTeams', { query: { limit: 200 } })).length <= (await org.admin.get('listTeams', { query: { limit: 1 } })).total);
    assert.ok((await client.get('listStatuses', { query: { q: 'Plain' } })).total >= 1);
  });

  test('restore refuses a directory that a server holds, and a file that is no backup', async () => {
    const copy = join(server.folder, 'backup2');
    await works(['backup', copy]);
    await fails(1, /running|held|in use|stop/i, ['restore', copy]);
    const other = new Server();
    const junk = file('junk', 'this is no backup');
    const result = await other.cli(['restore', junk]);
    assert.equal(result.code, 1, result.stdout + result.stderr);
    assert.match(result.stderr, /backup|database/i);
    await fails(1, /exist|overwrite/i, ['backup', copy]);
  });
});

describe('settings', () => {
  test('a flag wins over the environment, that over the file', async (t) => {
    const folder = freshFolder();
    const other = new Server({ folder, settings: { listen: '127.0.0.1:1', log_format: 'json' } });
    t.after(() => other.close());
    await other.start(); // --listen wins over the file
    assert.doesNotMatch(other.origin, /:1$/);
    for (const line of other.log.trim().split('\n').filter(Boolean)) JSON.parse(line);
  });

  test('an unknown or wrong setting is refused by name', async () => {
    for (const [settings, name] of [[{ colour: 'red' }, /colour/], [{ presence: { grace_s: 'long' } }, /grace_s/], [{ log_format: 'xml' }, /log_format/]]) {
      const other = new Server({ settings: Object(settings) });
      await assert.rejects(other.start(), /** @type {RegExp} */ (name));
    }
  });

  test('public_url decides about origins and links', async (t) => {
    const other = new Server({ settings: { public_url: ['https://status.example.org'] } });
    t.after(() => other.close());
    await other.start();
    assert.match(await other.firstAdministratorLink(), /^https:\/\/status\.example\.org\/#invitation=/);
    const nobody = other.client();
    await nobody.refused('foreign-origin', 'signIn', { body: { login: 'a', password: 'b' }, headers: { Origin: other.origin } });
    await nobody.refused('wrong-credentials', 'signIn', { body: { login: 'a', password: 'b' }, headers: { Origin: 'https://status.example.org' } });
  });

  test('frame_origins let a page show the Banner in a frame, with a cookie for it', async (t) => {
    const other = new Server({ settings: { public_url: ['https://status.example.org'], frame_origins: ['https://desk.example.org'] } });
    t.after(() => other.close());
    await other.cli(['user', 'add', 'admin', '--name', 'Ada', '--role', 'Administrator', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    await other.start();
    const answer = await other.client().call('signIn', { body: { login: 'admin', password: PASSWORD } });
    const cookie = String(answer.headers['set-cookie']);
    assert.match(cookie, /^__Host-pastille_session_[0-9a-f]{8}=/);
    for (const attribute of [/SameSite=None/i, /Secure/i, /Partitioned/i, /HttpOnly/i]) assert.match(cookie, attribute);
  });

  test('metrics are there on their own listener', async (t) => {
    const other = new Server({ settings: { metrics_listen: '127.0.0.1:0' } });
    t.after(() => other.close());
    await other.start();
    const line = other.lines.concat(other.log.split('\n')).find((one) => /metrics/i.test(one) && /127\.0\.0\.1:\d+/.test(one));
    const address = /127\.0\.0\.1:\d+/.exec(String(line))?.[0];
    assert.ok(address, `where it is: ${other.log}`);
    const text = await (await fetch(`http://${address}/metrics`)).text();
    assert.match(text, /^# TYPE pastille_/m);
  });

  test('logs hold no passwords, tokens, notes or texts', async () => {
    const ana = await org.person('ana');
    const robot = await org.token(ana, ['status']);
    const live = await Live.connect(ana);
    await live.set({ status_id: org.system.get('busy').id, note: 'note-nobody-logs' });
    const conversation = await ana.get('openConversation', { body: { with: org.admin.me.id } });
    await ana.call('sendMessage', { id: conversation.id, body: { text: 'text-nobody-logs' } });
    await live.close();
    for (const secret of [PASSWORD, String(robot.bearer), String(ana.cookie).split('=')[1], 'note-nobody-logs', 'text-nobody-logs']) {
      assert.ok(!server.log.includes(secret), secret);
    }
  });
});
