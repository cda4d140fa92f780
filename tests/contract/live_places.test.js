// Who gets in to the live connections: how many of one person, by which method, and whose session has ended.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { send } from '../lib/api.js';
import { slugOf } from '../lib/contract.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { Events } from '../lib/sse.js';

/** As limits::kConnectionsPerPerson. */
const kMost = 50;

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation();
});
after(() => org?.close());

const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol': 'pastille.v1' };

test('all live connections of a person count together, present or not, by session or by token', async () => {
  const [ana, bo] = [await org.person('ana'), await org.person('bo')];
  const [reader, robot] = [await org.token(ana, ['read']), await org.token(ana, ['status'])];
  const page = await Live.connect(ana);
  const stream = await Events.open(ana);
  const program = await Live.connect(robot);
  const watching = await Promise.all(Array.from({ length: kMost - 3 }, () => Live.connect(reader, { open: { present: false } })));
  for (const client of [ana, reader, robot]) {
    const refused = await client.refused('limit-reached', 'live', { headers: upgrade });
    assert.equal(refused.status, 409);
    await client.refused('limit-reached', 'liveEvents');
  }
  await (await Live.connect(bo)).close();
  stream.close();
  await until(async () => Live.connect(reader, { open: { present: false } }).then((live) => watching.push(live), () => 0), { what: 'the place that is free again' });
  await reader.refused('limit-reached', 'live', { headers: upgrade });
  await Promise.all([page, program, ...watching].map((one) => one.close()));
});

test('HEAD is not answered: what has no end has no head of its own', async () => {
  const cy = await org.person('cy');
  for (const [path, headers] of /** @type {[string, Record<string, string>][]} */ ([['/api/v1/live', upgrade], ['/api/v1/live/events?present=true', {}]])) {
    const answer = await send({ origin: org.server.origin, method: 'HEAD', path, headers: { ...cy.credentials(), ...headers } });
    assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET'], path);
  }
  assert.equal((await cy.get('getMyStatus')).entry.type, 'offline');
});

describe('whose session has ended', () => {
  test('is let in from a page of ours, and told so at once', async () => {
    const dee = await org.person('dee');
    const { cookie } = dee;
    await dee.call('signOut');
    for (const headers of /** @type {Record<string, string>[]} */ ([{}, { Cookie: String(cookie) }])) {
      const live = await Live.connect(org.server.client(), { open: null, headers: { ...headers, Origin: org.server.origin } });
      await live.closes(4401, 1000);
    }
  });

  test('is answered 401 when it is a program, or says nothing of a page', async () => {
    const nobody = org.server.client();
    const program = org.server.client({ bearer: 'pst_of_nobody' });
    await assert.rejects(Live.connect(nobody), { status: 401 });
    await assert.rejects(Live.connect(program), { status: 401 });
    await assert.rejects(Live.connect(program, { headers: { Origin: org.server.origin } }), { status: 401 });
    await assert.rejects(Live.connect(nobody, { headers: { Origin: 'https://evil.example' } }), { status: 401 });
    const answer = await send({ origin: org.server.origin, method: 'GET', path: '/api/v1/live', headers: { Origin: org.server.origin } });
    assert.equal(slugOf(answer.body), 'not-signed-in', 'without a right upgrade there is nothing to close');
  });
});
