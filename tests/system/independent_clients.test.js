// Clients that others wrote, with and without compression, with and without TLS: Python's websockets, curl.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { selfSigned } from '../lib/certificate.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { patient } from '../lib/patience.js';
import { freshFolder } from '../lib/server.js';

const NOTE = 'à table · 食事中 · 🍽️';
const colleague = fileURLToPath(new URL('../clients/colleague.py', import.meta.url));

/** @param {string} command @param {string[]} args @returns {Promise<string>} what it prints */
function output(command, args) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { timeout: patient(30_000) });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(out) : failed(new Error(`${command} ended with ${code}: ${err}`))));
  });
}

for (const secured of [false, true]) {
  describe(secured ? 'over TLS' : 'without TLS', () => {
    /** @param {import('node:test').TestContext} t */
    async function fresh(t) {
      const folder = freshFolder();
      const { pem, ...tls } = selfSigned(folder, 'server');
      const org = await organisation(secured ? { folder, settings: { tls }, ca: pem } : { folder });
      t.after(() => org.close());
      const trusted = join(folder, 'trusted.pem');
      writeFileSync(trusted, pem);
      return { org, trusted: secured ? [trusted] : [] };
    }

    for (const plain of [true, false]) {
      test(`websockets ${plain ? 'as it is' : 'with compression'}: arrives, follows, sets in many frames, and is seen`, async (t) => {
        const { org, trusted } = await fresh(t);
        const [ana, bo] = [await org.person('ana'), await org.person('bo')];
        const watching = await Live.connect(bo, { open: { present: true, follow: { all: true } } });
        const args = [colleague, org.server.origin, String(ana.cookie), org.system.get('absent').id, ...(plain ? ['plain'] : []), ...trusted];
        const said = JSON.parse(await output('/usr/bin/python3', args));
        assert.deepEqual(
          { ...said, rev: undefined },
          { people: 2, note: NOTE, rev: undefined, extensions: plain ? [] : ['PerMessageDeflate'], code: 1000 },
        );
        const entry = await watching.change(ana.me.id, (one) => one.note === NOTE);
        assert.equal(entry.rev, said.rev);
        await watching.close();
      });
    }

    test('curl: reads events as they come, and the API with a token', async (t) => {
      const { org, trusted } = await fresh(t);
      const ana = await org.person('ana');
      const token = (await org.token(org.admin, ['read'])).bearer;
      const curl = ['-sS', '--max-time', '20', '-H', `Authorization: Bearer ${token}`, ...(secured ? ['--cacert', String(trusted[0])] : [])];
      const reading = spawn('curl', [...curl, '-N', `${org.server.origin}/api/v1/live/events?follow=all`]);
      t.after(() => reading.kill());
      reading.stdout.setEncoding('utf8');
      const live = await Live.connect(ana);
      let text = '';
      for await (const chunk of reading.stdout) {
        const began = text !== '';
        text += chunk;
        if (!began) await live.set({ status_id: org.system.get('busy').id, note: NOTE });
        if (text.includes(NOTE)) break;
      }
      assert.match(text, /^event: ready\ndata: \{/m);
      assert.match(text, new RegExp(`^event: changes\\nid: \\S+\\ndata: .*"note":"${NOTE}"`, 'm'));
      const me = JSON.parse(await output('curl', [...curl, '-f', `${org.server.origin}/api/v1/me`]));
      assert.equal(me.login, 'admin');
      await live.close();
    });
  });
}
