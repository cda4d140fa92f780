// Runs every file of tests, three at a time: they mostly wait. Files in which something failed run once more, alone: what fails again fails
// the run, what passes then is named as unsteady, a fault that is still to be found.

import { readdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { run } from 'node:test';
import { tap } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Runs these files, each by itself: a test may be written in another file than the one that failed. @param {string[]} files @param {number} concurrency @returns {Promise<{tests: number, failed: Set<string>}>} */
async function runFiles(files, concurrency) {
  const counted = { tests: 0, failed: new Set() };
  const waiting = [...files];
  const runNext = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const stream = run({ files: [file] });
      /** @param {any} event */
      const count = ({ details, file: written }) => {
        if (details?.type !== 'suite' && written) counted.tests++;
      };
      stream.on('test:pass', count);
      stream.on('test:fail', (event) => {
        count(event);
        counted.failed.add(file);
      });
      let said = '';
      for await (const line of stream.compose(tap)) said += line;
      process.stdout.write(said);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runNext));
  return counted;
}

rmSync(`${here}.seen`, { recursive: true, force: true });
const files = ['contract', 'system'].flatMap((folder) =>
  readdirSync(`${here}${folder}`).filter((name) => name.endsWith('.test.js')).map((name) => `${here}${folder}/${name}`));
const { tests, failed } = await runFiles(files, 3);
const again = failed.size > 0 ? await runFiles([...failed], 1) : { failed: new Set() };
const unsteady = [...failed].filter((file) => !again.failed.has(file));
for (const file of unsteady) console.log(`unsteady: ${relative(here, file)}`);
console.log(`${tests} tests in ${files.length} files passed, ${again.failed.size} files failed, ${unsteady.length} unsteady`);
process.exitCode = again.failed.size > 0 ? 1 : 0;
