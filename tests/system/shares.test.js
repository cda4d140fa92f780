// One person's share of what costs everybody: what is within it is done, what is beyond it is 429 with the time to wait, and
// others notice nothing. Every bound has its unit test from both sides; here the server itself, with its settings.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { Raw } from '../lib/raw.js';

const kStatuses = 60;
const kChanges = 400;
/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
before(async () => {
  org = await organisation({ settings: { quota: { changes_per_minute: kChanges, statuses_per_hour: kStatuses, renames_per_hour: 3, message_kb_per_minute: 32, message_mb_per_day: 1, keys_per_day: 100 } } });
  [ana, bo] = [await org.person('ana'), await org.person('bo')];
});
after(() => org?.close());

/** @param {import('../lib/api.js').Answer} answer @param {string} share */
function usedUp({ headers }, share) {
  assert.match(String(headers['retry-after']), /^[1-9]\d*$/);
  assert.match(String(headers.ratelimit), new RegExp(`"${share}";r=\\d+;t=\\d+`));
  assert.match(String(headers['ratelimit-policy']), new RegExp(`"${share}";q=\\d+;w=\\d+`));
}

describe('one person', () => {
  test('sets their status so often, over HTTP and live together', async () => {
    const body = { status_id: org.system.get('busy').id };
    const live = await Live.connect(ana);
    for (let i = 0; i < kStatuses / 2; i++) await ana.call('setMyStatus', { body });
    for (let i = 0; i < kStatuses / 2; i++) await live.set(body);
    const refused = await ana.call('setMyStatus', { body, status: 429 });
    usedUp(refused, 'statuses');
    assert.equal(Number(refused.headers['retry-after']), 3600 / kStatuses);
    await bo.call('setMyStatus', { body });
    await live.close();
  });

  test('changes their name so often', async () => {
    const rename = (/** @type {string} */ name, status = 200) => ana.call('patchMe', { body: { display_name: name, locale: 'en' }, status });
    for (let i = 0; i < 3; i++) await rename(`Ana ${i}`);
    const refused = await rename('Ana 3', 429);
    usedUp(refused, 'renames');
    assert.equal(Number(refused.headers['retry-after']), 3600 / 3);
    await rename('Ana 2');
    await bo.call('patchMe', { body: { display_name: 'Bo B.' } });
    const lines = (await org.admin.all('listAudit', { query: { action: 'user.modify' } })).filter(({ by }) => by === ana.me.id);
    assert.equal(lines.length, 3);
  });

  test('writes so much', async () => {
    const conversation = await ana.get('openConversation', { body: { with: bo.me.id } });
    const message = { id: conversation.id, body: { text: '🌴'.repeat(3900) } };
    await ana.call('sendMessage', { ...message, status: 201 });
    await ana.call('sendMessage', { ...message, status: 201 });
    usedUp(await ana.call('sendMessage', { ...message, status: 429 }), 'messages');
    await ana.call('listMessages', { id: conversation.id });
    await bo.call('sendMessage', { ...message, status: 201 });
  });

  test('makes so many keys, and more of what has none', async () => {
    const team = (/** @type {number} */ i) => ({ body: { name: `Team ${i}` }, headers: { 'Idempotency-Key': `key ${i}`.replace(' ', '-') } });
    for (let i = 0; i < 100; i++) await org.admin.call('createTeam', { ...team(i), status: 201 });
    usedUp(await org.admin.call('createTeam', { ...team(100), status: 429 }), 'idempotency-keys');
    await org.admin.call('createTeam', { body: { name: 'Without' }, status: 201 });
  });

  test('changes so much, whatever it is', async () => {
    let refused;
    for (let i = 0; i < 2 * kChanges && !refused; i++) {
      const answer = await ana.call('patchMe', { body: {}, anyStatus: true });
      if (answer.status !== 200) refused = answer;
    }
    assert.equal(refused?.status, 429);
    usedUp(/** @type {any} */ (refused), 'changes');
    await ana.call('getMe');
    await bo.call('patchMe', { body: {} });
  });

  test('is a few lines of the audit when they try the statuses of everybody', async () => {
    const targets = [];
    for (let i = 0; i < 25; i++) targets.push(await org.account(`target${i}`));
    const body = { status_id: org.system.get('busy').id };
    for (const { id } of targets) for (let i = 0; i < 2; i++) await bo.refused('own-status-only', 'setStatusOfUser', { id, body });
    const lines = (await org.admin.all('listAudit', { query: { action: 'own-status.set' } })).filter(({ by }) => by === bo.me.id);
    assert.equal(lines.length, 21);
    assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length);
  });
});

describe('who is not signed in', () => {
  test('sends no body: 400 connections cost next to nothing', async () => {
    const pid = Number(org.server.child?.pid);
    const { readFileSync } = await import('node:fs');
    const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    const before = resident();
    const almost = Buffer.alloc(1024 * 1024 - 1, 'x');
    const open = await Promise.all(Array.from({ length: 400 }, async () => {
      const raw = await Raw.connect(org.server.origin);
      raw.write(`POST /api/v1/users/import HTTP/1.1\r\nHost: ${new URL(org.server.origin).host}\r\nContent-Type: text/csv\r\nContent-Length: ${almost.length + 1}\r\n\r\n`);
      raw.write(almost);
      return raw;
    }));
    for (const raw of open) assert.match((await raw.until((bytes, ended) => bytes.includes('\r\n\r\n') || ended)).toString('latin1'), /^HTTP\/1.1 401 /);
    const grown = resident() - before;
    assert.ok(grown < 32 * 1024, `${grown} KB more`);
    for (const raw of open) raw.close();
    await ana.call('getMe');
  });
});
