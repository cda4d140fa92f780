// Every operation of openapi.yaml, asked by everyone: each role, nobody, who was sent away, pages of other origins,
// tokens of each scope. What is to come is read from the description; the server only has to agree.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { everyOperation, isPublic, mindsOrigin, missing, needOf, permissions, probe, scopeSuffices, scopes, verdict } from '../lib/access.js';
import { resources, slugOf } from '../lib/contract.js';
import { organisation } from '../lib/organisation.js';

/** @typedef {import('../lib/organisation.js').Person & {held: string[]}} Actor */

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {Actor[]} each built-in role, a role for each permission, and one without any */
let actors;
/** @type {Actor} */
let administrator;
/** Something that is there and is none of theirs, by the beginning of the path. @type {[string, string][]} */
let ids;

before(async () => {
  org = await organisation();
  const [one, other] = [await org.person('one'), await org.account('other')];
  const ofOne = (await one.get('listMySessions')).items[0];
  await org.token(one, ['read']);
  const token = (await one.get('listMyTokens')).items[0];
  const conversation = await one.get('openConversation', { body: { with: other.id } });
  const role = await org.admin.get('createRole', { body: { name: 'Target', permissions: [] } });
  ids = [
    ['/me/sessions', ofOne.id],
    ['/me/tokens', token.id],
    ['/statuses', (await org.status('Lunch')).id],
    ['/users', other.id],
    ['/teams', (await org.team('North')).id],
    ['/roles', role.id],
    ['/conversations', conversation.id],
  ];
  actors = [];
  for (const built of [...org.roles.values()].filter((each) => each.built_in)) {
    actors.push(Object.assign(await org.person(built.name.toLowerCase(), { role_id: built.id }), { held: built.permissions }));
  }
  [administrator] = actors.filter(({ held }) => held.length === permissions.length);
  for (const permission of permissions) {
    actors.push(Object.assign(await org.person(permission.replace('.', '-'), { permissions: [permission] }), { held: [permission] }));
  }
  const nothing = await org.admin.get('createRole', { body: { name: 'Nothing', permissions: [] } });
  actors.push(Object.assign(await org.person('nothing', { role_id: nothing.id }), { held: [] }));
});
after(() => org?.close());

/**
 * Asks for every operation and compares; says all differences at once.
 * @param {import('../lib/api.js').Client} who
 * @param {(op: import('../lib/contract.js').Operation) => string | null} expected a verdict; null leaves it out
 * @param {Record<string, string | undefined>} [headers]
 */
async function agree(who, expected, headers = {}) {
  const wrong = [];
  for (const op of everyOperation) {
    const verdictThere = expected(op);
    if (verdictThere === null) continue;
    const call = probe(op, ids);
    const answer = await who.call(op.id, { ...call, headers: { ...call.headers, ...headers } });
    if (verdict(answer) !== verdictThere) wrong.push(`${op.id}: ${verdictThere} by the description, ${verdict(answer)} by the server (${answer.status} ${slugOf(answer.body)})`);
  }
  assert.deepEqual(wrong, []);
}

/** Signing out is let in, and then one is out: that is tried on its own. */
const endsTheSession = ['signOut'];
/** @param {(op: import('../lib/contract.js').Operation) => string | null} expected */
const staying = (expected) => (/** @type {import('../lib/contract.js').Operation} */ op) => (endsTheSession.includes(op.id) ? null : expected(op));
/** @param {import('../lib/contract.js').Operation} op */
const nobodyElse = (op) => (isPublic(op) ? 'in' : 'not-signed-in');

describe('the description', () => {
  test('names permissions that exist, and every refusal that it may cause', () => {
    for (const op of everyOperation) {
      const need = needOf(op);
      const named = [need, ...Object.values(need.of_query ?? {})].flatMap((one) => [...(one.all ?? []), ...(one.any ?? [])]);
      for (const one of named) assert.ok(permissions.includes(one), `${op.id}: ${one}`);
      const problems = Object.values(op.spec['x-problems']).flat();
      assert.equal(named.length > 0, problems.includes('permission-missing'), `${op.id}: permission-missing`);
      assert.equal(!isPublic(op), problems.includes('not-signed-in'), `${op.id}: not-signed-in`);
      assert.equal(mindsOrigin(op), problems.includes('foreign-origin'), `${op.id}: foreign-origin`);
      const scope = op.id === 'liveEvents' || need.of_query !== undefined || (!isPublic(op) && !scopeSuffices(op, ['read']));
      assert.equal(scope, problems.includes('scope-missing'), `${op.id}: scope-missing`);
      if (op.spec['x-others']) assert.ok(problems.includes(op.spec['x-others']), `${op.id}: ${op.spec['x-others']}`);
    }
  });

  test('has every path that the server has', () => {
    const folder = new URL('../../src/http/', import.meta.url);
    const served = readdirSync(folder)
      .filter((name) => name.endsWith('.cc') && !name.endsWith('_test.cc'))
      .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\broutes\.add\(\s*"([^"]+)"/g)].map(([, path]) => path));
    assert.deepEqual(served.sort(), resources.map(({ base, path }) => base + path).sort());
  });

  test('knows the permissions and the built-in roles that there are', async () => {
    assert.deepEqual((await org.admin.get('listPermissions')).items.map((/** @type {any} */ one) => one.id ?? one).sort(), [...permissions].sort());
    assert.equal(actors.length, 2 + permissions.length + 1);
    assert.deepEqual(administrator.held.length, permissions.length);
  });
});

describe('by permission', () => {
  test('each role may what the description says, and is told what it lacks', async () => {
    const wrong = [];
    for (const actor of actors) {
      for (const op of everyOperation) {
        if (endsTheSession.includes(op.id)) continue;
        const need = needOf(op);
        const call = probe(op, ids);
        const variants = [{ call, lacking: missing(need, actor.held) }];
        for (const [name, more] of Object.entries(need.of_query ?? {})) {
          variants.push({ call: { ...call, query: { [name]: name === 'role' ? 'r1' : 'true' } }, lacking: missing(more, actor.held) });
        }
        for (const { call: each, lacking } of variants) {
          const answer = await actor.call(op.id, each);
          const others = op.spec['x-others'];
          const expected = others ?? (lacking.length ? 'permission-missing' : 'in');
          const got = others ? slugOf(answer.body) : verdict(answer);
          if (got !== expected || (lacking.length && !lacking.includes(answer.body.permission))) {
            wrong.push(`${actor.login} ${op.id} ${JSON.stringify(each.query ?? '')}: ${expected} ${lacking} by the description, ${got} ${answer.body?.permission ?? ''} by the server (${answer.status})`);
          }
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  test('nobody acts on a role, or on a person, that may more than they', async () => {
    const strong = await org.admin.get('createRole', { body: { name: 'Strong', permissions: ['audit.read', 'statuses.create'] } });
    const holder = await org.account('holder', { role_id: strong.id });
    /** @type {Record<string, import('../lib/api.js').Call>} */
    const calls = {
      createUser: { body: { login: 'made', display_name: 'Made', role_id: strong.id } },
      importUsers: { raw: 'login,display_name,role\nmade,Made,Strong\n' },
      patchUser: { id: holder.id, body: {} },
      eraseUser: { id: holder.id },
      signOutUser: { id: holder.id },
      inviteUser: { id: holder.id },
      createRole: { body: { name: 'Made', permissions: strong.permissions } },
      patchRole: { id: strong.id, body: {} },
      deleteRole: { id: strong.id },
    };
    const needing = everyOperation.filter((op) => needOf(op).of_role);
    assert.deepEqual(needing.map((op) => op.id).sort(), Object.keys(calls).sort());
    for (const op of needing) {
      const [only] = actors.filter(({ held }) => held.length === 1 && missing(needOf(op), held).length === 0);
      const calling = { ...calls[op.id] };
      if (op.id === 'importUsers') {
        // What is wrong with a line of a file is told of that line.
        const [wrong] = (await only.refused('invalid', op.id, calling)).errors;
        assert.equal(wrong.pointer, 'line 2, role');
        assert.ok(strong.permissions.some((/** @type {string} */ one) => wrong.detail.includes(one)), wrong.detail);
        calling.query = { dry_run: true };
      } else {
        const problem = await only.refused('permission-missing', op.id, calling);
        assert.ok(strong.permissions.includes(problem.permission), `${op.id}: ${problem.permission}`);
      }
      const answer = await administrator.call(op.id, { ...calling, headers: { 'If-Match': '"999999"' }, anyStatus: true });
      assert.equal(verdict(answer), 'in', `${op.id} by an administrator: ${answer.text}`);
    }
  });

  test('what belongs to somebody else is theirs, whoever asks', async () => {
    const owned = everyOperation.filter((op) => op.path.includes('{id}') && /^\/(me|conversations)\//.test(op.path));
    for (const op of owned) assert.equal(op.spec['x-others'], 'not-found', op.id);
  });
});

describe('who is nobody', () => {
  test('is not-signed-in wherever the description asks for somebody', () => agree(org.server.client(), nobodyElse));

  /** @type {Record<string, (who: import('../lib/organisation.js').Person) => Promise<any>>} */
  const endings = {
    'signed out': (who) => who.call('signOut', { status: 204 }),
    'signed out by an administrator': (who) => org.admin.call('signOutUser', { id: who.me.id }),
    'made inactive': (who) => org.admin.call('patchUser', { id: who.me.id, body: { active: false } }),
    erased: async (who) => {
      await org.admin.call('patchUser', { id: who.me.id, body: { active: false } });
      await org.admin.call('eraseUser', { id: who.me.id });
    },
  };
  for (const [how, end] of Object.entries(endings)) {
    test(`as everyone is who was ${how}, an administrator too`, async () => {
      const login = how.replaceAll(' ', '-');
      const who = await org.person(login, { role_id: org.roles.get('Administrator').id });
      const program = await org.token(who, ['read', 'status']);
      await end(who);
      await agree(who, nobodyElse);
      if (how === 'signed out') await program.call('getMe');
      else await agree(program, nobodyElse);
    });
  }

  test('as a token that was revoked', async () => {
    const program = await org.token(administrator, ['status']);
    const [newest] = (await administrator.get('listMyTokens')).items;
    await administrator.call('revokeMyToken', { id: newest.id });
    await agree(program, nobodyElse);
  });
});

describe('pages of other origins', () => {
  const foreign = { elsewhere: { Origin: 'https://evil.example' }, null: { Origin: 'null' }, 'no origin, but cross-site': { 'Sec-Fetch-Site': 'cross-site' }, 'no origin, but same-site': { 'Sec-Fetch-Site': 'same-site' } };
  for (const [name, headers] of Object.entries(foreign)) {
    test(`change nothing and open no live connection with the cookie: ${name}`, async () => {
      await agree(administrator, (op) => (mindsOrigin(op) ? 'foreign-origin' : 'in'), headers);
    });
  }

  test('nor do they with a token', async () => {
    const program = await org.token(administrator, ['status']);
    await agree(program, (op) => (mindsOrigin(op) ? 'foreign-origin' : null), foreign.elsewhere);
  });

  test('nor do they without being anybody, where anybody may', () => agree(org.server.client(), (op) => (isPublic(op) && mindsOrigin(op) ? 'foreign-origin' : null), foreign.null));

  test('are given no answer that a browser would let them read', async () => {
    for (const op of everyOperation.filter((each) => !mindsOrigin(each))) {
      const answer = await administrator.call(op.id, { ...probe(op, ids), headers: foreign.elsewhere });
      assert.equal(answer.headers['access-control-allow-origin'], undefined, op.id);
    }
  });

  test('our own, and programs that send none, are let in', async () => {
    for (const headers of [{ Origin: org.server.origin }, { 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }, {}]) {
      await agree(administrator, staying(() => 'in'), headers);
    }
  });
});

describe('a token', () => {
  for (const held of [...scopes.map((one) => [one]), scopes]) {
    test(`of the scope ${held.join(' and ')} opens what it names, whoever owns it`, async () => {
      for (const owner of [administrator, actors[actors.length - 1]]) {
        const program = await org.token(owner, held);
        await agree(program, (op) => (isPublic(op) || scopeSuffices(op, held) ? 'in' : 'scope-missing'));
        for (const op of everyOperation.filter((each) => scopeSuffices(each, held))) {
          for (const name of Object.keys(needOf(op).of_query ?? {})) {
            await program.refused('scope-missing', op.id, { query: { [name]: name === 'role' ? 'r1' : 'true' } });
          }
        }
      }
    });
  }
});
