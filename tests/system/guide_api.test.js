// What docs/guide/api.md and README.md show is what happens.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { blocksOf, patternOf, Terminal } from '../lib/guide.js';
import { until } from '../lib/patience.js';
import { Server } from '../lib/server.js';

const endless = /\/live\/events/;

test('a pattern takes anything for its dots, and nothing else', () => {
  assert.match('{"id":"u1","rev":12}\n', patternOf('{"id":"u1",...}\n'));
  assert.doesNotMatch('{"id":"u2","rev":12}\n', patternOf('{"id":"u1",...}\n'));
  assert.doesNotMatch('{"id":"u1"} and more', patternOf('{"id":"u1"}'));
});

describe('the guide to the API', () => {
  test('does what it shows, from the first command to the last', async () => {
    const blocks = blocksOf('docs/guide/api.md');
    const server = await new Server().start();
    const terminal = new Terminal(server);
    try {
      let compared = 0;
      for (const [index, block] of blocks.entries()) {
        if (block.language === 'js') terminal.save('follow.mjs', block);
        if (block.language !== 'sh') continue;
        const next = blocks[index + 1];
        assert.equal(next?.language, 'text', `what comes out of line ${block.line} is shown`);
        const written = endless.test(block.text) ? (await terminal.follow(block, /event: board\n.*\n.*\n/))() : await terminal.run(block);
        assert.match(written, patternOf(next.text), `line ${block.line}`);
        compared++;
      }
      assert.ok(compared >= 10);
    } finally {
      terminal.end();
      await server.close();
    }
  });
});

describe('README.md', () => {
  test('shows what works: who follows sees the change, with its note and its end', async () => {
    const blocks = blocksOf('README.md').filter(({ language, text }) => language === 'sh' && /curl|pastille user/.test(text));
    assert.equal(blocks.filter(({ text }) => endless.test(text)).length, 1);
    const server = await new Server().start();
    const terminal = new Terminal(server);
    try {
      /** @type {undefined | (() => string)} */
      let stream;
      for (const block of blocks) {
        if (endless.test(block.text)) stream = await terminal.follow(block, /event: board\n.*\n.*\n/);
        else assert.doesNotMatch(await terminal.run(block), /\/problems\//, `line ${block.line}`);
      }
      await until(() => /event: changes\n.*\n?.*"status":"s3","type":"busy","note":"back at 15:00",.*"until":"\d/.test(String(stream?.())), { what: 'the change in the stream' });
      assert.match(String(stream?.()), /"me":\{"user":"u1","status":"s1","type":"connected"/);
    } finally {
      terminal.end();
      await server.close();
    }
  });
});
