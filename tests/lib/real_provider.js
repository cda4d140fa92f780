// The npm oidc-provider in this process, on a loopback port, and a browser that signs in at it.

import http from 'node:http';
// @ts-expect-error it comes without types
import { Provider } from 'oidc-provider';

export class RealProvider {
  /** @param {string} secret of the client `desk` */
  constructor(secret) {
    this.secret = secret;
    /** What it says of people, by login. @type {Record<string, any>} */
    this.people = {};
    this.issuer = '';
    /** @type {any} */
    this.callback = undefined;
    this.server = http.createServer((request, response) => this.callback(request, response));
  }

  async listen() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(undefined)));
    this.issuer = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (this.server.address()).port}`;
    return this;
  }

  /** @param {string} origin of the server that people come back to */
  serve(origin) {
    const provider = new Provider(this.issuer, {
      clients: [{ client_id: 'desk', client_secret: this.secret, redirect_uris: [`${origin}/auth/oidc/callback`], post_logout_redirect_uris: [`${origin}/`] }],
      scopes: ['openid', 'profile', 'email', 'groups'],
      claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'], groups: ['groups'] },
      cookies: { keys: ['of this test'] },
      findAccount: (/** @type {any} */ _context, /** @type {string} */ id) => ({ accountId: id, claims: () => this.people[id] }),
    });
    this.callback = provider.callback();
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  /**
   * Signs in on its pages and agrees, as a browser does.
   * @param {string} location @param {string} login
   * @returns {Promise<string>} where it sends the browser back to
   */
  async signIn(location, login) {
    /** @type {Map<string, string>} */
    const jar = new Map();
    let url = location;
    /** @type {URLSearchParams | undefined} */
    let form;
    for (let step = 0; step < 12; step++) {
      const answer = await fetch(url, {
        method: form ? 'POST' : 'GET',
        body: form,
        redirect: 'manual',
        headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const one of answer.headers.getSetCookie()) {
        const [name, ...value] = one.split(';')[0].split('=');
        jar.set(name, value.join('='));
      }
      const next = answer.headers.get('location');
      form = undefined;
      if (next) {
        url = new URL(next, url).href;
        if (!url.startsWith(this.issuer)) return url;
        continue;
      }
      const page = await answer.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (!prompt) throw new Error(`no page to sign in on: ${answer.status} ${page.slice(0, 500)}`);
      form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
    }
    throw new Error('it asks and asks');
  }
}
