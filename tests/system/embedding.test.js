// What pages of other origins may read when they show <pastille-dot>, and what they may not.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { send } from '../lib/api.js';
import { organisation } from '../lib/organisation.js';
import { Events } from '../lib/sse.js';

const kListed = 'https://crm.example.org';
const kStranger = 'https://elsewhere.example.org';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let anna;
before(async () => {
  org = await organisation({ settings: { element_origins: [kListed] } });
  anna = await org.person('anna');
});
after(() => org.close());

/** @param {string} method @param {string} path @param {Record<string, string>} headers */
const ask = (method, path, headers) => send({ origin: org.server.origin, method, path, headers });

describe('a listed page', () => {
  test('reads the catalogue with the cookie of a person, whatever the answer', async () => {
    const first = await anna.call('getCatalogue', { headers: { Origin: kListed } });
    const again = await anna.call('getCatalogue', { headers: { Origin: kListed, 'If-None-Match': first.etag }, anyStatus: true });
    const refused = await org.server.client().call('getCatalogue', { headers: { Origin: kListed }, anyStatus: true });
    assert.deepEqual([first.status, again.status, refused.status], [200, 304, 401]);
    for (const { headers } of [first, again, refused]) {
      assert.equal(headers['access-control-allow-origin'], kListed);
      assert.equal(headers['access-control-allow-credentials'], 'true');
      assert.match(String(headers.vary), /Origin/);
    }
  });

  test('may send a token along, says the preflight', async () => {
    for (const path of ['/api/v1/catalogue', '/api/v1/live/events']) {
      const { status, headers } = await ask('OPTIONS', path, { Origin: kListed, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' });
      assert.equal(status, 204);
      assert.equal(headers['access-control-allow-origin'], kListed);
      assert.equal(headers['access-control-allow-methods'], 'GET');
      assert.equal(headers['access-control-allow-headers'], 'Authorization');
    }
  });

  test('follows those whom it shows, but makes nobody present', async () => {
    const query = { follow: 'none', user: [org.admin.me.id] };
    const events = await Events.open(anna, { query, headers: { Origin: kListed } });
    assert.equal(events.headers['access-control-allow-origin'], kListed);
    assert.equal((await events.next('board')).data.users[0].user, org.admin.me.id);
    events.close();
    const refused = await anna.refused('foreign-origin', 'liveEvents', { query: { present: true }, headers: { Origin: kListed } });
    assert.match(refused.detail, /present/);
  });

  test('reads nothing else, changes nothing, and opens no WebSocket', async () => {
    for (const operation of ['listStatuses', 'getMe', 'listUsers']) {
      const { headers } = await anna.call(operation, { headers: { Origin: kListed } });
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
    const body = { status_id: org.system.get('busy').id };
    await anna.refused('foreign-origin', 'setMyStatus', { body, headers: { Origin: kListed } });
    const preflight = await ask('OPTIONS', '/api/v1/me/status', { Origin: kListed, 'Access-Control-Request-Method': 'PUT' });
    assert.equal(preflight.headers['access-control-allow-origin'], undefined);
    const upgrade = await ask('GET', '/api/v1/live', {
      ...anna.credentials(), Origin: kListed, Connection: 'Upgrade', Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol': 'pastille.v1',
    });
    assert.equal(upgrade.status, 403);
  });
});

describe('a page that is not listed', () => {
  for (const origin of [kStranger, 'null', `${kListed}.evil.example`, 'http://crm.example.org', `${kListed}:8443`]) {
    test(`as ${origin}, is given nothing that a browser would let it read`, async () => {
      const catalogue = await anna.call('getCatalogue', { headers: { Origin: origin } });
      const events = await anna.call('liveEvents', { headers: { Origin: origin }, anyStatus: true });
      const preflight = await ask('OPTIONS', '/api/v1/live/events', { Origin: origin, 'Access-Control-Request-Method': 'GET' });
      assert.equal(events.status, 403);
      for (const { headers } of [catalogue, events, preflight]) {
        assert.equal(headers['access-control-allow-origin'], undefined);
        assert.match(String(headers.vary), /Origin/);
      }
    });
  }
});

test('without the setting nobody but the own pages reads', async () => {
  const other = await organisation();
  try {
    const { headers } = await other.admin.call('getCatalogue', { headers: { Origin: kListed } });
    assert.equal(headers['access-control-allow-origin'], undefined);
    await other.admin.refused('foreign-origin', 'liveEvents', { headers: { Origin: kListed } });
  } finally {
    await other.close();
  }
});
