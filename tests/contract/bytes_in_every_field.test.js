// Bytes that are no text, and characters that a terminal would obey, in every field, parameter and path of every
// operation of openapi.yaml and in every header: each is answered as the contract has it, nothing of them is stored,
// logged or said again, and the server goes on. A field that is new in openapi.yaml is in it.

import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { faultsOfAnswer, fieldsOf, mediaTypeOf, openapi, operations, slugOf } from '../lib/contract.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { Raw } from '../lib/raw.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {[string, string][]} */
let ids;
/** All that the server wrote to its log. @type {Buffer[]} */
const log = [];

before(async () => {
  org = await organisation();
  org.server.child?.stderr.on('data', (chunk) => log.push(chunk));
  const person = await org.account('person');
  const conversation = await org.admin.get('openConversation', { body: { with: person.id } });
  ids = [
    ['/users/{id}/status', org.admin.me.id],
    ['/users', person.id],
    ['/statuses', (await org.status('Lunch')).id],
    ['/teams', (await org.team('South')).id],
    ['/roles', (await org.role(['audit.read'])).id],
    ['/conversations', conversation.id],
  ];
});
after(() => org?.close());

const bytes = (/** @type {number[]} */ ...values) => Buffer.from(values);
/** What JSON and UTF-8 do not have: the body is malformed. */
const noText = [bytes(0xff), bytes(0xed, 0xa0, 0x80), bytes(0xc2), bytes(0xc0, 0x80), Buffer.from('\\ud800'), Buffer.from('\\udc00\\ud800')];
/** What UTF-8 has and no text of ours. */
const controls = ['\\u0000', '\\u001b[2J', '\\u0085', '\\u009b2J', '\\u007f', '\\ufdd0', '\u0085', '\u009b2J', '\u007f', '\ufdd0'].map((text) => Buffer.from(text));

// Of a terminal's point of view: C0 but for line ends, DEL, C1.
// eslint-disable-next-line no-control-regex
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufdd0]/;

/** @param {Buffer} received @param {string} what */
function holdText(received, what) {
  assert.ok(isUtf8(received), `${what} is not UTF-8`);
  const found = obeyed.exec(received.toString('utf8'));
  assert.equal(found, null, `${what} has a control character at ${found?.index}: ${JSON.stringify(received.toString('utf8').slice(Math.max(0, (found?.index ?? 0) - 80), (found?.index ?? 0) + 20))}`);
}

/**
 * Sends a request as bytes on a connection of its own and reads the answer, again where the server says when.
 * @param {string} method @param {string} path @param {(string | Buffer)[]} fields `Name: value` @param {Buffer} [body]
 * @returns {Promise<{status: number, headers: Record<string, string>, text: string, body: any}>}
 */
async function exchange(method, path, fields, body) {
  const lines = [Buffer.from(`${method} ${path} HTTP/1.1`), ...[`Host: ${new URL(org.server.origin).host}`, 'Connection: close', ...fields].map((field) => Buffer.from(field))];
  if (body) lines.push(Buffer.from(`Content-Length: ${body.length}`));
  const request = Buffer.concat([...lines.flatMap((line) => [line, Buffer.from('\r\n')]), Buffer.from('\r\n'), body ?? Buffer.alloc(0)]);
  for (;;) {
    const raw = await Raw.connect(org.server.origin);
    raw.write(request);
    const received = await raw.until((_, ended) => ended);
    raw.close();
    const end = received.indexOf('\r\n\r\n');
    assert.ok(end > 0, `${method} ${path} was not answered`);
    const [first, ...rest] = received.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(rest.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
    if (status === 429 && Number(headers['retry-after']) <= 5) {
      await wait(Number(headers['retry-after']) * 1000);
      continue;
    }
    holdText(Buffer.from(received.subarray(0, end).filter((byte) => byte !== 13)), `the head of ${method} ${path}`);
    const content = received.subarray(end + 4);
    if (!headers['content-encoding']) holdText(content, `the answer of ${method} ${path}`);
    const text = content.toString('utf8');
    return { status, headers, text, body: (headers['content-type'] ?? '').includes('json') && text ? JSON.parse(text) : undefined };
  }
}

/** @param {import('../lib/contract.js').Operation} op @param {string} [id] */
const pathOf = (op, id) => op.base + op.path.replace('{id}', id ?? ids.find(([start]) => op.path.startsWith(start))?.[1] ?? 'x1').replace('{token}', id ?? 'unknown');

/** @param {import('../lib/contract.js').Operation} op @param {{status: number, headers: any, text: string, body: any}} answer @param {string} what */
function holdToContract(op, answer, what) {
  assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text}`);
  if (answer.status === 304) return;
  assert.deepEqual(faultsOfAnswer(op, answer), [], what);
}

/** Bodies with these bytes where a text is: in the field, in a list, as a value and as a name of an object. @param {any} example @param {string} name @param {Buffer} wrong */
function bodiesWith(example, name, wrong) {
  return ['a@@b', ['a@@b'], { fr: 'a@@b' }, { 'a@@b': 'x' }].map((value) => {
    const [before, behind] = JSON.stringify({ ...example, [name]: value }).split('@@');
    return Buffer.concat([Buffer.from(before), wrong, Buffer.from(behind)]);
  });
}

/** @param {import('../lib/contract.js').Operation} op */
function exampleOf(op) {
  const ref = op.spec.requestBody.content['application/json'].schema.$ref;
  return ref.slice(2).split('/').reduce((/** @type {any} */ at, /** @type {string} */ key) => at[key], openapi).example ?? {};
}

for (const op of operations.values()) {
  const fields = fieldsOf(op);
  if (fields.length === 0) continue;
  test(`${op.id} takes text and nothing else in each field`, async () => {
    const head = [`Cookie: ${org.admin.cookie}`, `Content-Type: ${mediaTypeOf(op)}`];
    for (const name of [...fields.map((each) => each.name), 'unknown']) {
      for (const wrong of noText) {
        for (const body of bodiesWith(exampleOf(op), name, wrong)) {
          const answer = await exchange(op.method, pathOf(op), head, body);
          assert.equal(slugOf(answer.body), 'malformed', `${body.toString('latin1')}: ${answer.text}`);
        }
      }
      for (const wrong of controls) {
        for (const body of bodiesWith(exampleOf(op), name, wrong)) holdToContract(op, await exchange(op.method, pathOf(op), head, body), body.toString());
      }
    }
  });
}

/** Files that are taken, by the operation that takes them. @type {Record<string, string[][]>} */
const files = {
  importUsers: [['login', 'display_name', 'role', 'teams', 'locale', 'time_zone'], ['filed', 'Filed', 'Agent', 'North', 'fr', 'Europe/Paris']],
  importStatuses: [['name', 'type', 'tags', 'icon', 'default_duration_s', 'position', 'names.fr'], ['Filed', 'busy', 'day', '☕', '900', '1', 'Classé']],
};

for (const [id, rows] of Object.entries(files)) {
  test(`${id} takes text and nothing else in each name and each cell of its lines`, async () => {
    const op = /** @type {import('../lib/contract.js').Operation} */ (operations.get(id));
    const head = [`Cookie: ${org.admin.cookie}`, 'Content-Type: text/csv'];
    const rawControls = [bytes(0), Buffer.from('\u001b[2J'), Buffer.from('\u0085'), Buffer.from('\u009b2J'), Buffer.from('\u007f'), Buffer.from('\ufdd0')];
    for (const [line, cells] of rows.entries()) {
      for (const at of cells.keys()) {
        for (const wrong of [bytes(0xff), bytes(0xed, 0xa0, 0x80), bytes(0xc2), bytes(0xc0, 0x80), ...rawControls]) {
          const file = rows.map((row, i) => row.map((cell, j) => (i === line && j === at ? `${cell}@@x` : cell)).join(',')).join('\n');
          const [before, behind] = file.split('@@');
          const body = Buffer.concat([Buffer.from(before), wrong, Buffer.from(behind)]);
          const answer = await exchange('POST', `${pathOf(op)}?dry_run=${line === 0}`, head, body);
          const what = `${body.toString('latin1')}: ${answer.text}`;
          holdToContract(op, answer, what);
          if (line === 0 && answer.status === 200) continue; // a column that nobody knows is left out, and said
          assert.equal(answer.status, 422, what);
          assert.ok(answer.body.errors.length > 0, what);
        }
      }
    }
    const whole = await exchange('POST', pathOf(op), head, Buffer.from(rows.map((row) => row.join(',')).join('\n')));
    assert.equal(whole.status, 200, whole.text);
  });
}

test('every operation takes text and nothing else in its path and its query', async () => {
  for (const op of operations.values()) {
    if (op.method === 'DELETE' && !op.path.includes('{')) continue; // takes neither, and would do it
    const head = [`Cookie: ${org.admin.cookie}`];
    const parameters = (op.spec.parameters ?? []).map((/** @type {any} */ one) => (one.$ref ? openapi.components.parameters[one.$ref.split('/').at(-1)] : one));
    const queries = parameters.filter((/** @type {any} */ one) => one.in === 'query').map((/** @type {any} */ one) => one.name);
    for (const wrong of ['%FF', '%ED%A0%80', '%00', '%1B%5B2J', '%C2%85', '%C2%9B', '%7F']) {
      for (const path of [...queries.map((/** @type {string} */ name) => `${pathOf(op)}?${name}=a${wrong}`), `${pathOf(op)}?a${wrong}=1`, ...(op.path.includes('{') ? [pathOf(op, `a${wrong}`)] : [])]) {
        const answer = await exchange(op.method, path, head);
        assert.ok(answer.status < 500, `${op.method} ${path}: ${answer.status} ${answer.text}`);
        if (!op.spec.requestBody && op.base && queries.some((/** @type {string} */ name) => path.includes(`?${name}=`))) assert.equal(slugOf(answer.body), 'malformed', `${op.method} ${path}: ${answer.text}`);
      }
    }
  }
  for (const wrong of [bytes(0xff), Buffer.from('\u0085'), Buffer.from('\u009b'), Buffer.from('é')]) {
    const answer = await exchange('GET', `/h${wrong.toString('latin1')}`, []);
    assert.equal(slugOf(answer.body), 'malformed');
  }
});

const names = ['User-Agent', 'Accept', 'Accept-Language', 'Accept-Encoding', 'Referer', 'X-Forwarded-For', 'X-Forwarded-Proto', 'X-Request-Id', 'X-Unknown', 'Cookie'];
const more = ['Idempotency-Key', 'If-Match', 'If-None-Match', 'Last-Event-ID', 'Pastille-Position', 'Origin', 'Sec-Fetch-Site', 'Authorization', 'Content-Type', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Key', 'Upgrade'];

test('every operation takes any bytes in any header', async () => {
  for (const op of operations.values()) {
    if (op.method === 'DELETE' && !op.path.includes('{')) continue;
    if (/\/live/.test(op.path)) continue; // an open stream does not end
    const body = op.spec.requestBody ? Buffer.from('{}') : undefined;
    const type = body ? [`Content-Type: ${mediaTypeOf(op)}`] : [];
    for (const wrong of [bytes(0xff), bytes(0xed, 0xa0, 0x80), Buffer.from('\u0085\u009b2J')]) {
      /** @param {string} name */
      const field = (name) => Buffer.concat([Buffer.from(`${name}: a`), wrong, Buffer.from('b')]);
      holdToContract(op, await exchange(op.method, pathOf(op), [`Cookie: ${org.admin.cookie}`, ...type, ...names.map(field)], body), op.id);
      for (const name of more) {
        const answer = await exchange(op.method, pathOf(op), [`Cookie: ${org.admin.cookie}`, ...(name === 'Content-Type' ? [] : type), field(name)], body);
        assert.ok(answer.status < 500, `${op.id} with ${name}: ${answer.status} ${answer.text}`);
      }
    }
    const answer = await exchange(op.method, pathOf(op), [Buffer.from('X-Unknown: a\x1b[2Jb')]);
    assert.equal(answer.status, 400, op.id);
  }
});

test('live connections take any bytes in any header', async () => {
  for (const path of ['/api/v1/live', '/api/v1/live/events?follow=none']) {
    for (const wrong of [bytes(0xff), bytes(0xed, 0xa0, 0x80), Buffer.from('\u0085\u009b2J')]) {
      for (const name of [...names, ...more]) {
        const raw = await Raw.connect(org.server.origin);
        const fields = [`GET ${path} HTTP/1.1`, `Host: ${new URL(org.server.origin).host}`, `Cookie: ${org.admin.cookie}`, Buffer.concat([Buffer.from(`${name}: a`), wrong]), '', ''];
        raw.write(Buffer.concat(fields.map((field, i) => Buffer.concat([Buffer.from(field), Buffer.from(i < fields.length - 1 ? '\r\n' : '')]))));
        const received = await raw.until((all, ended) => ended || all.includes('\r\n\r\n'));
        raw.close();
        const head = received.subarray(0, received.indexOf('\r\n\r\n'));
        holdText(Buffer.from(head.filter((byte) => byte !== 13)), `the head of ${path} with ${name}`);
        assert.match(head.toString(), /^HTTP\/1\.1 [24]\d\d /, `${path} with ${name}`);
      }
    }
  }
});

test('a browser with any name signs in, and nobody else is held up', async () => {
  const names = [Buffer.concat([Buffer.from('a'), bytes(0xff), Buffer.from('b')]), Buffer.from(`${'x'.repeat(199)}é`), Buffer.from('Móvil \u009b2J'), bytes(0xed, 0xa0, 0x80)];
  await org.account('browser');
  const credentials = Buffer.from(JSON.stringify({ login: 'browser', password: PASSWORD }));
  for (const [i, name] of names.entries()) {
    const signingIn = exchange('POST', '/api/v1/session', ['Content-Type: application/json', Buffer.concat([Buffer.from('User-Agent: '), name])], credentials);
    const others = Array.from({ length: 10 }, (_, n) => org.admin.call('createTeam', { body: { name: `Beside ${i} ${n}` }, status: 201 }));
    const answer = await signingIn;
    assert.equal(answer.status, 200, answer.text);
    await Promise.all(others);
  }
  const browser = await org.signIn('browser');
  const agents = (await browser.get('listMySessions')).items.map((/** @type {any} */ one) => one.agent);
  for (const expected of ['a\ufffdb', 'x'.repeat(199), 'Móvil \ufffd2J', '\ufffd\ufffd\ufffd']) assert.ok(agents.includes(expected), JSON.stringify([expected, agents]));
});

test('nothing of it is stored or logged, and the server was there all the time', async () => {
  await org.admin.call('createTeam', { body: { name: 'At the end' }, status: 201 });
  const { server } = org;
  await server.stop();
  const written = Buffer.concat(log);
  holdText(written, 'the log');
  assert.doesNotMatch(written.toString(), /cannot be written|stale|request failed/);
  const dump = server.database
    ? execFileSync('pg_dump', ['--inserts', '--data-only', server.database], { maxBuffer: 256 << 20 })
    : execFileSync('sqlite3', [join(server.data, 'pastille.db'), '.dump'], { maxBuffer: 256 << 20 });
  holdText(dump, 'the database');
  assert.doesNotMatch(dump.toString(), /\\u00[0189]|\\u007f|\\ufdd0/i, 'the database holds an escaped control character');
});
