// The live protocol, asked by everyone: what each may send is read from asyncapi.yaml, for tokens of each scope and for
// each role; what each is told of the configuration too. That permissions taken away act at once is here as well.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { configNeeds, holdsScope, liveScopes, missing, permissions, scopes } from '../lib/access.js';
import { Live } from '../lib/live.js';
import { organisation } from '../lib/organisation.js';
import { Events } from '../lib/sse.js';

/** @typedef {import('../lib/organisation.js').Person & {held: string[]}} Actor */

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {Actor[]} each built-in role, and a role for each permission */
const actors = [];
/** @type {any} */
let lunch;

before(async () => {
  org = await organisation();
  lunch = await org.status('Lunch');
  for (const built of [...org.roles.values()].filter((each) => each.built_in)) {
    actors.push(Object.assign(await org.person(built.name.toLowerCase(), { role_id: built.id }), { held: built.permissions }));
  }
  for (const permission of permissions) {
    actors.push(Object.assign(await org.person(permission.replace('.', '-'), { permissions: [permission] }), { held: [permission] }));
  }
});
after(() => org?.close());

/** One of each that a client sends besides `open`, by its `do`; a new one has to be added here. */
const frames = /** @type {Record<string, () => any>} */ ({
  follow: () => ({ do: 'follow', ref: 'f', all: true }),
  set: () => ({ do: 'set', ref: 's', status_id: lunch.id, note: 'by the matrix' }),
  clear: () => ({ do: 'clear', ref: 'c' }),
});

/**
 * Sends one of each over a connection of its own, and gives by `do`: `in`, or with which code it was closed.
 * @param {import('../lib/api.js').Client} client @param {any} [options]
 */
async function verdicts(client, options) {
  /** @type {Record<string, string | number>} */
  const got = {};
  for (const [name, make] of Object.entries(frames)) {
    const live = await Live.connect(client, options);
    const frame = make();
    live.send(frame);
    const answer = live.take((one) => one.ref === frame.ref && ['done', 'refused', 'board'].includes(one.is), `an answer to ${name}`);
    got[name] = await answer.then(({ is }) => (is === 'refused' ? is : 'in'), (error) => live.end?.code ?? Promise.reject(error));
    if (!live.end) await live.close();
  }
  return got;
}

const everything = Object.fromEntries(Object.keys(frames).map((name) => [name, 'in']));

describe('what a client sends', () => {
  test('is all tried here', () => assert.deepEqual(['open', ...Object.keys(frames)].sort(), [...liveScopes.keys()].sort()));

  test('is taken from every role, for it is about oneself', async () => {
    for (const actor of actors) {
      const live = await Live.connect(actor);
      assert.deepEqual(await verdicts(actor), everything, actor.login);
      assert.equal(live.ready.me.user, actor.me.id);
      await live.close();
    }
  });

  test('names nobody but oneself: a person in it is refused, whoever asks', async () => {
    const [other] = actors.slice(-1);
    for (const actor of actors.filter((one) => one !== other)) {
      const live = await Live.connect(actor);
      for (const field of ['user', 'user_id', 'id']) {
        for (const frame of [{ do: 'set', status_id: lunch.id, [field]: other.me.id }, { do: 'clear', [field]: other.me.id }]) await live.refused('invalid', frame);
      }
      await live.close();
    }
  });

  for (const held of [...scopes.map((one) => [one]), scopes]) {
    test(`over a token of the scope ${held.join(' and ')} is taken as described, whoever owns it`, async () => {
      for (const owner of [actors[0], actors[1]]) {
        const program = await org.token(owner, held);
        const expected = Object.fromEntries(Object.keys(frames).map((name) => [name, holdsScope(held, liveScopes.get(name)?.any ?? '') ? 'in' : 4400]));
        assert.deepEqual(await verdicts(program, { open: { present: false } }), expected, owner.login);

        const present = await Live.connect(program, { open: null });
        present.send({ do: 'open', present: true });
        if (holdsScope(held, liveScopes.get('open')?.present ?? '')) {
          await present.next('ready');
          await present.close();
        } else {
          await present.closes(4400);
        }
      }
    });
  }
});

describe('the upgrade', () => {
  /** @type {Record<string, {headers: Record<string, string>, status: number}>} */
  const pages = {
    'of another origin': { headers: { Origin: 'https://evil.example' }, status: 403 },
    'of no origin': { headers: { Origin: 'null' }, status: 403 },
    'cross-site without an origin': { headers: { 'Sec-Fetch-Site': 'cross-site' }, status: 403 },
  };
  for (const [which, { headers, status }] of Object.entries(pages)) {
    test(`is refused to a page ${which}, with a cookie and with a token`, async () => {
      for (const who of [actors[0], await org.token(actors[0], ['status'])]) {
        await assert.rejects(Live.connect(who, { headers }), { status });
      }
    });
  }

  test('is taken from our own page', async () => {
    const live = await Live.connect(actors[0], { headers: { Origin: org.server.origin } });
    await live.close();
  });

  test('is refused to nobody, and to who was signed out, made inactive or erased', async () => {
    await assert.rejects(Live.connect(org.server.client()), { status: 401 });
    /** @type {[string, (who: import('../lib/organisation.js').Person) => Promise<any>][]} */
    const endings = [
      ['out', (who) => who.call('signOut', { status: 204 })],
      ['sent', (who) => org.admin.call('signOutUser', { id: who.me.id })],
      ['inactive', (who) => org.admin.call('patchUser', { id: who.me.id, body: { active: false } })],
    ];
    for (const [login, end] of endings) {
      const who = await org.person(login);
      const [live, events] = [await Live.connect(who), await Events.open(who, { query: { follow: 'all' } })];
      await end(who);
      await live.closes(4401, 1000);
      assert.deepEqual((await events.next('closed', undefined, 1000)).data, { code: 4401 });
      await assert.rejects(Live.connect(who), { status: 401 }, login);
    }
  });
});

describe('what a client is told of the configuration', () => {
  /** Causes each, by `what`. @type {Record<string, () => Promise<any>>} */
  const causes = {
    roles: () => org.admin.call('createRole', { body: { name: 'Told', permissions: [] } }),
    teams: () => org.team('Told'),
    users: () => org.account('told'),
    audit: () => org.admin.call('createRole', { body: { name: 'Told of in the audit', permissions: [] } }),
  };

  test('is what the role may read, and nothing over a token', async () => {
    assert.deepEqual(Object.keys(configNeeds).sort(), Object.keys(causes).sort());
    const listeners = [];
    for (const actor of actors) {
      listeners.push({ who: actor.login, held: actor.held, live: await Live.connect(actor, { open: { present: false } }) });
    }
    const program = await org.token(actors[0], ['status']);
    listeners.push({ who: 'a token', held: null, live: await Live.connect(program, { open: { present: false } }) });
    for (const cause of Object.values(causes)) await cause();
    for (const { who, held, live } of listeners) {
      // One's own entry comes after what was committed before it.
      live.send({ do: 'follow', ref: 'after', all: true });
      await live.board((frame) => frame.ref === 'after');
      const told = Object.keys(configNeeds).filter((what) => held !== null && missing(configNeeds[what], held).length === 0);
      for (const what of told) await live.next('config', (frame) => frame.what === what);
      const others = live.frames.filter((frame) => frame.is === 'config' && !told.includes(frame.what));
      assert.deepEqual(others, [], who);
      await live.close();
    }
  });

  test('ends with the permission, on the open connection', async () => {
    const role = await org.admin.get('createRole', { body: { name: 'For a while', permissions: ['teams.manage'] } });
    const who = await org.person('while', { role_id: role.id });
    const live = await Live.connect(who, { open: { present: false } });
    await org.team('While it may');
    await live.next('config', (frame) => frame.what === 'teams');
    await org.admin.call('patchRole', { id: role.id, body: { permissions: [] } });
    assert.deepEqual((await live.next('self', undefined, 1000)).permissions, []);
    await who.refused('permission-missing', 'createTeam', { body: { name: 'Not any more' } });
    await org.team('When it may not');
    await live.none('config');
    await live.close();
  });
});
