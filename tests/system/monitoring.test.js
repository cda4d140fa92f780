// The metrics that exist are those that are described, and alert rules and dashboard use no others.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { selfSigned } from '../lib/certificate.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { freshFolder, ownDatabase } from '../lib/server.js';

const root = new URL('../../', import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, root), 'utf8');

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {Map<string, string>} kind by name */
const exposed = new Map();
/** @type {Set<string>} labels that stand in a sample, as name{label */
const labels = new Set();

before(async () => {
  const folder = freshFolder();
  const { pem, ...tls } = selfSigned(folder, 'monitored');
  // Of all that there may be: with TLS, and one server among others.
  org = await organisation({ settings: { metrics_listen: '127.0.0.1:0', tls }, folder, ca: pem, database: ownDatabase(folder) });
  const anna = await org.person('anna');
  const live = await Live.connect(anna);
  await live.set({ status_id: org.system.get('busy').id });
  await anna.refused('permission-missing', 'createTeam', { body: { name: 'Nobody' } });
  const address = /metrics.*?(127\.0\.0\.1:\d+)/i.exec(org.server.lines.join('\n') + org.server.log)?.[1];
  const text = await (await fetch(`http://${address}/metrics`)).text();
  await live.close();
  // The library's own, exposer_*, count the scrapes.
  for (const [, name, kind] of text.matchAll(/^# TYPE (pastille_\S+) (\S+)$/gm)) exposed.set(name, kind);
  for (const [, name, inside] of text.matchAll(/^(\w+)\{(.*)\} /gm)) {
    for (const [, label] of inside.matchAll(/(\w+)="/g)) labels.add(`${name}{${label}`);
  }
});
after(() => org.close());

/** Names of ours in a query, those of a histogram's series without their ending. @param {string} text */
const namesIn = (text) => new Set([...text.matchAll(/\bpastille_\w+/g)].map(([name]) => (exposed.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''))));

test('every metric is described, with its kind, and nothing else is', () => {
  const described = new Map([...read('docs/operations/metrics.md').matchAll(/^\| `(pastille_\w+)` \| (\w+) \|/gm)].map(([, name, kind]) => [name, kind]));
  assert.ok(exposed.size >= 20);
  assert.deepEqual([...described].sort(), [...exposed].sort());
});

describe('the alert rules', () => {
  const { groups } = parse(read('packaging/examples/prometheus-alerts.yml'));
  /** @type {any[]} */
  const rules = groups.flatMap((/** @type {any} */ group) => group.rules);

  test('say what is wrong and what to do', () => {
    assert.ok(rules.length >= 5);
    for (const rule of rules) {
      assert.match(rule.alert, /^Pastille[A-Z]\w+$/);
      assert.ok(['critical', 'warning', 'info'].includes(rule.labels.severity), rule.alert);
      assert.ok(rule.annotations.summary && rule.annotations.action, rule.alert);
    }
    assert.equal(new Set(rules.map((rule) => rule.alert)).size, rules.length);
  });

  test('use metrics that exist', () => {
    for (const rule of rules) for (const name of namesIn(rule.expr)) assert.ok(exposed.has(name), `${rule.alert}: ${name}`);
  });
});

describe('the dashboard', () => {
  const dashboard = JSON.parse(read('packaging/examples/grafana-dashboard.json'));
  /** @type {string[]} */
  const queries = dashboard.panels.flatMap((/** @type {any} */ panel) => panel.targets.map((/** @type {any} */ target) => target.expr));

  test('shows every metric, and none that does not exist', () => {
    const shown = namesIn(queries.join('\n'));
    assert.deepEqual([...shown].sort(), [...exposed.keys()].sort());
  });

  test('groups by labels that exist', () => {
    for (const query of queries) {
      for (const [, list] of query.matchAll(/by \(([^)]*)\)/g)) {
        for (const label of list.split(', ').filter((one) => !['instance', 'le'].includes(one))) {
          const [name] = [...query.matchAll(/\bpastille_\w+/g)].map(([one]) => one);
          assert.ok(labels.has(`${name}{${label}`), `${name} has no label ${label}`);
        }
      }
    }
  });
});
