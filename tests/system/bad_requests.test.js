// What no proper client would send over HTTP.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { organisation } from '../lib/organisation.js';
import { Raw } from '../lib/raw.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation();
});
after(() => org?.close());
let n = 0;
beforeEach(async () => {
  // Whatever was sent before, the server still works.
  await org.admin.call('createTeam', { body: { name: `Still there ${n++}` }, status: 201 });
});

/** @param {string | Buffer} bytes @returns {Promise<number>} the status, 0 when the connection was just closed */
async function statusOf(bytes) {
  const raw = await Raw.connect(org.server.origin);
  raw.write(bytes);
  const status = await raw.status();
  raw.close();
  return status;
}
const head = () => `Host: ${new URL(org.server.origin).host}\r\nCookie: ${org.admin.cookie}\r\n`;

describe('JSON', () => {
  test('that is broken is malformed', async () => {
    const broken = ['', ' ', '{', '}', '{"name"', '{"name":}', '{"name":"a",}', "{'name':'a'}", '{"name":"a"}x', '{"name":"a"}{"name":"b"}', '{name:"a"}', '[1,', '"', '"\\x"', 'nul', 'NaN', '{"name":"a\nb"}', '{"a":01}', '{"a":+1}', '{"a":.5}', '// a\n{}', '\ufeff{}x'];
    for (const raw of broken) await org.admin.refused('malformed', 'createTeam', { raw });
  });

  test('that is not UTF-8 is malformed', async () => {
    for (const bytes of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
      const raw = Buffer.concat([Buffer.from('{"name":"a'), Buffer.from(bytes), Buffer.from('"}')]);
      await org.admin.refused('malformed', 'createTeam', { raw });
    }
    await org.admin.refused('malformed', 'createTeam', { raw: '{"name":"\\ud800"}' });
    await org.admin.refused('malformed', 'createTeam', { raw: '{"name":"\\udc00\\ud800"}' });
    assert.equal((await org.admin.get('createTeam', { raw: '{"name":"\\ud83c\\udf34"}' })).name, '🌴');
  });

  test('with a key twice is malformed', async () => {
    await org.admin.refused('malformed', 'createTeam', { raw: '{"name":"a","name":"b"}' });
  });

  test('may be 32 levels deep and no more', async () => {
    const nested = (/** @type {number} */ levels) => `{"name":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    await org.admin.refused('invalid', 'createTeam', { raw: nested(32) });
    await org.admin.refused('malformed', 'createTeam', { raw: nested(33) });
    await org.admin.refused('malformed', 'createTeam', { raw: nested(30000) });
    await org.admin.refused('malformed', 'createTeam', { raw: '{"a":'.repeat(12000) });
  });

  test('with numbers out of range is invalid, not wrapped round', async () => {
    for (const number of ['1e400', '-1e400', '9223372036854775808', '18446744073709551616', '4294967356', '1e3', '60.0000001', '-0.5']) {
      const answer = await org.admin.call('createStatus', { raw: `{"name":"Number","type":"busy","position":${number}}`, anyStatus: true });
      if (number === '1e3' && answer.status === 201) continue; // 1e3 is the integer 1000
      assert.ok([400, 422].includes(answer.status), `${number}: ${answer.text}`);
    }
  });
});

describe('queries', () => {
  test('with broken escapes, no UTF-8 or control characters are malformed', async () => {
    const ask = (/** @type {string} */ query) => statusOf(`GET /api/v1/statuses?${query} HTTP/1.1\r\n${head()}\r\n`);
    for (const query of ['q=%ff', 'q=%c3', 'q=%', 'q=%zz', '%ff=1', 'cursor=%ff', 'q=%00', 'q=a%1b']) assert.equal(await ask(query), 400, query);
    assert.equal(await ask('limit=%31%30%30%30'), 422);
    assert.equal(await statusOf(`GET /api/v1/statuses?limit=%31%30&&=&q HTTP/1.1\r\n${head()}\r\n`), 200);
  });
});

describe('HTTP', () => {
  test('that is broken is answered with 400 or closed', async () => {
    const broken = ['\r\n\r\n\r\n', 'nonsense\r\n\r\n', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'GET /api/v1/me HTTP/1.1\r\nno colon\r\n\r\n', 'GET /api/v1/me HTTP/1.1\r\n: empty\r\n\r\n', `POST /api/v1/teams HTTP/1.1\r\n${''}Content-Length: -1\r\n\r\n`, 'POST /api/v1/teams HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n', 'POST /api/v1/teams HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'];
    for (const bytes of broken) {
      const status = await statusOf(`${bytes}\r\n\r\n`);
      assert.ok([0, 400, 405, 413, 505].includes(status), `${JSON.stringify(bytes)}: ${status}`);
    }
  });

  test('with two lengths of a body is not taken', async () => {
    const status = await statusOf(`POST /api/v1/teams HTTP/1.1\r\n${head()}Content-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
    assert.ok([0, 400].includes(status), String(status));
  });

  test('with too long header fields or target is refused', async () => {
    const long = await statusOf(`GET /api/v1/me HTTP/1.1\r\n${head()}X-Long: ${'x'.repeat(20000)}\r\n\r\n`);
    assert.ok([0, 431].includes(long), String(long));
    const target = await statusOf(`GET /api/v1/statuses?q=${'x'.repeat(9000)} HTTP/1.1\r\n${head()}\r\n`);
    assert.ok([0, 414, 431].includes(target), String(target));
    assert.equal(await statusOf(`GET /api/v1/me HTTP/1.1\r\n${head()}X-Long: ${'x'.repeat(8000)}\r\n\r\n`), 200);
  });

  test('in chunks is read, up to the same limit', async () => {
    const post = (/** @type {string} */ chunks) => statusOf(`POST /api/v1/teams HTTP/1.1\r\n${head()}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
    assert.equal(await post('8\r\n{"name":\r\n9\r\n"Chunks"}\r\n'), 201);
    assert.equal(await post(`${'4000\r\n' + ' '.repeat(0x4000) + '\r\n'}`.repeat(5)), 413);
    assert.ok([0, 400].includes(await post('zz\r\n{}\r\n')));
  });

  test('that announces a body too large is refused before it is sent', async () => {
    assert.equal(await statusOf(`POST /api/v1/teams HTTP/1.1\r\n${head()}Content-Type: application/json\r\nContent-Length: 10000000\r\n\r\n`), 413);
  });

  test('a request a byte at a time, and two in one packet, are read', async () => {
    const slow = await Raw.connect(org.server.origin);
    for (const byte of `GET /healthz HTTP/1.1\r\nHost: ${new URL(org.server.origin).host}\r\n\r\n`) slow.write(byte);
    assert.equal(await slow.status(), 200);
    slow.close();
    const both = await Raw.connect(org.server.origin);
    const one = `GET /healthz HTTP/1.1\r\nHost: ${new URL(org.server.origin).host}\r\n\r\n`;
    both.write(one + one);
    await both.until((received) => received.toString('latin1').split('HTTP/1.1 200').length === 3);
    both.close();
  });

  test('that is broken off leaves nothing behind', async () => {
    for (let i = 0; i < 50; i++) {
      const raw = await Raw.connect(org.server.origin);
      raw.write(`POST /api/v1/teams HTTP/1.1\r\n${head()}Content-Type: application/json\r\nContent-Length: 30\r\n\r\n{"name":"Brok`);
      raw.close();
    }
    assert.equal((await org.admin.get('listTeams', { query: { q: 'brok' } })).total, 0);
  });
});
