// Writes what today's server stores of an organisation that has something of everything, as SQL: once for each schema
// that is released, before it changes.
//
//     node old_data/make.js > old_data/schema_1.sql
//
// Times are given as what they lie before the time of the dump, so that retention finds nothing too old later.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';

const org = await organisation();
const { admin, server } = org;
const team = await org.team('North');
const role = await org.role(['statuses.create', 'audit.read']);
const ana = await org.person('ana', { role_id: role.id, team_ids: [team.id], display_name: 'Ána Sanz', locale: 'fr', time_zone: 'Europe/Paris' });
const bo = await org.person('bo');
await org.account('left', { display_name: 'Left' });
const lunch = await org.status('Lunch', { names: { fr: 'Déjeuner' }, tags: ['Break', 'Midi'], icon: '🍜', default_duration_s: 1800 });
// Names that other versions may fold otherwise.
await org.status('バス', { names: { ru: 'Мой' }, tags: ['バス'] });
await org.team('Мой');
await org.account('мой', { display_name: 'Мой друг' });
const gone = await org.status('Gone', { type: 'busy' });
await admin.call('patchStatus', { id: lunch.id, body: { position: 7 } });
await admin.call('deleteStatus', { id: gone.id });
await ana.call('patchMe', { body: { status_at_sign_in: 'last', pinned: [bo.me.id] } });
const live = await Live.connect(ana);
await live.set({ status_id: org.system.get('busy').id, note: 'one' });
await live.set({ status_id: lunch.id, note: 'soup', until: new Date(Date.now() + 300 * 86_400_000).toISOString() });
await bo.call('setMyStatus', { body: { status_id: lunch.id, note: 'later' } });
const conversation = await ana.get('openConversation', { body: { with: bo.me.id } });
for (const text of ['Hello', 'Are you there?']) await ana.call('sendMessage', { id: conversation.id, body: { text }, headers: { 'Idempotency-Key': text.replaceAll(' ', '-') } });
const { token } = await ana.get('createMyToken', { body: { name: 'lamp', scopes: ['status'] } });
const left = (await admin.all('listUsers', { query: { q: 'Left' } }))[0];
await admin.call('inviteUser', { id: left.id }).catch(() => {});
await admin.call('patchUser', { id: left.id, body: { active: false } });
await bo.refused('permission-missing', 'createTeam', { body: { name: 'South' } });
await live.close();
await server.stop();

const file = join(server.data, 'pastille.db');
/** @param {string} sql */
const sqlite = (sql) => execFileSync('sqlite3', [file, sql], { encoding: 'utf8', maxBuffer: 64 << 20 });
const now = Date.now();
const dump = sqlite('.dump').replace(/\b1[6-9]\d{11}\b/g, (time) => `{{${Number(time) - now}}}`);
console.log(`-- ${JSON.stringify({ token, cookie: ana.cookie, ana: ana.me.id, bo: bo.me.id, lunch: lunch.id, conversation: conversation.id })}`);
for (const pragma of ['application_id', 'user_version']) console.log(`PRAGMA ${pragma} = ${sqlite(`PRAGMA ${pragma}`).trim()};`);
console.log(dump.trim());
await server.close();
