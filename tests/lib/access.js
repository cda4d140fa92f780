// What openapi.yaml says about who may do what, and a request of each operation that changes nothing when it is let in.

import assert from 'node:assert/strict';
import { asyncapi, mediaTypeOf, openapi, operations, slugOf } from './contract.js';

/** @typedef {import('./contract.js').Operation} Operation */
/** @typedef {{all?: string[], any?: string[], of_query?: Record<string, Need>, of_role?: boolean}} Need */

export const permissions = /** @type {string[]} */ (openapi.components.schemas.Permission.enum);
export const scopes = /** @type {string[]} */ (openapi.components.schemas.Scope.enum);
export const everyOperation = [...operations.values()];

/** @param {Operation} op */
export const isPublic = (op) => op.spec.security.length === 0;

/** Whether the Origin matters: it changes something, is a live connection, or ends a session elsewhere. @param {Operation} op */
export const mindsOrigin = (op) => op.method !== 'GET' || ['/live', '/live/events', '/auth/oidc/sign-out'].includes(op.path);

/** @param {Operation} op @returns {Need} */
export function needOf(op) {
  assert.ok(isPublic(op) || op.spec['x-permission'], `openapi.yaml does not say who may do ${op.id}: it has neither x-permission nor security: []`);
  return op.spec['x-permission'] ?? {};
}

/** What a client may send over the live connection, by its `do`. @type {Map<string, {any: string, present?: string}>} */
export const liveScopes = new Map();
for (const { $ref } of asyncapi.operations.listen.messages) {
  const name = $ref.split('/').at(-1);
  const scope = asyncapi.components.messages[name]['x-scope'];
  assert.ok(scope, `asyncapi.yaml does not say which scope ${name} takes`);
  liveScopes.set(name, scope);
}

/** Who is told of which configuration, by `what`. @type {Record<string, Need>} */
export const configNeeds = asyncapi.components.messages.config['x-permission'];

/**
 * @param {Need} need @param {string[]} held
 * @returns {string[]} what one of which is missing; none when it may
 */
export function missing(need, held) {
  const lacking = (need.all ?? []).filter((one) => !held.includes(one));
  if (lacking.length) return lacking;
  return need.any && !need.any.some((one) => held.includes(one)) ? need.any : [];
}

/** @param {string[]} held scopes of a token @param {string} wanted */
export const holdsScope = (held, wanted) => held.includes(wanted) || (wanted === 'read' && held.includes('status'));

/** @param {Operation} op @param {string[]} held scopes of a token */
export function scopeSuffices(op, held) {
  const wanted = op.spec.security.find((/** @type {any} */ one) => one.token)?.token;
  return wanted !== undefined && wanted.every((/** @type {string} */ one) => holdsScope(held, one));
}

/**
 * Who is let in gets another answer than who is not, and nothing is changed: an empty body, an old version.
 * @param {Operation} op
 * @param {[string, string][]} ids what is there, by the beginning of the path
 * @returns {import('./api.js').Call}
 */
export function probe(op, ids) {
  const id = ids.find(([start]) => op.path.startsWith(start))?.[1] ?? 'x1';
  /** @type {import('./api.js').Call} */
  const call = { id, token: 'unknown', anyStatus: true, headers: {} };
  if (op.spec.requestBody) call.raw = mediaTypeOf(op) === 'text/csv' ? 'login,display_name,role\n' : '{}';
  if (Object.values(op.spec['x-problems']).flat().includes('stale-version')) call.headers = { 'If-Match': '"999999"' };
  if (op.path === '/live/events') call.query = { follow: 'nonsense' };
  return call;
}

const aboutAccess = ['not-signed-in', 'permission-missing', 'scope-missing', 'foreign-origin'];

/** What an answer says about access. @param {import('./api.js').Answer} answer @returns {string} `in`, or the slug */
export function verdict(answer) {
  const slug = slugOf(answer.body);
  return aboutAccess.includes(slug) ? slug : 'in';
}
