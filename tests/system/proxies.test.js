// Behind nginx, Caddy and HAProxy, set up as packaging/examples shows: everything works as without, and who comes is known.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client, send } from '../lib/api.js';
import { selfSigned } from '../lib/certificate.js';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { until } from '../lib/patience.js';
import { freePort } from '../lib/ports.js';
import { Proxy } from '../lib/proxy.js';
import { freshFolder } from '../lib/server.js';
import { Events } from '../lib/sse.js';

for (const kind of /** @type {const} */ (['nginx', 'caddy', 'haproxy'])) {
  describe(kind, () => {
    /** @type {import('../lib/organisation.js').Organisation} */
    let org;
    /** @type {Proxy} */
    let proxy;
    /** @type {Client & {me: any}} */
    let ana;
    before(async () => {
      const [folder, port] = [freshFolder(), await freePort()];
      org = await organisation({ settings: { public_url: [`https://127.0.0.1:${port}`], trusted_proxies: ['127.0.0.1'] } });
      proxy = await Proxy.start(kind, { folder, port, servers: [Number(new URL(org.server.origin).port)], tls: selfSigned(folder, 'proxy') });
      await org.account('ana');
      const client = new Client(/** @type {any} */ (proxy));
      const { user } = await client.signIn('ana', PASSWORD);
      ana = Object.assign(client, { me: user });
    });
    after(async () => {
      await proxy?.stop();
      await org?.close();
    });

    test('the session is kept to TLS', async () => {
      assert.match(String(ana.cookie), /^__Host-pastille_session_[0-9a-f]{8}=/);
      const { headers } = await ana.call('getMe');
      assert.match(String(headers['strict-transport-security']), /max-age/);
    });

    test('a change goes to a WebSocket and to a stream of events', async () => {
      const live = await Live.connect(ana);
      const stream = await Events.open(ana, { query: { follow: 'all' } });
      await stream.next('ready');
      const entry = await live.set({ status_id: org.system.get('busy').id, note: kind });
      await stream.next('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.note === kind));
      assert.equal(entry.note, kind);
      stream.close();
      await live.close();
    });

    test('as the address of who comes, the proxy says its own view and not what it is told', async () => {
      const answer = await send({ origin: proxy.origin, agent: proxy.agent, method: 'GET', path: '/healthz', headers: { 'X-Forwarded-For': '203.0.113.7' } });
      assert.equal(answer.status, 200);
      await until(() => /route=\/healthz .*remote=127\.0\.0\.1 /.test(org.server.log), { what: 'the request in the log' });
      assert.doesNotMatch(org.server.log, /203\.0\.113\.7/);
    });

    test('a position holds over a restart of the server, and the pages come', async () => {
      const live = await Live.connect(ana);
      await live.follow({ all: true });
      const position = live.position();
      await org.server.restart();
      await live.closed;
      const again = await until(() => Live.connect(ana, { open: { present: true, ...position, follow: { all: true } } }).catch(() => null), { what: 'the server behind the proxy' });
      assert.equal(again.ready.resumed, true);
      await again.close();
      const page = await send({ origin: proxy.origin, agent: proxy.agent, method: 'GET', path: '/banner' });
      assert.match(page.text, /<!doctype html>/i);
    });
  });
}
