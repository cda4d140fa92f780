// What scripts/sbom says the built program and its pages are made of, against the program and the pages.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { freshFolder } from '../lib/server.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** @param {string} command @param {string[]} args */
const output = (command, args) => execFileSync(command, args, { cwd: root, encoding: 'utf8' });

/** @type {any} */
let bom;
/** @type {string} */
let text;
before(() => {
  const file = join(freshFolder(), 'sbom.json');
  output('scripts/sbom', ['--output', file]);
  text = readFileSync(file, 'utf8');
  bom = JSON.parse(text);
});
/** @param {string} how @returns {any[]} */
const components = (how) => bom.components.filter((/** @type {any} */ each) => each.properties.some((/** @type {any} */ property) => property.value === how));

test('it is CycloneDX 1.6, by its schema', () => {
  const schemas = join(dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
  /** @param {string} name */
  const schema = (name) => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const part of ['spdx', 'jsf-0.82']) ajv.addSchema(schema(part), `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json`);
  const valid = ajv.compile(schema('bom-1.6'));
  assert.ok(valid(bom), JSON.stringify(valid.errors));
});

test('every library that the program is loaded with is named, with the version that is installed', () => {
  const loaded = [...output('ldd', ['build/pastille']).matchAll(/(\/\S+) \(0x/g)].map(([, path]) => realpathSync(String(path)));
  assert.ok(loaded.length > 10);
  const named = new Map(components('loaded at start').map((each) => [each.name, each.version]));
  for (const path of loaded) {
    const owner = [path, path.replace(/^\/usr/, '')].map((each) => {
      try {
        return execFileSync('dpkg', ['-S', each], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      } catch {
        return '';
      }
    }).join('').split(':')[0];
    assert.ok(owner && named.has(owner), `${path} of ${owner}`);
    assert.equal(named.get(owner), output('dpkg-query', ['-W', '-f', '${Version}', owner]), owner);
  }
});

test('the headers that were compiled in are named by their packages, those of tests are not', () => {
  const names = components('headers compiled in').map((each) => each.name);
  for (const name of ['libboost1.81-dev', 'libcli11-dev', 'libspdlog-dev', 'libssl-dev', 'libtomlplusplus-dev']) assert.ok(names.includes(name), name);
  for (const name of bom.components.map((/** @type {any} */ each) => each.name)) assert.doesNotMatch(name, /gtest|gmock|benchmark/);
});

test('what is in the pages is named with version and licence', () => {
  const packages = components('in the pages');
  assert.ok(packages.some((each) => each.name === 'svelte'));
  for (const each of packages) {
    const installed = JSON.parse(readFileSync(join(root, 'web/node_modules', each.name, 'package.json'), 'utf8'));
    assert.equal(each.version, installed.version, each.name);
    assert.equal(each.licenses[0].expression, installed.license, each.name);
  }
});

test('the same build gives the same bytes, and no path of this machine', () => {
  const again = join(freshFolder(), 'sbom.json');
  output('scripts/sbom', ['--output', again]);
  assert.equal(readFileSync(again, 'utf8'), text);
  assert.ok(existsSync(join(root, 'build/pastille')));
  assert.ok(!text.includes(root));
});
