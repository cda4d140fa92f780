// RFC 6455 section by section, byte by byte, against the real server: what it must take and how it must end.
// What a client gets wrong in whole frames is in bad_frames.test.js; here are the edges in between.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { organisation } from '../lib/organisation.js';
import { Raw, rawLive } from '../lib/raw.js';

/** @typedef {import('../lib/raw.js').RawLive} RawLive */

/** Opcodes; `rest` is a continuation. */
const [rest, text, close, ping, pong] = [0, 1, 8, 9, 10];

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation();
});
after(() => org?.close());
afterEach(() => org.admin.call('getMe')); // whatever came, the server still works

const open = JSON.stringify({ do: 'open', present: true });

/** A connection after `ready`. */
async function opened() {
  const live = await rawLive(org.admin);
  live.send(open);
  await live.next(text, (payload) => payload.includes('"ready"'));
  live.raw.received = Buffer.alloc(0);
  return live;
}

/** Still there and in step: it answers a ping of its own. @param {RawLive} live */
async function inStep(live) {
  const payload = randomBytes(8);
  live.send(payload, { opcode: ping });
  await live.next(pong, (back) => back.equals(payload));
}

/** @param {(live: RawLive) => void} act @returns {Promise<number>} the code it closes with */
async function codeAfter(act) {
  const live = await opened();
  act(live);
  const code = await live.closeCode();
  await live.raw.until((_, ended) => ended); // and then the server ends the connection (7.1.1)
  live.close();
  return code;
}

/** The head of a frame as given, then a mask and the payload under it. @param {number[]} head @param {Buffer} [payload] */
function bytes(head, payload = Buffer.alloc(0)) {
  const key = randomBytes(4);
  return Buffer.concat([Buffer.from(head), key, payload.map((byte, at) => byte ^ key[at % 4])]);
}

/** @param {number} code @param {string | Buffer} [reason] */
function closing(code, reason = '') {
  const payload = Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]);
  return (/** @type {RawLive} */ live) => live.send(payload, { opcode: close });
}

/** Asks for something with a note, whole. @param {string} note @returns {Buffer} */
const noted = (note) => Buffer.from(JSON.stringify({ do: 'set', ref: 'n', status_id: org.system.get('busy').id, note }));

/** @param {RawLive} live @returns {Promise<string>} the note that the server understood */
async function understood(live) {
  const done = JSON.parse((await live.next(text, (payload) => payload.includes('"done"'))).toString());
  return done.entry.note;
}

describe('4 the handshake', () => {
  const fields = () => ({
    Host: new URL(org.server.origin).host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': 'pastille.v1',
    ...org.admin.credentials(),
  });

  /** @param {Record<string, string | undefined>} changed @param {string} [line] */
  async function answerTo(changed, line = 'GET /api/v1/live HTTP/1.1') {
    const raw = await Raw.connect(org.server.origin);
    const lines = Object.entries({ ...fields(), ...changed }).filter(([, value]) => value !== undefined);
    raw.write(`${line}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    const received = (await raw.until((all) => all.includes('\r\n\r\n'))).toString('latin1');
    raw.close();
    return { status: Number(received.slice(9, 12)), received };
  }

  test('is answered with the key of the RFC, the subprotocol and no extension that is unknown (1.3, 4.2.2)', async () => {
    const { status, received } = await answerTo({ 'Sec-WebSocket-Extensions': 'x-other, permessage-deflate; x-other=1' });
    assert.equal(status, 101);
    assert.match(received, /\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/i);
    const fixed = ['Upgrade: websocket', 'Connection: upgrade', 'Sec-WebSocket-Protocol: pastille.v1'];
    for (const field of fixed) assert.ok(received.toLowerCase().includes(`\r\n${field.toLowerCase()}\r\n`), field);
    assert.doesNotMatch(received, /extensions/i);
    assert.match((await answerTo({ 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' })).received, /Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n/i);
    const key = randomBytes(16).toString('base64');
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    assert.ok((await answerTo({ 'Sec-WebSocket-Key': key })).received.includes(accept));
  });

  test('takes names and tokens in any case, and lists (4.2.1)', async () => {
    for (const changed of [{ Upgrade: 'WebSocket' }, { Connection: 'keep-alive, UPGRADE' }, { 'Sec-WebSocket-Protocol': 'chat, pastille.v1' }, { Upgrade: 'h2c, websocket' }]) {
      assert.equal((await answerTo(changed)).status, 101, JSON.stringify(changed));
    }
  });

  test('is refused when a part is missing or wrong, and the version that is spoken is named (4.2.1, 4.4)', async () => {
    /** @type {Record<string, string | undefined>[]} */
    const wrong = [
      { Upgrade: undefined },
      { Upgrade: 'h2c' },
      { Connection: undefined },
      { Connection: 'keep-alive' },
      { 'Sec-WebSocket-Version': undefined },
      { 'Sec-WebSocket-Version': '8' },
      { 'Sec-WebSocket-Version': '14' },
      { 'Sec-WebSocket-Version': '13, 8' },
      { 'Sec-WebSocket-Key': undefined },
      { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ' },
      { 'Sec-WebSocket-Key': 'c2hvcnQ=' },
      { 'Sec-WebSocket-Key': `${'A'.repeat(40)}==` },
      { 'Sec-WebSocket-Key': '!!!!!!!!!!!!!!!!!!!!!!==' },
      { 'Sec-WebSocket-Protocol': undefined },
      { 'Sec-WebSocket-Protocol': 'Pastille.V1' },
    ];
    for (const changed of wrong) {
      const { status, received } = await answerTo(changed);
      assert.equal(status, 400, JSON.stringify(changed));
      assert.match(received, /\r\nSec-WebSocket-Version: 13\r\n/, JSON.stringify(changed));
    }
    assert.equal((await answerTo({}, 'POST /api/v1/live HTTP/1.1')).status, 405);
    assert.equal((await answerTo({}, 'GET /api/v1/live HTTP/1.0')).status, 400);
  });

  test('may bring the first frames in the same packet', async () => {
    const raw = await Raw.connect(org.server.origin);
    const head = Object.entries(fields()).map(([name, value]) => `${name}: ${value}\r\n`).join('');
    raw.write(Buffer.concat([Buffer.from(`GET /api/v1/live HTTP/1.1\r\n${head}\r\n`), bytes([0x81, 0x80 | open.length], Buffer.from(open))]));
    await raw.until((all) => all.includes('"ready"'));
    raw.close();
  });
});

describe('5.1 masking', () => {
  test('is asked for on control frames and continuations too', async () => {
    assert.equal(await codeAfter((live) => live.send('x', { opcode: ping, masked: false })), 1002);
    assert.equal(await codeAfter((live) => live.send(Buffer.from([3, 232]), { opcode: close, masked: false })), 1002);
    assert.equal(
      await codeAfter((live) => {
        live.send('{', { fin: false });
        live.send('}', { opcode: rest, masked: false });
      }),
      1002,
    );
  });

  test('with a key of zeroes is one like any other, and what the server sends has none', async () => {
    const live = await rawLive(org.admin);
    live.raw.write(Buffer.concat([Buffer.from([0x81, 0x80 | open.length, 0, 0, 0, 0]), Buffer.from(open)]));
    await live.next(text, (payload) => payload.includes('"ready"'));
    assert.equal(live.raw.received[0], 0x81);
    assert.equal(live.raw.received[1] & 0x80, 0);
    live.close();
  });
});

describe('5.2 frames', () => {
  test('with any reserved bit are refused, in every kind of frame', async () => {
    for (const opcode of [text, ping, pong, close]) {
      for (const reserved of [1, 2, 4, 7]) assert.equal(await codeAfter((live) => live.send('', { opcode, reserved })), 1002, `${opcode} ${reserved}`);
    }
  });

  test('of every reserved opcode are refused', async () => {
    for (const opcode of [4, 5, 6, 12, 13, 14]) assert.equal(await codeAfter((live) => live.send('', { opcode })), 1002, String(opcode));
  });

  test('are taken with a length of each form at its edges', async () => {
    const live = await opened();
    for (const size of [125, 126, 127, 65535, 65536]) {
      const frame = JSON.stringify({ do: 'follow', add: [], ref: String(size) });
      live.send(frame.slice(0, -1) + ' '.repeat(size - frame.length) + '}');
      await live.next(text, (payload) => payload.includes(`"ref":"${size}"`));
    }
    live.close();
  });

  test('are refused with a length that is not the shortest', async () => {
    const payload = Buffer.from(open);
    for (const head of [
      [0x81, 0xfe, 0, payload.length],
      [0x81, 0xfe, 0, 125],
      [0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, payload.length],
      [0x81, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
    ]) {
      assert.equal(await codeAfter((live) => live.raw.write(bytes(head, payload))), 1002, JSON.stringify(head));
    }
  });

  test('are refused with a length that has its highest bit set, or that no memory holds', async () => {
    assert.equal(await codeAfter((live) => live.raw.write(bytes([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1]))), 1002);
    assert.equal(await codeAfter((live) => live.raw.write(bytes([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))), 1002);
    assert.equal(await codeAfter((live) => live.raw.write(bytes([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))), 1009);
    assert.equal(await codeAfter((live) => live.raw.write(bytes([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0]))), 1009);
    assert.equal(await codeAfter((live) => live.raw.write(bytes([0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 1]))), 1009);
  });
});

describe('5.4 fragments', () => {
  test('of one byte each, with a ping after every one, make one message', async () => {
    const live = await opened();
    const message = noted('piece by piece');
    message.forEach((byte, at) => {
      live.send(Buffer.from([byte]), { opcode: at === 0 ? text : rest, fin: at === message.length - 1 });
      if (at % 10 === 0) live.send(Buffer.from([at]), { opcode: ping });
    });
    assert.equal(await understood(live), 'piece by piece');
    const answered = live.frames().filter((frame) => frame.opcode === pong).map((frame) => frame.payload[0]);
    assert.deepEqual(answered, [...message.keys()].filter((at) => at % 10 === 0));
    live.close();
  });

  test('may be empty: the first, one in between, the last', async () => {
    const live = await opened();
    const message = noted('with holes');
    live.send('', { fin: false });
    live.send(message.subarray(0, 10), { opcode: rest, fin: false });
    live.send('', { opcode: rest, fin: false });
    live.send(message.subarray(10), { opcode: rest, fin: false });
    live.send('', { opcode: rest });
    assert.equal(await understood(live), 'with holes');
    live.close();
  });

  test('that bring nothing, for ever, are too many', async () => {
    assert.equal(
      await codeAfter((live) => {
        live.send('{', { fin: false });
        for (let i = 0; i < 200; i++) live.send('', { opcode: rest, fin: false });
      }),
      4429,
    );
  });

  test('end where the last one says so: another continuation is one of nothing', async () => {
    assert.equal(
      await codeAfter((live) => {
        live.send(' ', { fin: false });
        live.send(JSON.stringify({ do: 'follow', counts: false }), { opcode: rest });
        live.send('x', { opcode: rest });
      }),
      1002,
    );
  });

  test('may be left unfinished: a close between them is answered', async () => {
    assert.equal(
      await codeAfter((live) => {
        live.send('{"do":', { fin: false });
        closing(1000, 'enough')(live);
      }),
      1000,
    );
  });
});

describe('5.5 control frames', () => {
  test('a ping of up to 125 bytes comes back as it is, one of 126 ends it', async () => {
    const live = await opened();
    for (const size of [0, 1, 124, 125]) {
      const payload = randomBytes(size);
      live.send(payload, { opcode: ping });
      await live.next(pong, (back) => back.equals(payload));
    }
    live.close();
    assert.equal(await codeAfter((one) => one.send(randomBytes(126), { opcode: ping })), 1002);
    assert.equal(await codeAfter((one) => one.send(randomBytes(126), { opcode: pong })), 1002);
    assert.equal(await codeAfter((one) => one.send(Buffer.concat([Buffer.from([3, 232]), Buffer.alloc(124, 'x')]), { opcode: close })), 1002);
    for (const opcode of [ping, pong, close]) assert.equal(await codeAfter((one) => one.send('', { opcode, fin: false })), 1002, String(opcode));
  });

  test('a ping a byte at a time, and several in one packet, are answered in their order', async () => {
    const live = await opened();
    for (const byte of live.frame('slowly', { opcode: ping })) live.raw.write(Buffer.from([byte]));
    live.raw.write(Buffer.concat(['one', 'two', 'three'].map((each) => live.frame(each, { opcode: ping }))));
    await live.next(pong, (payload) => payload.toString() === 'three');
    assert.deepEqual(live.frames().filter((frame) => frame.opcode === pong).map((frame) => frame.payload.toString()), ['slowly', 'one', 'two', 'three']);
    live.close();
  });

  test('a pong that nobody asked for is taken and not answered', async () => {
    const live = await opened();
    for (const payload of ['', 'unasked', 'x'.repeat(125)]) live.send(payload, { opcode: pong });
    await inStep(live);
    assert.equal(live.frames().filter((frame) => frame.opcode === pong).length, 1);
    live.close();
  });

  test('a close without a code is answered without one', async () => {
    const live = await opened();
    live.send('', { opcode: close });
    const payload = await live.next(close);
    assert.equal(payload.length, 0);
    await live.raw.until((_, ended) => ended);
    live.close();
  });

  test('after a close nothing is heard any more', async () => {
    const live = await opened();
    live.raw.write(Buffer.concat([live.frame(Buffer.from([3, 232]), { opcode: close }), live.frame('late', { opcode: ping }), live.frame(noted('too late'))]));
    assert.equal(await live.closeCode(), 1000);
    await live.raw.until((_, ended) => ended);
    assert.deepEqual(live.frames().map((frame) => frame.opcode).filter((opcode) => opcode !== close), []);
    live.close();
    const { entry, pending } = await org.admin.get('getMyStatus');
    assert.ok(![entry.note, pending?.note].includes('too late'));
  });
});

describe('7.4 close codes', () => {
  test('that a client may send are answered with the same', async () => {
    for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]) {
      assert.equal(await codeAfter(closing(code, 'because')), code);
    }
    assert.equal(await codeAfter(closing(1000, 'é'.repeat(61))), 1000);
  });

  test('that may not be on the wire, or are nobody’s, are 1002', async () => {
    for (const code of [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535]) {
      assert.equal(await codeAfter(closing(code)), 1002, String(code));
    }
  });

  test('with a reason that is no UTF-8 are 1007', async () => {
    for (const reason of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]]) assert.equal(await codeAfter(closing(1000, Buffer.from(reason))), 1007, String(reason));
  });
});

describe('8.1 text', () => {
  const all = 'aé€🌴';

  test('whose characters are cut between fragments, everywhere, is read', async () => {
    const live = await opened();
    const message = noted(all);
    const from = message.indexOf(Buffer.from(all));
    for (let cut = from; cut <= from + Buffer.byteLength(all); cut++) {
      live.raw.received = Buffer.alloc(0);
      live.send(message.subarray(0, cut), { fin: false });
      live.send('between', { opcode: ping });
      live.send(message.subarray(cut), { opcode: rest });
      assert.equal(await understood(live), all, `cut after ${cut - from} bytes`);
    }
    live.close();
  });

  /** @type {[string, number[]][]} */
  const wrong = [
    ['a byte that begins nothing', [0x80]],
    ['a byte that is in no character', [0xff]],
    ['a form longer than needed', [0xc0, 0xaf]],
    ['three bytes for two', [0xe0, 0x9f, 0xbf]],
    ['four bytes for three', [0xf0, 0x8f, 0xbf, 0xbf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond the last character', [0xf4, 0x90, 0x80, 0x80]],
    ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ['broken off by another', [0xe2, 0x82, 0x41]],
  ];
  for (const [what, sequence] of wrong) {
    test(`that is no UTF-8 is 1007, whole or cut: ${what}`, async () => {
      assert.equal(await codeAfter((live) => live.send(Buffer.from([0x22, ...sequence, 0x22]))), 1007);
      assert.equal(
        await codeAfter((live) => {
          live.send(Buffer.from([0x22, ...sequence.slice(0, 1)]), { fin: false });
          live.send(Buffer.from([...sequence.slice(1), 0x22]), { opcode: rest });
        }),
        1007,
      );
    });
  }

  test('that is wrong is refused before the message has ended', async () => {
    assert.equal(await codeAfter((live) => live.send(Buffer.from([0x22, 0xff]), { fin: false })), 1007);
  });

  test('that ends within a character is 1007', async () => {
    assert.equal(await codeAfter((live) => live.send(Buffer.from([0x22, 0xe2, 0x82]))), 1007);
    assert.equal(
      await codeAfter((live) => {
        live.send(Buffer.from([0x22, 0xf0, 0x9f]), { fin: false });
        live.send(Buffer.from([0x8c]), { opcode: rest });
      }),
      1007,
    );
  });
});
