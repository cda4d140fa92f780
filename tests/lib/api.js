// A client of the HTTP contract. Every answer is held against openapi.yaml and noted as seen.

import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { faultOfRequest, faultsOfAnswer, mediaTypeOf, operation, slugOf } from './contract.js';
import { patient } from './patience.js';
import { saw } from './seen.js';

/**
 * @typedef {object} Call
 * @property {string} [id] fills `{id}` in the path
 * @property {string} [token] fills `{token}` in the path
 * @property {Record<string, string | number | boolean | string[]>} [query]
 * @property {any} [body] sent as JSON
 * @property {string | Buffer} [raw] sent as it is, in place of `body`
 * @property {Record<string, string | undefined>} [headers] undefined takes one away
 * @property {number} [status] the expected one; by default any 2xx
 * @property {boolean} [anyStatus] leave it to the caller
 * @property {boolean} [loose] the body is right only after trimming or NFC, so do not hold it against the schema
 */
/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {http.IncomingHttpHeaders} headers
 * @property {Buffer} bytes
 * @property {string} text
 * @property {any} body
 * @property {string} etag
 */

/**
 * One request as it is. Without an agent, whoever speaks TLS there is believed.
 * @param {{origin: string, agent?: http.Agent, method: string, path: string, headers?: Record<string, string | undefined>, body?: string | Buffer}} request
 * @returns {Promise<Answer>}
 */
export function send({ origin, agent, method, path, headers = {}, body }) {
  const url = new URL(origin);
  const fields = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  if (body !== undefined) fields['Content-Length'] = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(
      { host: url.hostname, port: url.port, method, path, agent, rejectUnauthorized: agent !== undefined, headers: /** @type {any} */ (fields), timeout: patient(20000) },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString('utf8');
          const type = response.headers['content-type'] ?? '';
          let parsed;
          if (text && type.includes('json')) parsed = JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text, body: parsed, etag: String(response.headers.etag ?? '') });
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error(`${method} ${path} was not answered`)));
    request.on('error', reject);
    request.end(body);
  });
}

export class Client {
  /**
   * @param {import('./server.js').Server} server
   * @param {{cookie?: string, bearer?: string}} [who]
   */
  constructor(server, who = {}) {
    this.server = server;
    this.cookie = who.cookie;
    this.bearer = who.bearer;
  }

  /** @returns {Record<string, string>} the header fields that say who asks */
  credentials() {
    /** @type {Record<string, string>} */
    const headers = {};
    if (this.cookie) headers.Cookie = this.cookie;
    if (this.bearer) headers.Authorization = `Bearer ${this.bearer}`;
    return headers;
  }

  /**
   * @param {string} operationId
   * @param {Call} [call]
   * @returns {Promise<Answer>}
   */
  async call(operationId, call = {}) {
    const op = operation(operationId);
    const path = op.path.replace('{id}', encodeURIComponent(call.id ?? '')).replace('{token}', encodeURIComponent(call.token ?? ''));
    assert.ok(!/\/\/|\/$/.test(path), `${operationId} was called without its id`);
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.query ?? {})) {
      for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
    }
    const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    /** @type {Record<string, string | undefined>} */
    const headers = { ...this.credentials() };
    if (body !== undefined) headers['Content-Type'] = mediaTypeOf(op);
    Object.assign(headers, call.headers);
    const answer = await send({
      origin: this.server.origin,
      agent: this.server.agent,
      method: op.method,
      path: `${op.base}${path}${query.size ? `?${query}` : ''}`,
      headers,
      body,
    });
    const faults = faultsOfAnswer(op, answer);
    if (answer.status < 300 && call.body !== undefined && !call.loose) {
      const wrong = faultOfRequest(op, call.body);
      if (wrong) faults.push(`it took a body that the contract does not: ${wrong}`);
    }
    const shown = `${op.method} ${path}${query.size ? `?${query}` : ''} -> ${answer.status} ${answer.text.slice(0, 400)}`;
    assert.deepEqual(faults, [], shown);
    saw(answer.status >= 400 ? `${operationId} ${answer.status} ${slugOf(answer.body)}` : `${operationId} ${answer.status}`);
    if (call.status !== undefined) assert.equal(answer.status, call.status, shown);
    else if (!call.anyStatus) assert.ok(answer.status < 300, shown);
    return answer;
  }

  /**
   * The body of a call that succeeds.
   * @param {string} operationId @param {Call} [call] @returns {Promise<any>}
   */
  async get(operationId, call) {
    return (await this.call(operationId, call)).body;
  }

  /**
   * A call that is refused with this slug; gives the problem.
   * @param {string} slug @param {string} operationId @param {Call} [call] @returns {Promise<any>}
   */
  async refused(slug, operationId, call = {}) {
    const answer = await this.call(operationId, { ...call, anyStatus: true });
    assert.equal(slugOf(answer.body), slug, `${operationId} -> ${answer.status} ${answer.text.slice(0, 400)}`);
    return answer.body;
  }

  /**
   * A call that is 422; asserts that one of the errors points there.
   * @param {string} pointer @param {string} operationId @param {Call} [call] @returns {Promise<any>}
   */
  async invalid(pointer, operationId, call) {
    const problem = await this.refused('invalid', operationId, call);
    const pointers = problem.errors.map((/** @type {any} */ error) => error.pointer);
    assert.ok(pointers.includes(pointer), `${operationId}: ${pointer} is not among ${JSON.stringify(problem.errors)}`);
    return problem;
  }

  /**
   * All items of a list, page by page; asserts that each comes once and that `total` is right.
   * @param {string} operationId @param {Call} [call] @returns {Promise<any[]>}
   */
  async all(operationId, call = {}) {
    const items = [];
    /** @type {string | null} */
    let cursor = null;
    let total;
    do {
      const page = await this.get(operationId, { ...call, query: { ...call.query, ...(cursor ? { cursor } : {}) } });
      items.push(...page.items);
      total = page.total;
      cursor = page.next;
    } while (cursor);
    assert.equal(items.length, total, `${operationId}: total`);
    return items;
  }

  /**
   * Signs in and keeps the cookie.
   * @param {string} login @param {string} password
   */
  async signIn(login, password) {
    const answer = await this.call('signIn', { body: { login, password }, status: 200 });
    this.keepCookie(answer);
    return answer.body;
  }

  /** @param {Answer} answer */
  keepCookie(answer) {
    const set = [answer.headers['set-cookie'] ?? []].flat().find((one) => /pastille_session_[0-9a-f]{8}=[^;]/.test(one));
    assert.ok(set, 'no session cookie was set');
    this.cookie = set.split(';')[0];
  }
}
