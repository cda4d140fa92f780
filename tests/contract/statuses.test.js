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

/** @param {any[]} items */
const names = (items) => items.map((one) => one.name);

describe('creating', () => {
  test('answers with the whole, its place and its version', async () => {
    const answer = await admin.call('createStatus', {
      body: { name: '  Coffee   break ', names: { fr: 'Pause café' }, type: 'absent', tags: ['pause', 'Kitchen'], icon: '☕', default_duration_s: 900, position: 7 },
      status: 201,
      loose: true,
    });
    const { id, name, ...rest } = answer.body;
    assert.match(name, /^Coffee +break$/);
    assert.deepEqual(
      [rest.names, rest.type, rest.system, rest.icon, rest.position, rest.default_duration_s, rest.in_use, rest.version, rest.created_by, rest.updated_by],
      [{ fr: 'Pause café' }, 'absent', false, '☕', 7, 900, 0, 1, admin.me.id, admin.me.id],
    );
    assert.deepEqual([...rest.tags].sort(), ['Kitchen', 'pause']);
    assert.equal(answer.headers.location, `/api/v1/statuses/${id}`);
    const read = await admin.call('getStatus', { id });
    assert.deepEqual(read.body, answer.body);
    assert.equal(read.etag, answer.etag);
  });

  test('keeps names unique without regard to case and accents, in NFC', async () => {
    await org.status('Réunion');
    for (const name of ['réunion', 'REUNION', ' Reunion ', 'Re\u0301union']) await admin.refused('name-taken', 'createStatus', { body: { name, type: 'busy' } });
    const made = await org.status('Cafe\u0301 noir');
    assert.equal(made.name, 'Caf\u00e9 noir');
  });

  test('takes a name of 1 to 60 characters without control characters', async () => {
    for (const name of [undefined, null, '', '   ', 'x'.repeat(61), 'a\tb', 'a\u0000b', 'a\u007fb', 'a\u0085b', 7, []]) {
      await admin.invalid('/name', 'createStatus', { body: { name, type: 'busy' } });
    }
    await org.status('é'.repeat(60));
    await admin.call('createStatus', { loose: true, body: { name: `  ${'y'.repeat(60)}  `, type: 'busy' } });
    await org.status('z');
  });

  test('takes exactly one of the four types', async () => {
    for (const type of [undefined, null, 'offline', 'lunch', '', 7, ['busy']]) await admin.invalid('/type', 'createStatus', { body: { name: 'Typed', type } });
    for (const type of ['connected', 'absent', 'busy', 'in_a_call']) await org.status(`Type ${type}`, { type });
  });

  test('takes at most 20 tags of 1 to 40 characters, each once', async () => {
    const many = Array.from({ length: 21 }, (_, i) => `tag ${i}`);
    await admin.invalid('/tags', 'createStatus', { body: { name: 'Tagged', type: 'busy', tags: many } });
    for (const tag of ['', ' ', 'x'.repeat(41), 'a\nb', 7, null]) await admin.invalid('/tags/0', 'createStatus', { body: { name: 'Tagged', type: 'busy', tags: [tag] } });
    for (const tags of [null, 'tag', {}]) await admin.invalid('/tags', 'createStatus', { body: { name: 'Tagged', type: 'busy', tags } });
    const made = await org.status('Tagged', { tags: [...many.slice(0, 19), 'x'.repeat(40)] });
    assert.equal(made.tags.length, 20);
    const folded = await org.status('Folded tags', { tags: ['Été', 'ete', 'ÉTÉ'] });
    assert.equal(folded.tags.length, 1);
  });

  test('takes one grapheme of at most 32 bytes as the icon', async () => {
    for (const icon of ['ab', '☕☕', '', ' ', `e${'\u0301'.repeat(17)}`, 7, '\u0007']) await admin.invalid('/icon', 'createStatus', { body: { name: 'Icon', type: 'busy', icon } });
    for (const [at, icon] of ['👩‍👩‍👧‍👦', '🇫🇷', 'x', null].entries()) assert.equal((await org.status(`Icon ${at}`, { icon })).icon, icon);
  });

  test('takes a default duration of 60 s to 30 days, and a position', async () => {
    for (const default_duration_s of [59, 2592001, -1, 60.5, '900']) await admin.invalid('/default_duration_s', 'createStatus', { body: { name: 'D', type: 'busy', default_duration_s } });
    for (const default_duration_s of [60, 2592000, null]) await org.status(`Duration ${default_duration_s}`, { default_duration_s });
    for (const position of [-1, 1000001, 1.5, '1', null]) await admin.invalid('/position', 'createStatus', { body: { name: 'P', type: 'busy', position } });
    for (const position of [0, 1000000]) await org.status(`Position ${position}`, { position });
  });

  test('takes translations by language', async () => {
    await admin.invalid('/names/fr', 'createStatus', { body: { name: 'T', type: 'busy', names: { fr: 'x'.repeat(61) } } });
    await admin.invalid('/names/fr', 'createStatus', { body: { name: 'T', type: 'busy', names: { fr: '' } } });
    await admin.refused('invalid', 'createStatus', { body: { name: 'T', type: 'busy', names: { 'not a language': 'x' } } });
    for (const value of [null, [], 'fr']) await admin.invalid('/names', 'createStatus', { body: { name: 'T', type: 'busy', names: value } });
    const languages = 'fr de es it pt nl sv da fi nb pl cs sk hu ro bg el tr uk ru'.split(' ');
    const made = await org.status('Twenty', { names: Object.fromEntries(languages.map((one) => [one, `Vingt ${one}`])) });
    assert.equal(Object.keys(made.names).length, 20);
    await admin.refused('invalid', 'createStatus', { body: { name: 'T', type: 'busy', names: Object.fromEntries([...languages, 'ja'].map((one) => [one, one])) } });
  });

  test('does not take what the server decides', async () => {
    for (const field of ['id', 'system', 'in_use', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'tag']) {
      await admin.invalid(`/${field}`, 'createStatus', { body: { name: 'Read only', type: 'busy', [field]: 1 } });
    }
  });

  test('says all that is wrong at once', async () => {
    const problem = await admin.refused('invalid', 'createStatus', { body: { name: '', type: 'x', icon: 'long' } });
    assert.deepEqual(problem.errors.map((/** @type {any} */ one) => one.pointer).sort(), ['/icon', '/name', '/type']);
  });

  test('says each fault by a code with what it is about, for pages in other languages', async () => {
    const tags = Array.from({ length: 21 }, (_, i) => `tag ${i}`);
    const body = { type: 'offline', icon: 'long', tags, names: { 'not a language': 'x' }, default_duration_s: 1, position: -1 };
    const { errors } = await admin.refused('invalid', 'createStatus', { body: { name: 'x', ...body } });
    const told = Object.fromEntries(errors.map((/** @type {any} */ { pointer, code, params }) => [pointer, { code, ...params }]));
    assert.deepEqual(told, {
      '/type': { code: 'not_a_type', text: 'offline' },
      '/icon': { code: 'not_an_emoji', text: 'long' },
      '/tags': { code: 'too_many', most: '20' },
      '/names/not a language': { code: 'no_such_language', language: 'not a language' },
      '/default_duration_s': { code: 'number', least: '60', most: '2592000' },
      '/position': { code: 'number', least: '0', most: '1000000' },
    });
  });

  test('with an Idempotency-Key happens once', async () => {
    const call = { body: { name: 'Once', type: 'busy' }, headers: { 'Idempotency-Key': 'intent-1' }, status: 201 };
    const first = await admin.call('createStatus', call);
    const second = await admin.call('createStatus', call);
    assert.deepEqual(second.body, first.body);
    assert.equal(second.headers.location, first.headers.location);
    await admin.refused('invalid', 'createStatus', { body: { name: 'Twice', type: 'busy' }, headers: { 'Idempotency-Key': 'intent-1' } });
    await admin.call('createStatus', { body: { name: 'Longest key', type: 'busy' }, headers: { 'Idempotency-Key': 'k'.repeat(64) } });
  });
});

describe('modifying', () => {
  test('is a merge patch, moves the version and is told by If-Match', async () => {
    const made = await org.status('Training', { names: { fr: 'Formation', de: 'Schulung' }, tags: ['a', 'b'], icon: '🎓' });
    const answer = await admin.call('patchStatus', { id: made.id, body: { name: 'Training room', names: { fr: null, es: 'Formación' }, tags: ['c'], icon: null }, headers: { 'If-Match': '"1"' } });
    assert.deepEqual(answer.body.names, { de: 'Schulung', es: 'Formación' });
    assert.deepEqual(answer.body.tags, ['c']);
    assert.deepEqual([answer.body.name, answer.body.icon, answer.body.version, answer.etag], ['Training room', null, 2, '"2"']);
    const stale = await admin.refused('stale-version', 'patchStatus', { id: made.id, body: { name: 'Mine' }, headers: { 'If-Match': '"1"' } });
    assert.equal(stale.current.name, 'Training room');
  });

  test('with what it is changes neither version nor history', async () => {
    const made = await org.status('Same', { tags: ['x'] });
    const after = await admin.get('patchStatus', { id: made.id, body: { name: 'Same', tags: ['x'], names: { fr: null } } });
    assert.deepEqual(after, made);
    assert.equal((await admin.get('listStatusHistory', { id: made.id })).total, 1);
  });

  test('is also taken as application/json', async () => {
    const made = await org.status('Plain JSON');
    await admin.call('patchStatus', { id: made.id, body: { name: 'Plain' }, headers: { 'Content-Type': 'application/json' } });
  });

  test('does not take another’s name, its own in another case it does', async () => {
    const made = await org.status('Errand');
    await org.status('Occupied');
    await admin.refused('name-taken', 'patchStatus', { id: made.id, body: { name: 'OCCUPIED' } });
    assert.equal((await admin.get('patchStatus', { id: made.id, body: { name: 'ERRAND' } })).name, 'ERRAND');
  });

  test('refuses null where a value is needed', async () => {
    const made = await org.status('Nulls');
    for (const field of ['name', 'type', 'tags', 'position', 'names']) await admin.invalid(`/${field}`, 'patchStatus', { id: made.id, body: { [field]: null } });
  });
});

describe('deleting and restoring', () => {
  test('a deleted one leaves the lists, keeps its history and comes back', async () => {
    const made = await org.status('Ephemeral', { tags: ['fleeting'] });
    await admin.refused('stale-version', 'deleteStatus', { id: made.id, headers: { 'If-Match': '"9"' } });
    await admin.call('deleteStatus', { id: made.id, headers: { 'If-Match': '"1"' }, status: 204 });
    await admin.refused('not-found', 'getStatus', { id: made.id });
    await admin.refused('not-found', 'patchStatus', { id: made.id, body: { name: 'x' } });
    await admin.refused('not-found', 'deleteStatus', { id: made.id });
    await admin.refused('not-found', 'duplicateStatus', { id: made.id });
    assert.equal((await admin.get('listStatuses', { query: { q: 'Ephemeral' } })).total, 0);
    const deleted = (await admin.get('listStatuses', { query: { deleted: true, q: 'ephemeral' } })).items;
    assert.deepEqual(names(deleted), ['Ephemeral']);
    assert.ok(deleted[0].deleted_at);
    const restored = await admin.get('restoreStatus', { id: made.id });
    assert.deepEqual([restored.id, restored.name, restored.tags], [made.id, 'Ephemeral', ['fleeting']]);
    assert.equal(restored.deleted_at, undefined);
    assert.deepEqual((await admin.all('listStatusHistory', { id: made.id })).map((one) => one.action), ['restored', 'deleted', 'created']);
    assert.deepEqual((await admin.get('restoreStatus', { id: made.id })).version, restored.version);
  });

  test('a name taken meanwhile keeps it from coming back', async () => {
    const first = await org.status('Phoenix');
    await admin.call('deleteStatus', { id: first.id });
    await org.status('PHOENIX');
    await admin.refused('name-taken', 'restoreStatus', { id: first.id });
  });
});

describe('duplicating', () => {
  test('gives a copy with a name of its own', async () => {
    const made = await org.status('Meeting', { names: { fr: 'Réunionite' }, type: 'busy', tags: ['t'], icon: '📅', default_duration_s: 3600 });
    const answer = await admin.call('duplicateStatus', { id: made.id, status: 201 });
    assert.equal(answer.body.name, 'Meeting (copy)');
    for (const field of ['type', 'tags', 'icon', 'default_duration_s']) assert.deepEqual(answer.body[field], made[field], field);
    assert.deepEqual(Object.keys(answer.body.names), ['fr']);
    assert.equal(answer.headers.location, `/api/v1/statuses/${answer.body.id}`);
    assert.equal((await admin.get('duplicateStatus', { id: made.id, status: 201 })).name, 'Meeting (copy 2)');
    assert.equal((await admin.get('duplicateStatus', { id: made.id, status: 201 })).name, 'Meeting (copy 3)');
    assert.equal((await admin.get('listStatusHistory', { id: answer.body.id })).items[0].action, 'duplicated');
  });

  test('cuts a long name at a grapheme so that the copy fits', async () => {
    const made = await org.status(`${'a'.repeat(50)}👩‍👩‍👧‍👦xyz`);
    const copy = await admin.get('duplicateStatus', { id: made.id, status: 201 });
    assert.ok([...copy.name].length <= 60, copy.name);
    assert.match(copy.name, /^a+ ?(👩‍👩‍👧‍👦)?x?y?z? \(copy\)$/u);
  });

  test('with an Idempotency-Key happens once', async () => {
    const made = await org.status('Single');
    const headers = { 'Idempotency-Key': 'dup-1' };
    const first = await admin.get('duplicateStatus', { id: made.id, headers });
    assert.equal((await admin.get('duplicateStatus', { id: made.id, headers })).id, first.id);
  });
});

describe('history', () => {
  test('says who, when, what, and each field before and after', async () => {
    const made = await org.status('Chronicle', { tags: ['a'] });
    await admin.call('patchStatus', { id: made.id, body: { name: 'Chronicles', tags: ['a', 'b'], names: { fr: 'Chronique' } } });
    const [modified, created] = await admin.all('listStatusHistory', { id: made.id });
    assert.deepEqual([created.action, created.by, modified.action, modified.by], ['created', admin.me.id, 'modified', admin.me.id]);
    const changes = Object.fromEntries(modified.changes.map((/** @type {any} */ one) => [one.field, [one.before, one.after]]));
    assert.deepEqual(changes.name, ['Chronicle', 'Chronicles']);
    assert.deepEqual(changes.tags, [['a'], ['a', 'b']]);
    assert.deepEqual(changes['names.fr'], [null, 'Chronique']);
    assert.deepEqual(Object.keys(changes).sort(), ['name', 'names.fr', 'tags']);
    const page = await admin.get('listStatusHistory', { id: made.id, query: { limit: 1 } });
    assert.equal(page.items[0].action, 'modified');
    assert.equal((await admin.get('listStatusHistory', { id: made.id, query: { limit: 1, cursor: page.next } })).items[0].action, 'created');
  });
});

describe('the list', () => {
  test('is paged without losing or repeating what is untouched', async () => {
    const tag = 'paged';
    for (let i = 0; i < 7; i++) await org.status(`Paged ${i}`, { tags: [tag] });
    const whole = names(await admin.all('listStatuses', { query: { tag, sort: 'name' } }));
    let { items, next } = await admin.get('listStatuses', { query: { tag, sort: 'name', limit: 3 } });
    const seen = names(items);
    await org.status('Paged -1', { tags: [tag] }); // before the cursor
    while (next) {
      ({ items, next } = await admin.get('listStatuses', { query: { tag, sort: 'name', limit: 3, cursor: next } }));
      seen.push(...names(items));
    }
    assert.deepEqual(seen, whole);
  });

  test('has cursors that are bound to their query', async () => {
    const { next } = await admin.get('listStatuses', { query: { limit: 1, sort: 'name' } });
    await admin.call('listStatuses', { query: { limit: 2, sort: 'name', cursor: next } });
    await admin.invalid('?cursor', 'listStatuses', { query: { limit: 1, sort: '-name', cursor: next } });
    await admin.invalid('?cursor', 'listStatuses', { query: { limit: 1, sort: 'name', q: 'a', cursor: next } });
  });

  test('is sorted by name in the caller’s locale, by type, by change, by position', async () => {
    const tag = 'sorted';
    for (const [at, name] of ['Zebra', 'äpfel', 'Apfel 2', 'Ärger', 'bravo'].entries()) await org.status(name, { tags: [tag], position: 100 - at, type: at % 2 ? 'busy' : 'absent' });
    const by = async (/** @type {string} */ sort) => names(await admin.all('listStatuses', { query: { tag, sort } }));
    const collator = new Intl.Collator('en');
    const expected = ['Zebra', 'äpfel', 'Apfel 2', 'Ärger', 'bravo'].sort(collator.compare);
    assert.deepEqual(await by('name'), expected);
    assert.deepEqual(await by('-name'), [...expected].reverse());
    assert.deepEqual(await by('position'), ['bravo', 'Ärger', 'Apfel 2', 'äpfel', 'Zebra']);
    assert.deepEqual(await by('-position'), ['Zebra', 'äpfel', 'Apfel 2', 'Ärger', 'bravo']);
    assert.deepEqual((await by('-updated_at'))[0], 'bravo');
    assert.deepEqual((await by('updated_at'))[0], 'Zebra');
    assert.equal((await by('type')).length, 5);
    await admin.invalid('?sort', 'listStatuses', { query: { sort: 'colour' } });
    await admin.invalid('?type', 'listStatuses', { query: { type: 'sleeping' } });
    await admin.invalid('?deleted', 'listStatuses', { query: { deleted: 'maybe' } });
    await admin.invalid('?q', 'listStatuses', { query: { q: 'x'.repeat(201) } });
    await admin.call('listStatuses', { query: { q: 'x'.repeat(200) } });
  });
});

describe('tags, catalogue', () => {
  test('tags come with counts', async () => {
    await org.status('Count 1', { tags: ['counted'] });
    await org.status('Count 2', { tags: ['Counted', 'alone'] });
    const tags = (await admin.get('listTags')).items;
    assert.equal(tags.find((/** @type {any} */ one) => one.tag.toLowerCase() === 'counted').count, 2);
    assert.equal(tags.find((/** @type {any} */ one) => one.tag === 'alone').count, 1);
  });

  test('the catalogue is whole, has an ETag and tells what changed since', async () => {
    const first = await admin.call('getCatalogue');
    assert.equal(first.body.gone, undefined);
    assert.equal(first.body.statuses.length, (await admin.get('listStatuses', { query: { limit: 1 } })).total);
    assert.ok(first.body.statuses.every((/** @type {any} */ one) => one.in_use === undefined));
    await admin.call('getCatalogue', { headers: { 'If-None-Match': first.etag }, status: 304 });
    await admin.call('getCatalogue', { headers: { 'If-None-Match': `W/${first.etag}` }, status: 304 });
    const added = await org.status('Fresh in');
    const dropped = await org.status('Fresh out');
    const between = (await admin.get('getCatalogue')).version;
    await admin.call('deleteStatus', { id: dropped.id });
    const since = await admin.get('getCatalogue', { query: { since: first.body.version } });
    assert.deepEqual(names(since.statuses), ['Fresh in']);
    assert.ok(since.gone.includes(dropped.id) || since.gone.length === 0, 'made and gone since');
    const later = await admin.get('getCatalogue', { query: { since: between } });
    assert.deepEqual([later.statuses, later.gone], [[], [dropped.id]]);
    const now = await admin.get('getCatalogue', { query: { since: later.version } });
    assert.deepEqual([now.statuses, now.gone, now.version], [[], [], later.version]);
    assert.equal((await admin.get('getCatalogue', { query: { since: 999999 } })).gone, undefined);
    assert.notEqual((await admin.call('getCatalogue', { headers: { 'If-None-Match': first.etag }, status: 200 })).etag, first.etag);
    assert.ok(added.id);
  });
});

test('there are at most 500 live ones', async () => {
  const { total } = await admin.get('listStatuses', { query: { limit: 1 } });
  const deleted = await org.status('To restore');
  await admin.call('deleteStatus', { id: deleted.id });
  const last = [];
  for (let i = total; i < 500; i++) last.push(i);
  while (last.length) await Promise.all(last.splice(0, 25).map((i) => org.status(`Filler ${i}`)));
  assert.equal((await admin.get('listStatuses', { query: { limit: 1 } })).total, 500);
  await admin.refused('limit-reached', 'createStatus', { body: { name: 'One too many', type: 'busy' } });
  const some = (await admin.get('listStatuses', { query: { q: 'Filler', limit: 1 } })).items[0];
  await admin.refused('limit-reached', 'duplicateStatus', { id: some.id });
  await admin.refused('limit-reached', 'restoreStatus', { id: deleted.id });
});
