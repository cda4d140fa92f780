// docs/operations/troubleshooting.md has an entry for each problem and for each thing that doctor finds, and links in the
// documentation lead somewhere.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openapi } from '../lib/contract.js';
import { patternOf } from '../lib/guide.js';
import { freshFolder, run } from '../lib/server.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');
const page = read('docs/operations/troubleshooting.md');

/** The messages in the first column of the table under a heading. @param {string} heading */
function entries(heading) {
  const [, section] = page.split(new RegExp(`^## ${heading}.*$`, 'm'));
  return [...section.split(/^## /m)[0].matchAll(/^\| `([^`]+)`/gm)].map(([, text]) => text);
}

test('each problem of the API has one entry, and no other has', () => {
  const types = openapi.components.schemas.Problem.properties.type.enum.map((/** @type {string} */ one) => one.replace('/problems/', ''));
  assert.deepEqual(entries('Refusals').sort(), [...types].sort());
});

describe('what doctor finds', () => {
  const folder = freshFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));
  const good = join(folder, 'good');
  before(async () => {
    const made = await run(['user', 'add', 'ada', '--name', 'Ada', '--role', 'Administrator', '--data', good]);
    assert.equal(made.code, 0, made.stderr);
  });
  const sql = (/** @type {string} */ data, /** @type {string} */ text) => void execFileSync('sqlite3', [join(data, 'pastille.db'), text]);

  /** What is wrong with a copy, by what was done to it. @type {Record<string, (data: string) => unknown>} */
  const faults = {
    'is no directory': (data) => (rmSync(data, { recursive: true }), writeFileSync(data, '')),
    'is empty': (data) => (rmSync(data, { recursive: true }), mkdirSync(data)),
    'is open to others': (data) => chmodSync(data, 0o755),
    'holds something else': (data) => writeFileSync(join(data, 'pastille.db'), 'this is a text, and no database at all'.repeat(100)),
    'is of another program': (data) => sql(data, 'PRAGMA application_id = 7'),
    'is newer': (data) => sql(data, "PRAGMA user_version = 999; INSERT OR REPLACE INTO meta VALUES ('readable_from', '999')"),
    'lacks a table': (data) => sql(data, 'PRAGMA writable_schema = ON; DROP TABLE events'),
    'has an index that disagrees': (data) => sql(data, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '(at)', '(id)') WHERE name = 'messages_at'; UPDATE sqlite_schema SET sql = replace(sql, 'folded TEXT NOT NULL,', 'folded INTEGER NOT NULL,') WHERE name = 'statuses'"),
    'lost a role': (data) => sql(data, 'PRAGMA foreign_keys = OFF; UPDATE people SET role = 99'),
    'is mixed of two': (data) => sql(data, "UPDATE meta SET value = '1' WHERE key = 'seq'"),
    'belongs to another user': (data) => process.getuid?.() === 0 && chownSync(data, 65534, 65534),
    'has nobody': (data) => sql(data, 'UPDATE people SET active = 0'),
  };
  /** @type {string[]} */
  const found = [];
  for (const [name, damage] of Object.entries(faults)) {
    test(`is explained when the directory ${name}`, async () => {
      const data = join(folder, name.replaceAll(' ', '-'));
      cpSync(good, data, { recursive: true, filter: (path) => !path.endsWith('.sock') });
      chmodSync(data, 0o700);
      damage(data);
      const { stdout } = await run(['doctor', '--data', data]);
      const lines = [...stdout.matchAll(/^(?:wrong|warning) +(.*)$/gm)].map(([, text]) => text);
      if (name === 'belongs to another user' && process.getuid?.() !== 0) return;
      assert.ok(lines.length > 0, stdout);
      for (const line of lines) {
        const explained = entries('What `doctor` finds').filter((one) => patternOf(one).test(line));
        assert.equal(explained.length, 1, `${line}: ${explained.join(' | ')}`);
        found.push(explained[0]);
      }
    });
  }

  test('has no entry for what it does not find', () => {
    // A disk without room is not made here, nor what takes a mount (operating.test.js) or another user.
    const elsewhere = process.getuid?.() === 0 ? /MB are free|mounted read-only|^You may not/ : /MB are free|mounted read-only|^You may not|^The user/;
    const rest = entries('What `doctor` finds').filter((one) => !found.includes(one) && !elsewhere.test(one));
    assert.deepEqual(rest, []);
  });
});

test('every message of the start and the log is one that the program has', () => {
  const source = readdirSync(join(root, 'src'), { recursive: true })
    .map((path) => `src/${path}`)
    .filter((path) => path.endsWith('.cc') && !path.endsWith('_test.cc'))
    .map(read)
    .join('\n')
    .replace(/"\s*\n\s*"/g, '');
  for (const entry of entries('In the log')) {
    for (const part of entry.split('...').map((one) => one.replaceAll("'", '').trim()).filter((one) => one.length > 8)) {
      assert.ok(source.includes(part), `nothing says "${part}"`);
    }
  }
});

test('every relative link of the documentation leads somewhere, to a heading too', () => {
  const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'tests/README.md', ...readdirSync(join(root, 'docs'), { recursive: true }).map((path) => `docs/${path}`)].filter((path) => path.endsWith('.md'));
  let links = 0;
  for (const from of pages) {
    for (const [, link] of read(from).replace(/^```[\s\S]*?^```$/gm, '').matchAll(/(?:\]\(|src=")([^)"\s]+)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path, heading] = link.split('#');
      const to = path ? join(dirname(from), path) : from;
      assert.ok(existsSync(join(root, to)), `${from}: ${link}`);
      if (heading) {
        const anchors = [...read(to).matchAll(/^#+ (.*)$/gm)].map(([, text]) => text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
        assert.ok(anchors.includes(heading), `${from}: ${link}`);
      }
      links++;
    }
  }
  assert.ok(links >= 40, `${links} links`);
});

test('every page of the documentation is named in README.md', () => {
  const linked = read('README.md');
  for (const path of readdirSync(join(root, 'docs'), { recursive: true }).map(String)) {
    if (path.endsWith('.md') && !path.startsWith('adr/')) assert.ok(linked.includes(`docs/${path}`), path);
  }
});
