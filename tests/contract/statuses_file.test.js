// /statuses/export and /statuses/import: the statuses as a file, in and out.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { organisation } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let admin;
before(async () => {
  org = await organisation();
  admin = org.admin;
});
after(() => org?.close());

const csv = { 'Content-Type': 'text/csv; charset=utf-8' };
/** @param {any} body */
const inOrder = (body) => body.steps.map((/** @type {any} */ step) => `${step.action} ${step.name}`);
/** @param {string} name */
const named = async (name) => (await admin.get('listStatuses', { query: { limit: 200 } })).items.find((/** @type {any} */ one) => one.name === name);

describe('an export', () => {
  test('holds what is the organisation’s own, as JSON and as CSV, and can be imported as it is', async () => {
    await org.status('Coffee, break', { names: { fr: 'Pause café' }, type: 'absent', tags: ['Break', 'a;b'], icon: '☕', default_duration_s: 900, position: 10 });
    await org.status('=Sum', { position: 11 });
    const gone = await org.status('Gone');
    await admin.call('deleteStatus', { id: gone.id });

    const json = await admin.call('exportStatuses');
    assert.equal(json.headers['content-disposition'], 'attachment; filename="statuses.json"');
    assert.deepEqual(json.body.statuses.map((/** @type {any} */ one) => one.name), ['Coffee, break', '=Sum']);
    const { tags, ...rest } = json.body.statuses[0];
    assert.deepEqual(rest, { name: 'Coffee, break', names: { fr: 'Pause café' }, type: 'absent', icon: '☕', default_duration_s: 900, position: 10 });
    assert.deepEqual([...tags].sort(), ['Break', 'a;b']);
    const table = await admin.call('exportStatuses', { query: { format: 'csv' } });
    assert.match(String(table.headers['content-type']), /^text\/csv/);
    assert.equal(table.headers['content-disposition'], 'attachment; filename="statuses.csv"');
    assert.match(table.text, /^\ufeffname,type,tags,icon,default_duration_s,position,names\.fr\r\n/, 'with a mark, by which a spreadsheet knows UTF-8');
    assert.match(table.text, /'=Sum/);

    for (const call of [{ body: json.body }, { raw: table.text, headers: csv }]) {
      const again = await admin.call('importStatuses', call);
      assert.deepEqual(inOrder(again.body), ['keep Coffee, break', 'keep =Sum']);
    }
  });

  test('takes any one of the three permissions', async () => {
    for (const permission of ['statuses.create', 'statuses.modify', 'statuses.delete']) {
      const person = await org.person(`exports-${permission.split('.')[1]}`, { permissions: [permission] });
      await person.call('exportStatuses');
    }
    const agent = await org.person('exports-nothing');
    await agent.refused('permission-missing', 'exportStatuses');
    await admin.invalid('?format', 'exportStatuses', { query: { format: 'xml' } });
  });
});

describe('an import', () => {
  test('creates what is new and modifies what has the name, and says each field', async () => {
    const lunch = await org.status('Lunch', { type: 'absent', tags: ['Break'], icon: '🍽️' });
    const report = (await admin.call('importStatuses', { body: { statuses: [{ name: 'LUNCH', type: 'busy', tags: [] }, { name: 'Tea', names: { fr: 'Thé' }, type: 'absent' }] } })).body;
    assert.equal(report.dry_run, false);
    assert.deepEqual(inOrder(report), ['modify Lunch', 'create Tea']);
    assert.deepEqual(report.steps[0].changes, [
      { field: 'name', before: 'Lunch', after: 'LUNCH' },
      { field: 'type', before: 'absent', after: 'busy' },
      { field: 'tags', before: ['Break'], after: [] },
    ]);
    const now = (await admin.call('getStatus', { id: lunch.id })).body;
    assert.deepEqual([now.name, now.type, now.tags, now.icon, now.version], ['LUNCH', 'busy', [], '🍽️', 2]);
    assert.equal((await named('Tea')).names.fr, 'Thé');
    const history = await admin.get('listStatusHistory', { id: lunch.id });
    assert.deepEqual([history.items[0].action, history.items[0].by], ['modified', admin.me.id]);
  });

  test('names the tags that no status had before', async () => {
    await org.status('Tagged', { tags: ['Known'] });
    const raw = 'name;type;tags\nFile one;busy;known;\nFile two;busy;"break,paid"\n';
    const tried = (await admin.call('importStatuses', { query: { dry_run: true }, raw, headers: csv })).body;
    assert.deepEqual(tried.new_tags, ['break,paid']);
    const made = (await admin.call('importStatuses', { raw, headers: csv })).body;
    assert.deepEqual(made.new_tags, ['break,paid']);
    assert.deepEqual((await admin.call('importStatuses', { raw, headers: csv })).body.new_tags, []);
  });

  test('as a dry run says the same and changes nothing', async () => {
    const body = { statuses: [{ name: 'Only tried', type: 'busy' }] };
    const report = (await admin.call('importStatuses', { query: { dry_run: true }, body })).body;
    assert.deepEqual([report.dry_run, inOrder(report)], [true, ['create Only tried']]);
    assert.deepEqual(report.steps[0].type, 'busy');
    assert.equal(await named('Only tried'), undefined);
    await admin.invalid('?dry_run', 'importStatuses', { query: { dry_run: 'perhaps' }, body });
  });

  test('is all or nothing and names every fault with its place', async () => {
    const fine = { name: 'Fine', type: 'busy' };
    const statuses = [fine, { name: '', type: 'busy' }, { name: 'Typed', type: 'asleep' }, { name: 'fine', type: 'busy' }, { name: 'Busy', type: 'absent' }, 7];
    const problem = await admin.refused('invalid', 'importStatuses', { body: { statuses } });
    const pointers = problem.errors.map((/** @type {any} */ one) => one.pointer);
    for (const pointer of ['/statuses/1/name', '/statuses/2/type', '/statuses/3/name', '/statuses/4', '/statuses/5']) {
      assert.ok(pointers.some((/** @type {string} */ one) => one.startsWith(pointer)), `${pointer} of ${pointers}`);
    }
    assert.equal(await named('Fine'), undefined);
    const table = await admin.refused('invalid', 'importStatuses', { raw: 'name,type\nFine,busy\nBlue,blue\n', headers: csv });
    assert.deepEqual(table.errors.map((/** @type {any} */ one) => one.pointer), ['line 3, type']);
    assert.equal(await named('Fine'), undefined);
  });

  test('says 100 of what is wrong and how much there is in all', async () => {
    const statuses = Array.from({ length: 150 }, () => ({ name: '', type: 'busy', colour: 'red' }));
    const lines = Array.from({ length: 150 }, (_, i) => `Wrong ${i},blue`).join('\n');
    for (const query of /** @type {Record<string, boolean>[]} */ ([{}, { dry_run: true }])) {
      const problem = await admin.refused('invalid', 'importStatuses', { query, body: { statuses } });
      assert.deepEqual([problem.errors.length, problem.wrong], [100, 150]);
      assert.match(problem.detail, /^150 things are wrong; the first 100/);
      const rule = await admin.refused('invalid', 'importStatuses', { query, body: { statuses: statuses.map(({ colour: _, ...one }) => one) } });
      assert.deepEqual([rule.errors.length, rule.detail.slice(0, 20)], [100, '150 things are wrong']);
      const table = await admin.refused('invalid', 'importStatuses', { query, raw: `name,type\n${lines}\n`, headers: csv });
      assert.deepEqual([table.errors.length, table.detail.slice(0, 20)], [100, '150 things are wrong']);
    }
  });

  test('takes 500 statuses and no more, and CSV in UTF-8 alone', async () => {
    const many = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => ({ name: `Many ${i}`, type: 'busy' }));
    await admin.invalid('/statuses', 'importStatuses', { query: { dry_run: true }, body: { statuses: many(501) } });
    assert.equal((await admin.call('importStatuses', { query: { dry_run: true }, body: { statuses: many(400) } })).body.steps.length, 400);
    await admin.invalid('line 2', 'importStatuses', { raw: Buffer.concat([Buffer.from('name,type\n'), Buffer.from([0xff]), Buffer.from(',busy\n')]), headers: csv });
    await admin.refused('media-type', 'importStatuses', { raw: 'name,type\n', headers: { 'Content-Type': 'text/csv; charset=latin1' } });
    await admin.refused('media-type', 'createStatus', { raw: 'name,type\n', headers: csv });
    const marked = await admin.call('importStatuses', { query: { dry_run: true }, raw: '\ufeffname,type\r\nMarked,absent\r\n', headers: csv });
    assert.deepEqual(inOrder(marked.body), ['create Marked']);
    const markedJson = await admin.call('importStatuses', { query: { dry_run: true }, raw: '\ufeff{"statuses": [{"name": "Marked", "type": "busy"}]}', headers: { 'Content-Type': 'application/json' } });
    assert.deepEqual(inOrder(markedJson.body), ['create Marked']);
  });

  test('takes CSV as people and spreadsheets write it, and says what it does not take', async () => {
    const raw = 'Name;TYPE;Emoji;Duration;Colour;\r\nPaper work; Busy ;☕;15 min;red;\r\n;;;;;\r\nPause;away;;1 h;;\r\n';
    const report = (await admin.call('importStatuses', { query: { dry_run: true }, raw, headers: csv })).body;
    assert.deepEqual(inOrder(report), ['create Paper work', 'create Pause']);
    assert.deepEqual(report.steps.map((/** @type {any} */ one) => one.type), ['busy', 'absent']);
    assert.deepEqual(report.ignored_columns, ['Colour']);
    const wrong = await admin.refused('invalid', 'importStatuses', { raw: 'name,type,icon,default_duration_s\nA,blue,:coffee:,soon\n', headers: csv });
    assert.deepEqual(wrong.errors.map((/** @type {any} */ one) => one.pointer), ['line 2, type', 'line 2, icon', 'line 2, default_duration_s']);
    assert.match(JSON.stringify(wrong.errors), /as ☕.*15 min, 1 h/);
    const latin = await admin.call('importStatuses', { raw: Buffer.from('name,type\nCaf\xe9,busy\n', 'latin1'), headers: csv, anyStatus: true });
    new TextDecoder('utf-8', { fatal: true }).decode(latin.bytes);
    assert.match(latin.body.errors[0].detail, /not UTF-8/);
  });

  test('takes both permissions to create and to modify', async () => {
    const body = { statuses: [] };
    for (const [given, missing] of [['statuses.create', 'statuses.modify'], ['statuses.modify', 'statuses.create']]) {
      const person = await org.person(`imports-${given.split('.')[1]}`, { permissions: [given] });
      const problem = await person.refused('permission-missing', 'importStatuses', { body });
      assert.equal(problem.permission, missing);
    }
    const both = await org.person('imports-both', { permissions: ['statuses.create', 'statuses.modify'] });
    assert.deepEqual((await both.call('importStatuses', { body })).body.steps, []);
  });

  test('with an Idempotency-Key happens once', async () => {
    const call = { body: { statuses: [{ name: 'Brought once', type: 'busy' }] }, headers: { 'Idempotency-Key': 'file-1' } };
    const first = await admin.call('importStatuses', call);
    const second = await admin.call('importStatuses', call);
    assert.deepEqual(second.body, first.body);
  });
});
