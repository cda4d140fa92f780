// Requests of which a proxy and the server could have different ideas where they end (RFC 9112 11.2): each is refused
// with one answer, the connection ends, and what was hidden in it is not done.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { organisation } from '../lib/organisation.js';
import { Raw } from '../lib/raw.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation();
});
after(() => org?.close());

const who = () => `Host: ${new URL(org.server.origin).host}\r\nCookie: ${org.admin.cookie}\r\n`;
const json = 'Content-Type: application/json\r\n';
let n = 100;
/** What an attacker hides: a request of its own, with somebody's cookie. */
const hidden = () => `POST /api/v1/teams HTTP/1.1\r\n${who()}${json}Content-Length: 23\r\n\r\n{"name":"Smuggled ${n++}"}`;

/** All that comes until the server closes. @param {string} bytes */
async function everything(bytes) {
  const raw = await Raw.connect(org.server.origin);
  raw.write(Buffer.from(bytes, 'latin1'));
  const received = (await raw.until((_, ended) => ended, 8000)).toString('latin1');
  raw.close();
  return received;
}

/** @param {string} received */
const statuses = (received) => [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

/** @param {string} bytes what is refused, with something hidden behind it @param {number} [status] */
async function refused(bytes, status = 400) {
  const received = await everything(bytes);
  assert.deepEqual(statuses(received), [status], `${JSON.stringify(bytes.slice(0, 300))}: ${received.slice(0, 300)}`);
  assert.match(received, /\r\nConnection: close\r\n/);
  const name = /Smuggled \d+/.exec(bytes)?.[0] ?? 'nothing';
  assert.equal((await org.admin.get('listTeams', { query: { q: name } })).total, 0, 'it was done');
}

/** Taken, and what follows it is another request. @param {string} bytes @param {number[]} expected */
async function taken(bytes, expected) {
  const closing = `GET /healthz HTTP/1.1\r\n${who()}Connection: close\r\n\r\n`;
  const received = await everything(bytes + closing);
  assert.deepEqual(statuses(received), [...expected, 200], `${JSON.stringify(bytes.slice(0, 300))}: ${received.slice(0, 600)}`);
}

/** @param {string} fields @param {string} rest */
const post = (fields, rest) => `POST /api/v1/teams HTTP/1.1\r\n${who()}${json}${fields}\r\n${rest}`;

test('what is hidden here would be done if it were not hidden', async () => {
  await taken(hidden().replace('Smuggled', 'Harmless'), [201]);
});

describe('two ideas of the length', () => {
  test('a length and chunks, in either order', async () => {
    await refused(post(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${hidden()}`));
    await refused(post(`Transfer-Encoding: chunked\r\nContent-Length: 5\r\n`, `0\r\n\r\n${hidden()}`));
    await refused(post(`Content-Length: ${hidden().length}\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${hidden()}`));
  });

  test('two lengths, different or the same', async () => {
    for (const lengths of ['Content-Length: 0\r\nContent-Length: 5\r\n', 'Content-Length: 5\r\nContent-Length: 0\r\n', 'Content-Length: 0\r\nContent-Length: 0\r\n', 'Content-Length: 0, 0\r\n', 'Content-Length: 0,5\r\n']) {
      await refused(post(lengths, hidden()));
    }
  });

  test('a length that is no number', async () => {
    for (const length of ['+0', '-0', '0x0', '0 0', '1e1', '٠', '"0"', '', ' ', '18446744073709551616', '0;', '0.0']) {
      await refused(post(`Content-Length: ${length}\r\n`, hidden()));
    }
  });

  test('another coding, one hidden by its spelling, two of them, and chunks in HTTP/1.0', async () => {
    for (const coding of ['identity', 'gzip', 'gzip, chunked', 'chunked, identity', 'chunked, chunked', 'x chunked', 'chunked;q=1', '"chunked"', 'chunked,', '\x0bchunked', 'chun\tked', '']) {
      await refused(post(`Transfer-Encoding: ${coding}\r\n`, `0\r\n\r\n${hidden()}`));
    }
    await refused(post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', `0\r\n\r\n${hidden()}`));
    await refused(post('Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden()}`));
    await refused(post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden()}`));
    await refused(post('Transfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden()}`).replace('HTTP/1.1', 'HTTP/1.0'));
  });
});

describe('two ideas of a line', () => {
  test('a fold', async () => {
    await refused(post('Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${hidden()}`));
    await refused(post('X: a\r\n\tContent-Length: 300\r\n', hidden()));
    await refused(`POST /api/v1/teams HTTP/1.1\r\n Host: folded\r\n${who()}${json}Content-Length: 0\r\n\r\n${hidden()}`);
  });

  test('a line feed or a carriage return alone', async () => {
    await refused(post('X: a\nContent-Length: 300\r\n', hidden()));
    await refused(post('X: a\rContent-Length: 300\r\n', hidden()));
    await refused(post('Content-Length: 0\r\r\n', hidden()));
    await refused(`POST /api/v1/teams HTTP/1.1\n${who()}Content-Length: 0\r\n\r\n${hidden()}`);
    await refused(post('Content-Length: 0\n', hidden()).replaceAll('\r\n\r\n', '\n\r\n'.repeat(1)).concat('\r\n\r\n'));
  });

  test('a blank before the colon, a name that is none, a control character', async () => {
    for (const field of ['Content-Length : 300', 'Transfer-Encoding\t: chunked', ' : x', ': x', 'no colon', 'Content Length: 300', 'Content-Length\x00: 300', 'X: a\x00b', 'X: \x7f', 'X(y): z', 'X\u00e9: z']) {
      await refused(post(`${field}\r\nContent-Length: 0\r\n`, hidden()));
    }
  });

  test('a request line with other blanks, without a version, or of another protocol', async () => {
    for (const line of ['GET /healthz', 'GET  /healthz HTTP/1.1', 'GET\t/healthz HTTP/1.1', 'GET /healthz  HTTP/1.1', 'GET /heal thz HTTP/1.1', 'GET /healthz HTTP/1.1 ', 'GET /healthz HTTP/2.0', 'GET /healthz HTTP/1.12', 'GET /healthz http/1.1', 'GET /healthz HTTP/1,1', ' GET /healthz HTTP/1.1', 'G@T /healthz HTTP/1.1', 'PRI * HTTP/2.0']) {
      await refused(`${line}\r\n${who()}\r\n${hidden()}`);
    }
  });

  test('two hosts, or none', async () => {
    await refused(`GET /healthz HTTP/1.1\r\n${who()}Host: other\r\n\r\n${hidden()}`);
    await refused(`GET /healthz HTTP/1.1\r\n\r\n${hidden()}`);
  });
});

describe('chunks', () => {
  const chunked = 'Transfer-Encoding: chunked\r\n';

  test('of every proper form are read, and the next request after them', async () => {
    const body = () => `{"name":"Chunks ${n++}"}`;
    const [one, two, three, four] = [body(), body(), body(), body()];
    const size = one.length.toString(16);
    await taken(post(chunked, `${size}\r\n${one}\r\n0\r\n\r\n`), [201]);
    await taken(post(chunked, `000${size.toUpperCase()}\r\n${two}\r\n000\r\n\r\n`), [201]);
    await taken(post(chunked, `${size};name=value;other="quoted text"\r\n${three}\r\n0;last\r\n\r\n`), [201]);
    await taken(post(chunked, `${size}\r\n${four}\r\n0\r\nX-Trailer: value\r\n\r\n`), [201]);
    await taken(post('transfer-encoding: Chunked\r\n', `2\r\n{}\r\n0\r\n\r\n`), [422]);
  });

  test('with a size that is none, or larger than any, are refused', async () => {
    for (const size of ['', 'g', '-1', '+2', '0x2', '2 2', ' 2', '1ffffffffffffffff', 'ffffffffffffffff']) {
      await refused(post(chunked, `${size}\r\n{}\r\n0\r\n\r\n${hidden()}`), size === 'ffffffffffffffff' ? 413 : 400);
    }
  });

  test('that do not end where they say are refused', async () => {
    for (const chunks of ['2\r\n{}x\r\n0\r\n\r\n', '2\r\n{}0\r\n\r\n', '2\r\n{}\n0\r\n\r\n', '2\n{}\r\n0\r\n\r\n', '2\r\n{}\r0\r\n\r\n', '2\r\n{}\r\n0\r\nno colon\r\n\r\n', '2;a\nb\r\n{}\r\n0\r\n\r\n']) {
      await refused(post(chunked, `${chunks}${hidden()}`));
    }
  });

  test('with extensions or trailers without an end are refused', async () => {
    await refused(post(chunked, `2;${'x'.repeat(200000)}\r\n{}\r\n0\r\n\r\n`));
    await refused(post(chunked, `2\r\n{}\r\n0\r\n${'X: y\r\n'.repeat(40000)}\r\n`));
  });

  test('a trailer is no field of the request', async () => {
    const session = org.admin.cookie;
    const received = await everything(`POST /api/v1/teams HTTP/1.1\r\nHost: ${new URL(org.server.origin).host}\r\n${json}${chunked}Connection: close\r\n\r\n2\r\n{}\r\n0\r\nCookie: ${session}\r\n\r\n`);
    assert.deepEqual(statuses(received), [401]);
  });
});
