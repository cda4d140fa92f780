// A provider of identities that lies: everything it says can be bent by one test. Keys and signatures with node:crypto.

import { createHash, createHmac, createSign, generateKeyPairSync, constants, sign as signWith } from 'node:crypto';
import http from 'node:http';

/** @param {unknown} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const okp = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** @param {import('node:crypto').KeyObject} key @param {string} kid */
const jwk = (key, kid) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });

/** How to sign, by name. @type {Record<string, () => {header: any, signature: (input: string) => Buffer}>} */
export const signers = {
  RS256: () => ({ header: { alg: 'RS256', kid: 'rsa' }, signature: (input) => createSign('sha256').update(input).sign(rsa.privateKey) }),
  PS256: () => ({
    header: { alg: 'PS256', kid: 'rsa' },
    signature: (input) => signWith('sha256', Buffer.from(input), { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  }),
  ES256: () => ({ header: { alg: 'ES256', kid: 'ec' }, signature: (input) => signWith('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }) }),
  EdDSA: () => ({ header: { alg: 'EdDSA', kid: 'okp' }, signature: (input) => signWith(null, Buffer.from(input), okp.privateKey) }),
  none: () => ({ header: { alg: 'none' }, signature: () => Buffer.alloc(0) }),
  /** The public key, which everybody has, taken for a shared secret. */
  HS256: () => ({
    header: { alg: 'HS256', kid: 'rsa' },
    signature: (input) => createHmac('sha256', rsa.publicKey.export({ type: 'spki', format: 'pem' })).update(input).digest(),
  }),
  stranger: () => ({ header: { alg: 'RS256', kid: 'rsa' }, signature: (input) => createSign('sha256').update(input).sign(other.privateKey) }),
  unknownKid: () => ({ header: { alg: 'RS256', kid: 'new' }, signature: (input) => createSign('sha256').update(input).sign(other.privateKey) }),
  weak: () => ({ header: { alg: 'RS256', kid: 'weak' }, signature: (input) => createSign('sha256').update(input).sign(weak.privateKey) }),
  brought: () => ({ header: { alg: 'RS256', jwk: jwk(other.publicKey, 'x') }, signature: (input) => createSign('sha256').update(input).sign(other.privateKey) }),
};

export class HostileProvider {
  constructor() {
    this.server = http.createServer((request, response) => this.#answer(request, response));
    this.issuer = '';
    this.client = 'desk';
    this.keyFetches = 0;
    /** @type {Map<string, any>} */
    this.codes = new Map();
    /** How tokens are signed. @type {string} */
    this.signer = 'RS256';
    /** Instead of the answer of a path. @type {Record<string, (response: http.ServerResponse) => void>} */
    this.instead = {};
    /** @type {any[]} */
    this.tokenRequests = [];
    /** How long every answer takes. */
    this.needsMs = 0;
    this.behave();
  }

  async start() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(undefined)));
    const address = /** @type {import('node:net').AddressInfo} */ (this.server.address());
    this.issuer = `http://127.0.0.1:${address.port}`;
    return this;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  /** Back to honest. */
  behave() {
    this.signer = 'RS256';
    /** @type {Record<string, any>} */
    this.claims = {};
    /** @type {Record<string, any> | null} */
    this.userinfo = {};
    this.instead = {};
    /** @type {Record<string, any>} */
    this.discovery = {};
    this.newKeyPublished = false;
  }

  /**
   * What the browser does there: signs in at once. Gives the address that it is sent back to.
   * @param {string} location
   */
  authorize(location) {
    const asked = new URL(location).searchParams;
    const code = `code-${this.codes.size + 1}`;
    this.codes.set(code, { nonce: asked.get('nonce'), challenge: asked.get('code_challenge'), used: false });
    const back = new URL(String(asked.get('redirect_uri')));
    back.searchParams.set('code', code);
    back.searchParams.set('state', String(asked.get('state')));
    back.searchParams.set('iss', this.issuer);
    return back;
  }

  /**
   * Begins a sign-in at a server and signs in here: the cookie, and the query with which the browser comes back.
   * @param {import('./server.js').Server} server
   */
  async begin(server) {
    const answer = await server.client().call('startExternalSignIn', { status: 303 });
    const back = this.authorize(String(answer.headers.location));
    const cookie = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
    return { cookie, query: Object.fromEntries(back.searchParams) };
  }

  /** @param {string} nonce */
  #idToken(nonce) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, sub: 'subject-1', aud: this.client, exp: now + 300, iat: now, nonce, ...this.claims };
    const { header, signature } = /** @type {() => any} */ (signers[this.signer])();
    const input = `${part(header)}.${part(claims)}`;
    return `${input}.${signature(input).toString('base64url')}`;
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  async #answer(request, response) {
    const path = new URL(request.url ?? '', this.issuer).pathname;
    let body = '';
    for await (const chunk of request) body += String(chunk);
    /** @param {number} status @param {unknown} value */
    const json = (status, value) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (this.needsMs) await new Promise((done) => setTimeout(done, this.needsMs));
    if (path === '/keys') this.keyFetches += 1;
    const instead = this.instead[path];
    if (instead !== undefined) return instead(response);
    if (path === '/.well-known/openid-configuration') {
      return json(200, {
        issuer: this.issuer,
        authorization_endpoint: `${this.issuer}/authorize`,
        token_endpoint: `${this.issuer}/token`,
        jwks_uri: `${this.issuer}/keys`,
        userinfo_endpoint: `${this.issuer}/userinfo`,
        ...this.discovery,
      });
    }
    if (path === '/keys') {
      const keys = [jwk(rsa.publicKey, 'rsa'), jwk(ec.publicKey, 'ec'), jwk(okp.publicKey, 'okp'), jwk(weak.publicKey, 'weak')];
      return json(200, { keys: this.newKeyPublished ? [...keys, jwk(other.publicKey, 'new')] : keys });
    }
    if (path === '/token') {
      const form = new URLSearchParams(body);
      this.tokenRequests.push({ form, authorization: request.headers.authorization });
      const code = this.codes.get(String(form.get('code')));
      const challenge = createHash('sha256').update(String(form.get('code_verifier'))).digest('base64url');
      if (!code || code.used || code.challenge !== challenge) return json(400, { error: 'invalid_grant' });
      code.used = true;
      return json(200, { access_token: 'opaque', token_type: 'Bearer', id_token: this.#idToken(code.nonce) });
    }
    if (path === '/userinfo') return json(200, { sub: 'subject-1', name: 'Ana Lima', preferred_username: 'ana.lima', ...this.userinfo });
    return json(404, {});
  }
}

/**
 * The browser comes back to the server; where it is led from there.
 * @param {{cookie: string, query: Record<string, string>}} begun @param {import('./server.js').Server} server
 */
export const comeBack = async ({ cookie, query }, server) =>
  String((await server.client({ cookie }).call('finishExternalSignIn', { query, status: 303 })).headers.location);
