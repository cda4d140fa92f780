import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { invitationIn } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;

before(async () => {
  org = await organisation();
  await org.team('North');
});
after(() => org?.close());

const HEAD = 'login,display_name,role,teams,locale,time_zone';
/** @param {string[]} lines @param {any} [call] */
const file = (lines, call = {}) => ({ raw: `${[HEAD, ...lines].join('\r\n')}\r\n`, ...call });
/** @param {string[]} lines */
const dryRun = (lines) => org.admin.get('importUsers', file(lines, { query: { dry_run: true } }));
const people = async () => (await org.admin.get('listUsers', { query: { limit: 1 } })).total;

describe('a dry run', () => {
  test('says who would be added and how many teams made, and changes nothing', async () => {
    const before = await people();
    const answer = await dryRun(['zoe,Zoé,agent,North;Evening,fr,Europe/Paris', '', 'li,"李, 娜",Administrator,,,']);
    assert.deepEqual(answer, {
      dry_run: true,
      created: [
        { line: 2, login: 'zoe', display_name: 'Zoé', role: 'agent', teams: ['North', 'Evening'] },
        { line: 4, login: 'li', display_name: '李, 娜', role: 'Administrator', teams: [] },
      ],
      updated: [],
      unchanged: 0,
      teams_created: 1,
      new_teams: ['Evening'],
      ignored_columns: [],
      errors: [],
      wrong: 0,
    });
    assert.equal(await people(), before);
    assert.deepEqual((await org.admin.get('listTeams', { query: { q: 'Evening' } })).items, []);
  });

  test('names the line and the column of everything wrong, however much it is', async () => {
    const lines = ['taken,T,Agent,,,', 'a b,,Emperor,,xx-,Mars', 'twice,T,Agent,,,', 'TWICE,T,Agent,,,'];
    await org.account('taken');
    const answer = await dryRun(lines);
    assert.deepEqual(answer.created, []);
    const places = answer.errors.map((/** @type {any} */ one) => `${one.line} ${one.column}`);
    assert.deepEqual(places.sort(), ['2 login', '3 display_name', '3 locale', '3 login', '3 role', '3 time_zone', '5 login']);
    assert.equal(answer.wrong, 7);

    const many = await dryRun(Array.from({ length: 150 }, (_, i) => `p${i},P,Emperor,,,`));
    assert.equal(many.errors.length, 100);
    assert.equal(many.wrong, 150);
  });

  test('names what is wrong with the file itself', async () => {
    const dry = { query: { dry_run: true } };
    const unknown = await org.admin.get('importUsers', { raw: 'colour\nred\n', ...dry });
    assert.deepEqual(unknown.errors.map((/** @type {any} */ one) => [one.line, one.code, one.params]), [[1, 'column_missing', { column: 'login' }], [1, 'column_missing', { column: 'role' }]]);
    const short = await org.admin.get('importUsers', { raw: `${HEAD}\nzoe,Zoé\n`, ...dry });
    assert.deepEqual(short.errors.map((/** @type {any} */ one) => [one.line, one.column]), [[2, 'role']]);
    const long = await org.admin.get('importUsers', { raw: `${HEAD}\nzoe,Zoé,Agent,Sales, EMEA,fr,Europe/Paris,x\n`, ...dry });
    assert.deepEqual(long.errors.map((/** @type {any} */ one) => [one.line, one.code]), [[2, 'too_many_cells']]);
    const empty = await org.admin.get('importUsers', { raw: '', ...dry });
    assert.equal(empty.wrong, 1);
    const latin = await org.admin.get('importUsers', { raw: Buffer.from(`${HEAD}\nzoe,Zo\xe9,Agent,,,\n`, 'latin1'), ...dry });
    assert.equal(latin.errors[0].line, 2);
    assert.equal(latin.errors[0].code, 'not_utf8');
  });

  test('answers in valid UTF-8 whatever bytes the file has', async () => {
    const header = Buffer.from('login,display_name,role,\xe9quipe\r\nzoe,Zo,Agent,x\r\n', 'latin1');
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (const raw of [header, Buffer.from([0xff, 0xfe, 0x6c]), Buffer.from('login\0x\n'), Buffer.concat([Buffer.from(HEAD), Buffer.from([0x0a, 0x22, 0xff])]), Buffer.from(`${HEAD}\n\u001b[2J,Z,\u001b[2J,,,\n`)]) {
      for (const dry_run of [true, false]) {
        const answer = await org.admin.call('importUsers', { raw, query: { dry_run }, anyStatus: true });
        assert.equal(answer.status, dry_run ? 200 : 422);
        strict.decode(answer.bytes);
        assert.doesNotMatch(answer.text, /\u001b|\\u001b/);
      }
    }
  });

  test('takes what Excel saves in any European language, as UTF-8 and as UTF-16', async () => {
    const rows = 'Login;Display_Name;ROLE;Teams;Active\r\nzara;Zara Ünlü;agent;"North;Sales, EMEA";WAHR\r\n;;;;\r\n';
    const created = [{ line: 2, login: 'zara', display_name: 'Zara Ünlü', role: 'agent', teams: ['North', 'Sales, EMEA'] }];
    for (const raw of [rows, `\ufeff${rows}`, Buffer.from(`\ufeff${rows.replaceAll(';', '\t').replace('North\t', 'North;')}`, 'utf16le'), `sep=;\r\n${rows}`]) {
      const answer = await org.admin.get('importUsers', { raw, query: { dry_run: true } });
      assert.deepEqual(answer.errors, []);
      assert.deepEqual(answer.created, created.map((one) => ({ ...one, line: String(raw).startsWith('sep') ? 3 : 2 })));
      assert.deepEqual(answer.new_teams, ['Sales, EMEA']);
    }
  });

  test('names columns that it does not take once, and a login that is there twice with both lines', async () => {
    const answer = await org.admin.get('importUsers', { raw: 'login,display_name,role,Badge,\r\nzig,Zig,Agent,7,\r\n', query: { dry_run: true } });
    assert.deepEqual([answer.ignored_columns, answer.created.length, answer.wrong], [['Badge'], 1, 0]);
    const twice = await dryRun(['zig,Zig,Agent,,,', 'zag,Zag,Agent,,,', 'ZIG,Zig,Agent,,,']);
    assert.deepEqual(twice.errors.map((/** @type {any} */ one) => [one.line, one.code, one.params]), [[4, 'login_twice', { login: 'ZIG', line: '2' }]]);
  });
});

describe('an import', () => {
  test('adds everyone, each with a link that works once', async () => {
    const answer = await org.admin.call('importUsers', file(['yves,Yves,Agent,North;Night,fr,Europe/Paris', 'ines,Inès,Agent,Night,,']));
    assert.ok(answer.headers['pastille-position']);
    assert.deepEqual([answer.body.dry_run, answer.body.teams_created, answer.body.wrong], [false, 1, 0]);
    const [yves] = answer.body.created;
    const read = await org.admin.get('getUser', { id: yves.id });
    assert.deepEqual([read.login, read.locale, read.time_zone, read.teams.length, read.invited], ['yves', 'fr', 'Europe/Paris', 2, true]);
    const token = invitationIn(yves.invitation.link);
    assert.ok(Date.parse(yves.invitation.expires_at) > Date.now());
    const nobody = org.server.client();
    await nobody.call('acceptInvitation', { token, body: { password: PASSWORD } });
    await nobody.refused('not-found', 'acceptInvitation', { token, body: { password: PASSWORD } });
  });

  test('is all or nothing, and says what is wrong as other requests do', async () => {
    const before = await people();
    const lines = ['fine,Fine,Agent,Dawn,,', 'odd,Odd,Emperor,,,'];
    await org.admin.invalid('line 3, role', 'importUsers', file(lines));
    await org.admin.invalid('line 1', 'importUsers', { raw: 'login\nzoe\n' });
    await org.admin.invalid('?dry_run', 'importUsers', file([], { query: { dry_run: 'perhaps' } }));
    assert.equal(await people(), before);
    assert.deepEqual((await org.admin.get('listTeams', { query: { q: 'Dawn' } })).items, []);
  });

  test('takes the right to manage teams where it would make one', async () => {
    const recruiter = await org.person('recruiter', { permissions: ['users.manage'] });
    const answer = await recruiter.get('importUsers', file(['nina,Nina,Agent,Noon,,'], { query: { dry_run: true } }));
    assert.deepEqual(answer.errors.map((/** @type {any} */ one) => [one.line, one.column]), [[2, 'teams']]);
    await recruiter.get('importUsers', file(['nina,Nina,Agent,North,,']));
  });

  test('as an update changes who is there, adds others, and says each change', async () => {
    const first = await org.admin.get('importUsers', file(['olga,Olga,Agent,North,fr,Europe/Paris', 'omar,Omar,Agent,,,']));
    const lines = ['OLGA,Olga Roy,,North;Noon,fr_FR,europe/paris', 'omar,,,,,', 'odile,Odile,Agent,,,'];
    for (const dry_run of [true, false]) {
      const answer = await org.admin.get('importUsers', file(lines, { query: { mode: 'update', dry_run } }));
      assert.deepEqual(answer.created.map((/** @type {any} */ one) => [one.login, !!one.invitation]), [['odile', !dry_run]]);
      assert.deepEqual(answer.updated, [
        {
          line: 2,
          login: 'OLGA',
          id: first.created[0].id,
          invited: false,
          changes: [
            { field: 'display_name', before: 'Olga', after: 'Olga Roy' },
            { field: 'teams', before: ['North'], after: ['North', 'Noon'] },
            { field: 'locale', before: 'fr', after: 'fr-FR' },
          ],
        },
      ]);
      assert.equal(answer.unchanged, 1);
    }
    const again = await org.admin.get('importUsers', file(lines, { query: { mode: 'update' } }));
    assert.deepEqual([again.created, again.updated, again.unchanged], [[], [], 3]);
    await org.admin.invalid('line 2, login', 'importUsers', file(lines));
    await org.admin.invalid('?mode', 'importUsers', file([], { query: { mode: 'replace' } }));
  });

  test('gives a role to lines without one, and new links to who never signed in', async () => {
    const raw = 'userPrincipalName,displayName\nkim@corp.example,Kim\nkit@corp.example,Kit\n';
    await org.admin.invalid('line 1', 'importUsers', { raw });
    await org.admin.invalid('line 3, role', 'importUsers', { raw, query: { role: 'Emperor' } });
    const added = await org.admin.get('importUsers', { raw, query: { role: 'Agent' } });
    const [kim, kit] = added.created;
    await org.server.client().call('acceptInvitation', { token: invitationIn(kim.invitation.link), body: { password: PASSWORD } });

    const query = { mode: 'update', invite_again: true };
    const tried = await org.admin.get('importUsers', { raw, query: { ...query, dry_run: true } });
    assert.deepEqual(tried.updated, [{ line: 3, login: 'kit@corp.example', id: kit.id, invited: true, changes: [] }]);
    assert.equal(tried.unchanged, 1);
    const [again] = (await org.admin.get('importUsers', { raw, query })).updated;
    assert.equal(again.display_name, 'Kit');
    const nobody = org.server.client();
    await nobody.refused('not-found', 'acceptInvitation', { token: invitationIn(kit.invitation.link), body: { password: PASSWORD } });
    await nobody.call('acceptInvitation', { token: invitationIn(again.invitation.link), body: { password: PASSWORD } });
    assert.equal((await org.admin.get('importUsers', { raw, query })).unchanged, 2);
  });

  test('with an Idempotency-Key happens once, in however many pieces, and shows its links once', async () => {
    const lines = Array.from({ length: 600 }, (_, i) => `once${i},Once ${i},Agent,,,`);
    const call = file(lines, { headers: { 'Idempotency-Key': 'i-1' } });
    const first = await org.admin.get('importUsers', call);
    assert.ok(first.created.every((/** @type {any} */ one) => one.invitation.link));
    const created = first.created.map((/** @type {any} */ { invitation: _, ...one }) => one);
    assert.deepEqual(await org.admin.get('importUsers', call), { ...first, created, secret_shown: true });
    await org.admin.invalid('Idempotency-Key', 'importUsers', { ...file(lines.slice(1)), headers: call.headers });
  });

  test('says 100 of what is wrong and how much there is in all', async () => {
    const lines = Array.from({ length: 150 }, (_, i) => `q${i},Q,Emperor,,,`);
    const problem = await org.admin.refused('invalid', 'importUsers', file(lines));
    assert.equal(problem.errors.length, 100);
    assert.match(problem.detail, /^150 things are wrong; the first 100/);
  });

  test('takes 10,000 lines and no more', async () => {
    const lines = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => `line${i},L,Emperor,,,`);
    assert.equal((await dryRun(lines(10_000))).wrong, 10_000);
    const more = await dryRun(lines(10_001));
    assert.deepEqual(more.errors.map((/** @type {any} */ one) => [one.line, one.code]), [[10_002, 'too_many_lines']]);
  });

  test('takes a file of a thousand people, far beyond what other requests may send', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `colleague.number.${i}@contact-centre.example,Colleague Number ${i},Agent,North,fr,Europe/Paris`);
    assert.ok(lines.join('').length > 65536);
    const answer = await org.admin.get('importUsers', file(lines));
    assert.equal(answer.created.length, 1000);
  });
});
