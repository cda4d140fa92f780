// Which names are the same, which are not, and what becomes of characters that nobody sees.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let admin;
before(async () => {
  org = await organisation();
  admin = org.admin;
});
after(() => org?.close());

/** Each a pair that older folds took for one. */
const different = [['バス', 'ハス'], ['Мой', 'Мои'], ['मेल', 'मूल'], ['Всё', 'Все'], ['שָׁלוֹם', 'שלום']];
const same = [['Réunion', 'REUNION'], ['Łódź', 'lodz'], ['Straße', 'STRASSE'], ['Κώστας', 'ΚΩΣΤΑΣ'], ['за\u0301мок', 'ЗАМОК'], ['Room\u200b 5', 'room  5'], ['Dara', 'Dara\u2800'], ['Fay', '\u{1D159}Fay'], ['☕\ufe0f', '☕']];

describe('names', () => {
  test('that people tell apart are different, of statuses, teams, roles and logins', async () => {
    for (const [one, other] of different) {
      for (const name of [one, other]) {
        await org.status(name, { names: { ru: one, uk: other } });
        await org.team(name);
        await admin.call('createRole', { body: { name, permissions: [] }, status: 201 });
        await org.account(name);
      }
    }
    const client = org.server.client();
    assert.equal((await client.signIn('мои', PASSWORD)).user.display_name, 'Мои');
    assert.equal((await client.signIn('МОЙ', PASSWORD)).user.display_name, 'Мой');
  });

  test('that people take for the same are taken, and it is said by which', async () => {
    for (const [one, other] of same) {
      const there = (await org.status(one)).name;
      assert.equal((await admin.refused('name-taken', 'createStatus', { body: { name: other, type: 'busy' } })).by, there);
      const team = (await org.team(one)).name;
      assert.equal((await admin.refused('name-taken', 'createTeam', { body: { name: other } })).by, team);
      await admin.call('createRole', { body: { name: one, permissions: [] }, status: 201 });
      assert.equal((await admin.refused('name-taken', 'createRole', { body: { name: other, permissions: [] } })).by, there);
      const login = one.replaceAll(' ', '-');
      const role_id = org.roles.get('Agent').id;
      const person = await admin.get('createUser', { body: { login, display_name: one, role_id }, status: 201 });
      assert.equal((await admin.refused('login-taken', 'createUser', { body: { login: other.replace(/ +/, '-'), display_name: other, role_id } })).by, person.login);
    }
  });

  test('of tags: both stay, are counted and filtered apart', async () => {
    const status = await org.status('Tagged', { tags: ['バス停', 'ハス停', 'REUNION', 'Réunion'] });
    assert.deepEqual(status.tags, ['バス停', 'ハス停', 'REUNION']);
    const counts = (await admin.get('listTags')).items;
    for (const tag of ['バス停', 'ハス停', 'REUNION']) assert.deepEqual(counts.find((/** @type {any} */ one) => one.tag === tag), { tag, count: 1 });
    await org.status('Tagged too', { tags: ['バス停'] });
    assert.equal((await admin.all('listStatuses', { query: { tag: ['ハス停'] } })).length, 1);
    assert.equal((await admin.all('listStatuses', { query: { tag: ['バス停'] } })).length, 2);
  });

  test('are found by a search without regard to any mark', async () => {
    await org.status('Κώστας εδώ');
    const names = async (/** @type {string} */ q) => (await admin.all('listStatuses', { query: { q } })).map(({ name }) => name);
    assert.ok((await names('ΚΩΣ')).includes('Κώστας εδώ'));
    for (const [one, other] of different) for (const q of [one, other]) assert.deepEqual((await names(q)).filter((name) => name === one || name === other).length, 2, q);
    for (const q of ['ハス', 'バス']) {
      assert.equal((await admin.all('listTeams', { query: { q } })).length, 2);
      assert.equal((await admin.all('listUsers', { query: { q } })).length, 2);
    }
  });

  test('lose what nobody sees, and show something', async () => {
    assert.equal((await org.status('\ufeffLunch\u00ad\u200e \u2068now\u2069')).name, 'Lunch now');
    assert.equal((await org.status('Break\u2800at\u{1D159} \u2800five\u2800')).name, 'Break at   five');
    const family = '👩\u200d💻 خانه\u200cها';
    assert.equal((await org.status(family)).name, family);
    assert.equal((await org.status('Tomorrow \u{1FAFF}\u{323B0}')).name, 'Tomorrow \u{1FAFF}\u{323B0}');
    for (const name of ['\u3164', '\u2800', '\u200b', '\u0301', '\u{E0041}', '\ufdd0', 'a\uffff', 'a\u009bb', 'a\u001b']) {
      const problem = await admin.refused('invalid', 'createStatus', { body: { name, type: 'busy' } });
      assert.equal(problem.errors[0].pointer, '/name', JSON.stringify(name));
      await admin.refused('invalid', 'createTeam', { body: { name } });
      await admin.refused('invalid', 'patchMe', { body: { display_name: name } });
    }
  });
});

test('a note loses what nobody sees, and a message keeps it', async () => {
  const ana = await org.person('ana');
  const { pending } = await ana.get('setMyStatus', { body: { status_id: org.system.get('busy').id, note: 'room\u200b5\u200f' } });
  assert.equal(pending.note, 'room5');
  const { id } = await ana.get('openConversation', { body: { with: admin.me.id } });
  for (const text of ['שלום\u200f!', 'room\u200b5', '\u{1FAFF}\u{323B0}', '\u2801\u2800\u2803', 'a\u2028b', '\u2068Ana\u2069']) {
    assert.equal((await ana.get('sendMessage', { id, body: { text }, status: 201 })).text, text);
  }
  for (const text of ['\u200b', '\u2800', 'a\u0085b', '\ufdd0']) await ana.refused('invalid', 'sendMessage', { id, body: { text } });
});

test("one's own change of name is in the audit, and nothing else of one's profile", async () => {
  const bo = await org.person('bo');
  await bo.call('patchMe', { body: { locale: 'fr' } });
  await bo.call('patchMe', { body: { display_name: 'Bo Berg' } });
  const own = (await admin.all('listAudit')).filter(({ by }) => by === bo.me.id);
  assert.deepEqual(own.map(({ action, target }) => [action, target]), [['user.modify', bo.me.id]]);
});

test('the line of a sign-in in the log says who signed in', async () => {
  const cy = await org.person('cy');
  const line = () => org.server.log.split('\n').find((one) => one.includes('method=POST route=/api/v1/session ') && one.includes(` user=${cy.me.id} `));
  await until(line, { what: 'the line of the sign-in' });
});
