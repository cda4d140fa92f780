// Connections without end: whoever opens them is refused with a reason, and nobody else notices. Also when the system
// has no descriptor left.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { slugOf } from '../lib/contract.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { patient, pause, until } from '../lib/patience.js';
import { Raw } from '../lib/raw.js';

const kMost = 60;
const kPerAddress = 40;
const neighbour = '127.0.0.2';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let anna;
/** @type {Raw[]} */
let flood = [];
before(async () => {
  org = await organisation({ settings: { connections: { most: kMost, per_address: kPerAddress }, metrics_listen: '127.0.0.1:0' } });
  anna = await org.person('anna');
});
after(() => org?.close());

const request = () => `GET /healthz HTTP/1.1\r\nHost: ${new URL(org.server.origin).host}\r\n\r\n`;

/** Opens one from there and asks for something. @param {string} from */
async function ask(from) {
  const raw = await Raw.connect(org.server.origin, { localAddress: from });
  raw.write(request());
  const received = (await raw.until((bytes, ended) => bytes.includes('\r\n\r\n') || ended)).toString('latin1');
  return { raw, status: Number(received.slice(9, 12)) };
}

/** Opens them until one is refused. @param {string} from @returns {Promise<{open: number, status: number, text: string}>} */
async function floodFrom(from) {
  for (let open = 0; open < 200; open++) {
    const { raw, status } = await ask(from);
    flood.push(raw);
    if (status === 200) continue;
    const text = (await raw.until((_, ended) => ended)).toString('latin1');
    return { open, status, text };
  }
  throw new Error('nobody was refused');
}

function recede() {
  for (const raw of flood) raw.close();
  flood = [];
}

/** @param {string} text an answer @returns {any} its problem */
const problemOf = (text) => JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));

async function turnedAway() {
  const address = /Metrics are on (\S+)/.exec(org.server.lines.join('\n'))?.[1];
  const text = await (await fetch(String(address))).text();
  return Number(/^pastille_connections_turned_away_total (\d+)/m.exec(text)?.[1]);
}

describe('a flood', () => {
  test('from one address is refused with the reason, and others are served as before', async () => {
    const live = await Live.connect(anna);
    const { open, status, text } = await floodFrom('127.0.0.1');
    assert.ok(open > kPerAddress - 10 && open <= kPerAddress, `${open} were let in`);
    assert.equal(status, 429);
    assert.match(text, /\r\nRetry-After: \d+\r\n/);
    const problem = problemOf(text);
    assert.equal(slugOf(problem), 'too-many');
    assert.match(problem.detail, new RegExp(`Your address has ${kPerAddress} connections open`));

    const other = await ask(neighbour);
    assert.equal(other.status, 200);
    other.raw.close();
    // Who was connected before notices nothing, from the same address too.
    const entry = await live.set({ status_id: org.system.get('busy').id });
    assert.equal(entry.type, 'busy');
    await anna.call('getMe');
    assert.ok((await turnedAway()) >= 1);
    assert.match(org.server.log, /connections turned away/);

    recede();
    await until(async () => (await ask('127.0.0.1')).status === 200, { what: 'a place for the address' });
    await live.close();
  });

  test('from many addresses ends with as many as there may be, and those who are there go on', async () => {
    const live = await Live.connect(anna);
    await until(async () => (await floodFrom('127.0.0.3')).status, { what: 'the end of the flood of one' });
    const { status, text } = await floodFrom('127.0.0.4');
    assert.equal(status, 503);
    assert.match(text, /\r\nRetry-After: \d+\r\n/);
    assert.equal(slugOf(problemOf(text)), 'unavailable');
    assert.equal((await ask(neighbour)).status, 503);
    await live.set({ status_id: org.system.get('absent').id });
    await anna.call('getMe');
    recede();
    await until(async () => (await ask(neighbour)).status === 200, { what: 'a place' });
    await live.close();
  });

  test('of live connections takes the same places, and gives them back', async () => {
    const lives = [];
    let status = 0;
    while (lives.length < 100 && !status) {
      try {
        lives.push(await Live.connect(anna, { open: { present: false } }));
      } catch (error) {
        status = /** @type {any} */ (error).status;
      }
    }
    assert.equal(status, 429);
    assert.ok(lives.length > kPerAddress / 2 && lives.length <= kPerAddress, `${lives.length} were let in`);
    await Promise.all(lives.map((live) => live.close()));
    const again = await until(() => Live.connect(anna).catch(() => null), { what: 'a place' });
    await again.close();
  });
});

describe('without descriptors', () => {
  test('nobody new is taken, the server does not spin, and those who are there go on', async () => {
    const pid = Number(org.server.child?.pid);
    const live = await Live.connect(anna);
    await anna.call('getMe');
    const used = readdirSync(`/proc/${pid}/fd`).length;
    const before = execFileSync('prlimit', ['--pid', String(pid), '--nofile', '--noheadings', '--output', 'SOFT'], { encoding: 'utf8' }).trim();
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${used + 3}:`]);
    /** Processor time of the server in ms. */
    const spent = () => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    };
    for (let i = 0; i < 30; i++) {
      const raw = await Raw.connect(org.server.origin, { localAddress: '127.0.0.5' });
      raw.write(request());
      flood.push(raw);
    }
    const began = spent();
    await pause(patient(1000));
    const took = spent() - began;
    assert.ok(took < 300, `${took} ms of processor time in a second of waiting`);
    assert.ok(flood.some((raw) => raw.received.length === 0), 'some wait');
    const entry = await live.set({ status_id: org.system.get('busy').id, note: 'all the same' });
    assert.equal(entry.note, 'all the same');
    await anna.call('getMe');
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${before}:`]);
    // They waited and were not lost.
    for (const raw of flood) assert.equal(await raw.status(), 200);
    recede();
    await live.close();
    assert.match(org.server.log, /connections turned away.*open files/);
  });
});
