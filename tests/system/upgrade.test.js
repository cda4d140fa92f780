// Data of every schema that was ever released opens with today's server: every row is there and means the same.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { oldDatabase, oldSchemas, rowsOf } from '../lib/old_data.js';
import { PASSWORD } from '../lib/organisation.js';
import { Server } from '../lib/server.js';

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
        const made = events.filter(({ payload }) => payload.includes('sealing_key_put'));
        assert.equal(made.length, 1, 'the key that older data does not have');
        assert.deepEqual({ ...rows, events: events.filter((each) => !made.includes(each)) }, before);
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
