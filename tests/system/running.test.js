// The commands of docs/operations/running.md and docs/guide/first-hour.md work, in their order. The service is the server of
// the test, its directories are in the test's own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { organisation } from '../lib/organisation.js';
import { binary } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
before(async () => {
  org = await organisation();
  mkdirSync(join(org.server.folder, 'backups'));
});
after(() => org?.close());

/** Runs the blocks of a page under a heading, or all; gives what they wrote. @param {string} path @param {string} [heading] */
async function follow(path, heading) {
  const page = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const part = heading ? page.split(`## ${heading}\n`)[1].split('\n## ')[0] : page;
  const lines = [...part.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap(([, block]) => block.trim().split('\n').map((line) => line.trim()));
  assert.ok(lines.length >= 2, `${path} ${heading}`);
  let written = '';
  for (const line of lines) {
    if (line === 'systemctl stop pastille') await org.server.stop();
    else if (line === 'systemctl start pastille') await org.server.start();
    else {
      const here = line.replace('runuser -u pastille -- ', '').replaceAll('/var/lib/pastille', org.server.data).replaceAll('/var/backups', join(org.server.folder, 'backups'));
      written += (await promisify(execFile)('sh', ['-c', here], { cwd: org.server.folder, env: { ...process.env, PATH: `${dirname(binary)}:${process.env.PATH}` } })).stdout;
    }
  }
  return written;
}

test('what was backed up is there again after a restore, and what came after is not', async () => {
  const kept = await org.status('Kept');
  await follow('docs/operations/running.md', 'Backup');
  const late = await org.status('Late');
  assert.match(await follow('docs/operations/running.md', 'Restore'), /^good +Every page of the database is whole\.$/m);
  assert.equal((await org.admin.get('getStatus', { id: kept.id })).name, 'Kept');
  await org.admin.refused('not-found', 'getStatus', { id: late.id });
  assert.ok(existsSync(join(org.server.data, 'pastille.db.before-restore-1')));
});

test('the first people of an organisation come from a file, with their links', async () => {
  assert.match(await follow('docs/guide/first-hour.md'), /^li,http\S+invitation=\S+$/m);
  assert.deepEqual((await org.admin.all('listUsers', { query: { q: 'Li Na' } })).map(({ login }) => login), ['li']);
});
