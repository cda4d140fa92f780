// What holds for every operation alike, taken from openapi.yaml: the shape of what is sent, unknown ids, versions,
// limits of lists. Who may do what is in system/access_matrix.test.js; what is special to one in its own file.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mediaTypeOf, operations, resources, slugOf } from '../lib/contract.js';
import { send } from '../lib/api.js';
import { organisation } from '../lib/organisation.js';
import { invitationIn } from '../lib/server.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {import('../lib/organisation.js').Person} */
let agent;
/** @type {import('../lib/api.js').Client} */
let nobody;
/** An id of something that is there, by the beginning of the path. @type {[string, string][]} */
let ids;

before(async () => {
  org = await organisation();
  agent = await org.person('agent');
  await org.token(org.admin, ['read']);
  nobody = org.server.client();
  const elsewhere = await org.signIn('admin');
  const session = (await elsewhere.get('getSession'), await org.admin.get('listMySessions')).items.find((/** @type {any} */ one) => !one.current);
  const token = (await org.admin.get('listMyTokens')).items[0];
  const status = await org.status('Lunch');
  const person = await org.account('colleague');
  const team = await org.team('North');
  const role = await org.role(['audit.read']);
  const conversation = await org.admin.get('openConversation', { body: { with: person.id } });
  ids = [
    ['/me/sessions', session.id],
    ['/me/tokens', token.id],
    ['/statuses', status.id],
    ['/users', person.id],
    ['/teams', team.id],
    ['/roles', role.id],
    ['/conversations', conversation.id],
  ];
});
after(() => org?.close());

const all = [...operations.values()];
let invited = 0;
/** An invitation that is open, in the path or in its header field. */
async function given() {
  const { invitation: made } = await org.admin.get('createUser', { body: { login: `invited${++invited}`, display_name: 'Invited', role_id: org.roles.get('Agent').id }, status: 201 });
  const token = invitationIn(made.link);
  return { token, headers: { 'Pastille-Invitation': token } };
}
/** @param {string} slug */
const thatMayAnswer = (slug) => all.filter((op) => Object.values(op.spec['x-problems']).flat().includes(slug));
/** @param {import('../lib/contract.js').Operation} op */
const pathOf = (op) => ({ id: ids.find(([start]) => op.path.startsWith(start))?.[1] ?? 'x1', token: 'unknown' });
/** @param {import('../lib/contract.js').Operation} op */
const isCsv = (op) => mediaTypeOf(op) === 'text/csv';
/** @param {import('../lib/contract.js').Operation} op */
const bodyOf = (op) => (isCsv(op) ? { raw: 'login,display_name,role\n' } : op.spec.requestBody ? { body: {} } : {});
/** @param {import('../lib/contract.js').Operation} op @param {string} name */
const hasParameter = (op, name) => (op.spec.parameters ?? []).some((/** @type {any} */ one) => one.$ref?.endsWith(`/${name}`));

describe('who is let in', () => {
  test('without a session everything but the public operations is not-signed-in', async () => {
    for (const op of thatMayAnswer('not-signed-in')) await nobody.refused('not-signed-in', op.id, { ...pathOf(op), ...bodyOf(op) });
  });

  test('a made-up cookie and a made-up token are nobody', async () => {
    await org.server.client({ cookie: 'pastille_session=AAAA' }).refused('not-signed-in', 'getMe');
    await org.server.client({ bearer: 'pst_AAAA' }).refused('not-signed-in', 'getMe');
    await nobody.refused('not-signed-in', 'getMe', { headers: { Authorization: 'Basic YTpi' } });
  });

  test('with a bearer token the cookie is ignored', async () => {
    const both = org.server.client({ bearer: 'pst_AAAA', cookie: org.admin.cookie });
    await both.refused('not-signed-in', 'getMe');
  });

  test('a page of another origin changes nothing', async () => {
    for (const op of thatMayAnswer('foreign-origin')) {
      await org.admin.refused('foreign-origin', op.id, { ...pathOf(op), ...bodyOf(op), headers: { Origin: 'https://evil.example' } });
    }
  });

  test('the origin null, another port and a cross-site page without an origin are foreign too', async () => {
    for (const headers of [{ Origin: 'null' }, { Origin: 'http://127.0.0.1:1' }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }]) {
      await org.admin.refused('foreign-origin', 'patchMe', { body: {}, headers });
    }
    for (const headers of [{ Origin: org.server.origin }, { 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }]) {
      await org.admin.call('patchMe', { body: {}, headers });
    }
  });
});

describe('what is sent', () => {
  test('a body of more than 64 KB, or what else the operation takes, is too-large, at 64 KB it is read', async () => {
    for (const op of thatMayAnswer('too-large')) {
      await org.admin.refused('too-large', op.id, { ...pathOf(op), raw: Buffer.alloc((op.spec['x-body-most'] ?? 65536) + 1, ' ') });
    }
    await org.admin.refused('malformed', 'importStatuses', { raw: Buffer.alloc(8388608, ' ') });
    await org.admin.refused('malformed', 'patchMe', { raw: Buffer.alloc(65536, ' ') });
    await org.admin.call('patchMe', { raw: `{}${' '.repeat(65534)}` });
  });

  test('a body that is not what the operation takes, by its type, is media-type', async () => {
    for (const op of thatMayAnswer('media-type')) {
      await org.admin.refused('media-type', op.id, { ...pathOf(op), raw: '{}', headers: { 'Content-Type': 'text/plain' } });
    }
    await org.admin.refused('media-type', 'patchMe', { raw: '{}', headers: { 'Content-Type': undefined } });
    await org.admin.refused('media-type', 'createTeam', { raw: '{}', headers: { 'Content-Type': 'application/merge-patch+json' } });
    await org.admin.call('patchMe', { raw: '{}', headers: { 'Content-Type': 'Application/JSON; charset=UTF-8' } });
  });

  test('a body that cannot be read is malformed', async () => {
    for (const op of thatMayAnswer('malformed')) {
      if (op.spec.requestBody) await org.admin.refused('malformed', op.id, { ...pathOf(op), raw: '{"name":' });
    }
  });

  test('a weak or broken If-Match is malformed', async () => {
    for (const op of thatMayAnswer('stale-version')) {
      await org.admin.refused('malformed', op.id, { ...pathOf(op), ...bodyOf(op), headers: { 'If-Match': 'W/"1"' } });
    }
    await org.admin.refused('malformed', 'patchMe', { body: {}, headers: { 'If-Match': '1' } });
  });

  test('an unknown parameter of the query is invalid and named, of every operation but the live ones', async () => {
    const notHere = ['agreeToRenewal', 'voidRenewal', 'dropRecoveryCode']; // 404 comes first
    for (const op of all.filter(({ id, path, base }) => base && !path.startsWith('/live') && !notHere.includes(id))) {
      const who = op.spec.security?.length === 0 ? nobody : org.admin;
      const own = op.path.startsWith('/users/{id}/status') ? { id: org.admin.me.id } : op.path.startsWith('/invitation') ? await given() : pathOf(op);
      const problem = await who.invalid('?nosuch', op.id, { ...bodyOf(op), ...own, query: { nosuch: 1 } });
      const fault = problem.errors.find((/** @type {any} */ { pointer }) => pointer === '?nosuch');
      assert.deepEqual([fault.code, fault.params], ['unknown', {}], op.id);
    }
  });

  test('an unknown field is invalid and named', async () => {
    for (const op of thatMayAnswer('invalid')) {
      if (!op.spec.requestBody || isCsv(op) || ['acceptInvitation', 'acceptGivenInvitation'].includes(op.id)) continue; // those: invitations.test.js
      const id = op.id === 'setStatusOfUser' ? org.admin.me.id : pathOf(op).id;
      await org.admin.invalid('/nonsense', op.id, { ...pathOf(op), id, body: { nonsense: 1 } });
    }
  });

  test('a body that is no object is invalid', async () => {
    for (const raw of ['[]', '1', '"text"', 'null', 'true']) await org.admin.refused('invalid', 'createTeam', { raw });
  });

  test('an Idempotency-Key has at most 64 characters', async () => {
    for (const op of all.filter((one) => hasParameter(one, 'IdempotencyKey'))) {
      await org.admin.refused('invalid', op.id, { ...pathOf(op), ...bodyOf(op), headers: { 'Idempotency-Key': 'k'.repeat(65) } });
    }
  });
});

test('every change says at which position it can be seen', () => {
  const changes = all.filter(({ method }) => method !== 'GET');
  const silent = changes.filter(({ spec }) => !Object.entries(spec.responses).some(([status, response]) => Number(status) < 300 && /** @type {any} */ (response).headers?.['Pastille-Position']));
  assert.deepEqual(silent.map(({ id }) => id), []);
});

describe('what is asked for', () => {
  test('an unknown id is not-found, before anything is said about permissions or the body', async () => {
    for (const op of thatMayAnswer('not-found')) {
      for (const id of ['x99999', 'u', '', '../u1', 'ü', `u${'9'.repeat(40)}`]) {
        if (id === '') continue;
        await org.admin.refused('not-found', op.id, { id, token: id, ...bodyOf(op) });
      }
      if (op.path.includes('{id}')) await agent.refused('not-found', op.id, { id: 'x99999', ...bodyOf(op) });
    }
  });

  test('an old version is stale-version and shows the current one', async () => {
    for (const op of thatMayAnswer('stale-version')) {
      const call = { ...pathOf(op), ...bodyOf(op), headers: { 'If-Match': '"999"' } };
      if (op.id === 'eraseUser') {
        await org.admin.call('patchUser', { ...pathOf(op), body: { active: false } });
        await org.admin.refused('stale-version', op.id, call);
        await org.admin.call('patchUser', { ...pathOf(op), body: { active: true } });
        continue;
      }
      const problem = await org.admin.refused('stale-version', op.id, call);
      assert.ok(problem.current.id, `${op.id} shows it`);
    }
  });

  test('a limit is 1 to 200 and a cursor one of ours', async () => {
    for (const op of all.filter((one) => hasParameter(one, 'Limit'))) {
      for (const limit of [0, 201, -1, 'many', '1.5']) await org.admin.invalid('?limit', op.id, { ...pathOf(op), query: { limit } });
      for (const limit of [1, 200]) await org.admin.call(op.id, { ...pathOf(op), query: { limit } });
      for (const cursor of ['nonsense', 'AAAA', 'é', 'x'.repeat(1001)]) await org.admin.invalid('?cursor', op.id, { ...pathOf(op), query: { cursor } });
    }
    for (const op of all.filter((one) => hasParameter(one, 'Since'))) {
      for (const since of ['abc', '-1', '1.5']) await org.admin.invalid('?since', op.id, { query: { since } });
    }
  });

  test('another method is 405 and Allow lists the right ones', async () => {
    for (const { path, base, allow } of resources) {
      for (const method of ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'PROPFIND']) {
        if (allow.includes(method)) continue;
        const real = base + path.replace('{id}', ids.find(([start]) => path.startsWith(start))?.[1] ?? 'x1').replace('{token}', 'unknown');
        const answer = await send({ origin: org.server.origin, method, path: real });
        assert.equal(answer.status, 405, `${method} ${real} ${answer.text}`);
        assert.equal(slugOf(answer.body), 'method');
        const allowed = String(answer.headers.allow).split(/, */);
        for (const one of allow) assert.ok(allowed.includes(one), `${path} allows ${one}: ${allowed}`);
        assert.ok(!allowed.includes(method), `${path} does not allow ${method}`);
      }
    }
  });

  test('HEAD is answered as GET without a body, OPTIONS with the methods', async () => {
    const head = await send({ origin: org.server.origin, method: 'HEAD', path: '/api/v1/statuses', headers: org.admin.credentials() });
    assert.equal(head.status, 200);
    assert.equal(head.text, '');
    const options = await send({ origin: org.server.origin, method: 'OPTIONS', path: '/api/v1/statuses' });
    assert.equal(options.status, 204);
    assert.match(String(options.headers.allow), /POST/);
  });

  test('a path that does not exist is not-found for everyone', async () => {
    for (const path of ['/api/v1/nonsense', '/api/v1/', '/api/v2/me', '/api/v1/statuses/', '/api/v1/users/u1/status/x', '/api/v1/me/../me']) {
      const answer = await send({ origin: org.server.origin, method: 'GET', path });
      assert.equal(answer.status, 404, path);
      assert.equal(slugOf(answer.body), 'not-found', path);
    }
  });
});
