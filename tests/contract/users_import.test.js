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
      teams_created: 1,
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
    const unknown = await org.admin.get('importUsers', { raw: 'login,name\nzoe,Zoé\n', ...dry });
    assert.deepEqual(unknown.errors.map((/** @type {any} */ one) => one.line), [1, 1, 1]);
    const short = await org.admin.get('importUsers', { raw: `${HEAD}\nzoe,Zoé\n`, ...dry });
    assert.deepEqual(short.errors.map((/** @type {any} */ one) => [one.line, one.column]), [[2, undefined]]);
    const empty = await org.admin.get('importUsers', { raw: '', ...dry });
    assert.equal(empty.wrong, 1);
    const latin = await org.admin.get('importUsers', { raw: Buffer.from(`${HEAD}\nzoe,Zo\xe9,Agent,,,\n`, 'latin1'), ...dry });
    assert.equal(latin.errors[0].line, 2);
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

  test('takes a file of a thousand people, far beyond what other requests may send', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `colleague.number.${i}@contact-centre.example,Colleague Number ${i},Agent,North,fr,Europe/Paris`);
    assert.ok(lines.join('').length > 65536);
    const answer = await org.admin.get('importUsers', file(lines));
    assert.equal(answer.created.length, 1000);
  });
});
