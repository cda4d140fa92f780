// Data of every schema that was ever released opens with today's server: every row is there and means the same.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { oldDatabase, oldSchemas, rowsOf } from '../lib/old_data.js';
import { PASSWORD } from '../lib/organisation.js';
import { freshFolder, ownDatabase, run, Server } from '../lib/server.js';

/** Rows without what is only derived of names. @param {Record<string, any[]>} tables */
function withoutFolds({ statuses, teams, people, ...others }) {
  /** @param {string} json labels as [text, fold] @returns {any} */
  const texts = (json) => {
    const labels = JSON.parse(json);
    return Array.isArray(labels) ? labels.map(([text]) => text) : Object.fromEntries(Object.entries(labels).map(([key, [text]]) => [key, text]));
  };
  return {
    ...others,
    statuses: statuses.map(({ folded, names, tags, ...row }) => ({ ...row, names: texts(names), tags: texts(tags) })),
    teams: teams.map(({ folded, ...row }) => row),
    people: people.map(({ login_folded, display_folded, ...row }) => row),
  };
}

for (const schema of oldSchemas()) {
  describe(`data of schema ${schema}`, () => {
    test('is what it was, also after another start', async () => {
      const server = new Server();
      mkdirSync(server.data, { mode: 0o700 });
      const file = join(server.data, 'pastille.db');
      const known = oldDatabase(schema, file);
      const before = rowsOf(file);
      for (const table of ['people', 'statuses', 'status_history', 'roles', 'teams', 'presence', 'own_history', 'sessions', 'tokens', 'conversations', 'messages', 'audit', 'answers', 'events']) {
        assert.ok(before[table].length > 0, `the old data has no row in ${table}`);
      }
      for (let start = 0; start < 2; start++) {
        await server.start();
        await server.stop();
        const { events, ...rows } = rowsOf(file, before);
        const made = events.slice(before.events.length).flatMap(({ payload }) => JSON.parse(payload).map((/** @type {any} */ change) => change.is));
        assert.equal(made.filter((is) => is === 'sealing_key_put').length, schema < 2 ? 1 : 0, 'the key that older data does not have');
        assert.deepEqual(made.filter((is) => is !== 'sealing_key_put'), schema < 2 ? [] : ['status_put', 'team_put', 'person_put'], 'what was folded by other tables');
        assert.deepEqual(withoutFolds({ ...rows, events: events.slice(0, before.events.length) }), withoutFolds(before));
      }

      await server.start();
      const ana = server.client({ cookie: known.cookie });
      const me = await ana.get('getMe');
      assert.deepEqual([me.id, me.display_name, me.locale, me.status_at_sign_in, me.pinned], [known.ana, 'Ána Sanz', 'fr', 'last', [known.bo]]);
      const { entry } = await ana.get('getMyStatus');
      assert.deepEqual([entry.status, entry.note], [known.lunch, 'soup']);
      assert.deepEqual((await ana.all('listMyHistory')).map(({ note }) => note), ['soup', 'one', null]);
      const lunch = await ana.get('getStatus', { id: known.lunch });
      assert.deepEqual([lunch.name, lunch.names, lunch.tags, lunch.icon, lunch.default_duration_s], ['Lunch', { fr: 'Déjeuner' }, ['Break', 'Midi'], '🍜', 1800]);
      assert.deepEqual((await ana.all('listStatusHistory', { id: known.lunch })).map(({ action }) => action), ['modified', 'created']);
      assert.deepEqual((await ana.all('listMessages', { id: known.conversation })).map(({ text }) => text), ['Are you there?', 'Hello']);
      assert.ok((await ana.all('listAudit')).some(({ target }) => target === known.lunch));
      const lamp = server.client({ bearer: known.token });
      await lamp.call('setMyStatus', { body: { status_id: known.lunch, note: 'from the lamp' } });
      const bo = server.client();
      await bo.signIn('bo', PASSWORD);
      assert.equal((await bo.get('getMyStatus')).pending.note, 'later');
      const doctor = await server.cli(['doctor']);
      assert.match(doctor.stdout + doctor.stderr, /good/);
      await server.close();
    });
  });
}

describe('folds that other tables made', () => {
  for (const engine of ['SQLite', 'PostgreSQL']) {
    test(`are made anew at the first start on ${engine}`, async () => {
      const old = new Server();
      mkdirSync(old.data, { mode: 0o700 });
      oldDatabase(2, join(old.data, 'pastille.db'));
      let server = old;
      if (engine === 'PostgreSQL') {
        const folder = freshFolder();
        server = new Server({ folder, database: ownDatabase(folder) });
        const moved = await run(['move', String(server.database), '--data', old.data]);
        assert.equal(moved.code, 0, moved.stderr);
      }
      for (let start = 0; start < 2; start++) {
        await server.start();
        const person = server.client();
        await person.signIn('МОЙ', PASSWORD);
        assert.equal((await person.get('listUsers', { query: { q: 'мои' } })).items[0].display_name, 'Мой друг');
        const statuses = await person.all('listStatuses', { query: { q: 'ハス' } });
        assert.deepEqual(statuses.map(({ name }) => name), start === 0 ? ['バス'] : ['バス', 'ハス']);
        await server.client().refused('wrong-credentials', 'signIn', { body: { login: 'мои', password: PASSWORD } });
        if (start === 0) {
          const made = await server.cli(['user', 'add', 'boss', '--name', 'Boss', '--role', 'Administrator', '--password-stdin'], { stdin: `${PASSWORD}\n` });
          assert.equal(made.code, 0, made.stderr);
          const boss = server.client();
          await boss.signIn('boss', PASSWORD);
          await boss.call('createStatus', { body: { name: 'ハス', type: 'busy', names: { ru: 'Мои' }, tags: ['バス', 'ハス'] }, status: 201 });
          await boss.call('createTeam', { body: { name: 'Мои' }, status: 201 });
          const taken = await boss.refused('name-taken', 'createTeam', { body: { name: 'МОЙ' } });
          assert.equal(taken.by, 'Мой');
        }
        await server.stop();
      }
      await server.close();
      if (server !== old) await old.close();
    });
  }
});
