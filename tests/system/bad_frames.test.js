// What no proper client would send over WebSocket, and clients that do not read.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { faultOfFrame } from '../lib/contract.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { rawLive } from '../lib/raw.js';
import { saw } from '../lib/seen.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let ana;
/** @type {import('../lib/organisation.js').Person} */
let bo;
before(async () => {
  org = await organisation({ settings: { presence: { grace_s: 1 } } });
  ana = await org.person('ana');
  bo = await org.person('bo');
});
after(() => org?.close());
afterEach(async () => {
  await org.admin.call('getMe'); // whatever came, the server still works
});

const open = JSON.stringify({ do: 'open', present: false });
const large = (/** @type {number} */ bytes) => {
  const frame = JSON.stringify({ do: 'follow', counts: false, ref: '' });
  return frame.replace('"ref":""', `"ref":"a"${' '.repeat(bytes - frame.length - 1)}`);
};

/**
 * The code with which the server closes after these frames.
 * @param {(live: import('../lib/raw.js').RawLive) => void} act
 */
async function codeAfter(act, first = open) {
  const live = await rawLive(bo);
  if (first) {
    live.send(first);
    await live.next(1, (payload) => payload.includes('"ready"'));
  }
  act(live);
  const code = await live.closeCode();
  if (code >= 4000 || code === 1009) saw(`close ${code}`);
  live.close();
  return code;
}

describe('frames that break RFC 6455', () => {
  test('unmasked, reserved bits and opcodes, broken control frames and fragments close with 1002', async () => {
    assert.equal(await codeAfter((live) => live.send('{}', { masked: false })), 1002);
    for (const reserved of [1, 2, 4]) assert.equal(await codeAfter((live) => live.send('{}', { reserved })), 1002);
    for (const opcode of [3, 7, 11, 15]) assert.equal(await codeAfter((live) => live.send('{}', { opcode })), 1002);
    assert.equal(await codeAfter((live) => live.send('x'.repeat(126), { opcode: 9 })), 1002, 'a long ping');
    assert.equal(await codeAfter((live) => live.send('x', { opcode: 9, fin: false })), 1002, 'a ping in parts');
    assert.equal(await codeAfter((live) => live.send('x', { opcode: 0 })), 1002, 'a continuation of nothing');
    assert.equal(
      await codeAfter((live) => {
        live.send('{', { fin: false });
        live.send('}', { opcode: 1 });
      }),
      1002,
      'a new message in the middle of one',
    );
    assert.equal(await codeAfter((live) => live.send('x', { opcode: 8 })), 1002, 'a close with one byte');
  });

  test('binary closes with 1003, text that is no UTF-8 with 1007', async () => {
    assert.equal(await codeAfter((live) => live.send('{}', { opcode: 2 })), 1003);
    assert.equal(await codeAfter((live) => live.send(Buffer.from([0x22, 0xff, 0x22]))), 1007);
  });

  test('more than 64 KB closes with 1009, in one frame or in parts, as soon as it is announced', async () => {
    assert.equal(await codeAfter((live) => live.send(large(65537))), 1009);
    assert.equal(await codeAfter((live) => live.send('', { length: 2 ** 40 })), 1009);
    assert.equal(
      await codeAfter((live) => {
        live.send('x'.repeat(60000), { fin: false });
        live.send('x'.repeat(60000), { opcode: 0, fin: false });
      }),
      1009,
    );
    const live = await rawLive(bo);
    live.send(open);
    live.send(large(65536));
    live.send(JSON.stringify({ do: 'follow', counts: true }));
    await live.next(1, (payload) => payload.includes('"counts"'));
    live.close();
  });

  test('a message in parts with a ping between them is read, and the ping answered', async () => {
    const live = await rawLive(bo);
    live.send(open.slice(0, 5), { fin: false });
    live.send('are you there', { opcode: 9 });
    live.send(open.slice(5, 9), { opcode: 0, fin: false });
    live.send(open.slice(9), { opcode: 0 });
    assert.equal((await live.next(10)).toString(), 'are you there');
    const ready = JSON.parse((await live.next(1)).toString());
    assert.equal(faultOfFrame(ready), null);
    live.send(Buffer.from([0x03, 0xe8]), { opcode: 8 });
    assert.equal(await live.closeCode(), 1000);
    live.close();
  });

  test('frames a byte at a time are read', async () => {
    const live = await rawLive(bo);
    for (const byte of live.frame(open)) live.raw.write(Buffer.from([byte]));
    await live.next(1);
    live.close();
  });
});

describe('frames that break the protocol', () => {
  test('out of order close with 4400', async () => {
    for (const frame of [{ do: 'follow', all: true }, { do: 'set', ref: 'a', status_id: 's1' }, { do: 'clear', ref: 'a' }]) {
      assert.equal(await codeAfter((live) => live.send(JSON.stringify(frame)), ''), 4400, JSON.stringify(frame));
    }
    assert.equal(await codeAfter((live) => live.send(open)), 4400, 'a second open');
  });

  test('that cannot be read, or are of no kind, close with 4400', async () => {
    const frames = ['', 'nonsense', '[]', '1', 'null', '{}', '{"do":1}', '{"do":"dance"}', '{"is":"ready"}', '{"do":"set"}', '{"do":"follow"}', '{"do":"follow","all":1}', '{"do":"follow","add":"u1"}', '{"do":"follow","add":[1]}', '{"do":"follow","nonsense":1}', `${'['.repeat(30000)}`, `{"do":${'['.repeat(40)}${']'.repeat(40)}}`, '{"do":"clear","ref":7}', `{"do":"clear","ref":"${'x'.repeat(65)}"}`];
    for (const frame of frames) assert.equal(await codeAfter((live) => live.send(frame)), 4400, frame.slice(0, 60));
  });

  test('an open that is not right closes with 4400', async () => {
    const opens = [{ do: 'open' }, { do: 'open', present: 1 }, { do: 'open', present: false, nonsense: 1 }, { do: 'open', present: false, epoch: 'x' }, { do: 'open', present: false, seq: 1 }, { do: 'open', present: false, epoch: 'x', seq: -1 }, { do: 'open', present: false, epoch: 'x', seq: 1.5 }, { do: 'open', present: false, epoch: 1, seq: 1 }, { do: 'open', present: false, follow: {} }, { do: 'open', present: false, follow: { users: 'u1' } }];
    for (const frame of opens) assert.equal(await codeAfter((live) => live.send(JSON.stringify(frame)), ''), 4400, JSON.stringify(frame));
  });

  test('too many at once close with 4429, a burst of 60 does not', async () => {
    const frame = JSON.stringify({ do: 'follow', counts: false });
    const live = await Live.connect(bo, { open: { present: false } });
    for (let i = 0; i < 55; i++) live.send(frame);
    assert.ok(await live.follow({ add: [ana.me.id] }));
    for (let i = 0; i < 200 && !live.end; i++) live.send(frame);
    await live.closes(4429);
  });

  test('the follow set holds 2,000 people; who is nobody takes no place', async () => {
    const file = join(org.server.folder, 'crowd.csv');
    writeFileSync(file, `login,display_name,role\n${Array.from({ length: 2001 }, (_, i) => `crowd${i},Crowd ${i},Agent\n`).join('')}`);
    const { code, stderr } = await org.server.cli(['user', 'import', file]);
    assert.equal(code, 0, stderr);
    const crowd = (await bo.get('getDirectory')).users.filter((/** @type {any} */ one) => one.display_name.startsWith('Crowd')).map((/** @type {any} */ one) => one.id);
    assert.equal(crowd.length, 2001);
    const live = await Live.connect(bo, { open: { present: false } });
    const nobody = Array.from({ length: 1000 }, (_, i) => `u${5000000 + i}`);
    assert.equal((await live.follow({ add: nobody })).unknown.length, 1000);
    assert.equal((await live.follow({ add: crowd.slice(0, 1000) })).size, 1000);
    assert.equal((await live.follow({ add: crowd.slice(1000, 2000) })).size, 1000);
    await live.refused('invalid', { do: 'follow', add: [crowd[2000]] });
    await live.follow({ drop: [crowd[0]] });
    assert.equal((await live.follow({ add: [crowd[2000]] })).get(crowd[2000]).type, 'offline');
    await live.refused('invalid', { do: 'follow', add: nobody.concat('u1') });
    await live.close();
  });
});

describe('a client that never reads', () => {
  test('holds up nobody, and gets the newest state and a hint when it reads again', async () => {
    const deaf = await rawLive(bo);
    deaf.send(open);
    await deaf.next(1, (payload) => payload.includes('"ready"'));
    deaf.send(JSON.stringify({ do: 'follow', all: true }));
    await deaf.next(1, (payload) => payload.includes('"board"'));
    deaf.raw.socket.pause();
    const conversation = await ana.get('openConversation', { body: { with: bo.me.id } });
    const live = await Live.connect(ana);
    const text = '🌴'.repeat(4000);
    for (let i = 0; i < 700; i++) {
      await ana.call('sendMessage', { id: conversation.id, body: { text } });
    }
    const entry = await live.set({ status_id: org.system.get('busy').id, note: 'newest' });
    deaf.raw.socket.resume();
    await deaf.next(1, (payload) => payload.includes('"conversations"'));
    saw('frame conversations');
    await deaf.next(1, (payload) => payload.includes(`"rev":${entry.rev}`));
    const wrong = deaf.frames().filter((frame) => frame.opcode === 1).map((frame) => faultOfFrame(JSON.parse(frame.payload.toString()))).filter(Boolean);
    assert.deepEqual(wrong, []);
    deaf.close();
    await live.close();
  });

  test('and one that asks and never reads is not asked for more memory', async () => {
    const deaf = await rawLive(bo);
    deaf.send(open);
    deaf.raw.socket.pause();
    for (let i = 0; i < 50; i++) deaf.send('x'.repeat(125), { opcode: 9 });
    await bo.call('getMe');
    deaf.close();
  });
});
