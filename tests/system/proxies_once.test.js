// Behind nginx and HAProxy as packaging/examples shows, a change that was sent to a server is sent to no other, whatever becomes
// of that server; what only reads is.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { send } from '../lib/api.js';
import { selfSigned } from '../lib/certificate.js';
import { freePort } from '../lib/ports.js';
import { Proxy } from '../lib/proxy.js';
import { freshFolder } from '../lib/server.js';

/** Takes requests and keeps their paths; answers, or goes away in the middle. @param {boolean} answers */
async function upstream(answers) {
  /** @type {string[]} */
  const taken = [];
  const server = createServer((request, response) => {
    if (request.url === '/readyz') return response.end();
    request.resume().on('end', () => {
      taken.push(String(request.url));
      if (answers) response.end('done');
      else request.socket.destroy();
    });
  });
  await once(server.listen(await freePort(), '127.0.0.1'), 'listening');
  return { taken, server, port: /** @type {import('node:net').AddressInfo} */ (server.address()).port };
}

for (const kind of /** @type {const} */ (['nginx', 'haproxy'])) {
  describe(kind, () => {
    /** @type {Awaited<ReturnType<typeof upstream>>} */
    let good;
    /** @type {Awaited<ReturnType<typeof upstream>>} */
    let broken;
    /** @type {Proxy} */
    let proxy;
    before(async () => {
      [good, broken] = [await upstream(true), await upstream(false)];
      const [folder, port, nobody] = [freshFolder(), await freePort(), await freePort()];
      // nginx: it is not to leave out who failed, so that each request has its chance.
      const changes = /** @type {[string, string][]} */ (kind === 'nginx' ? [['max_fails=1', 'max_fails=0']] : []);
      proxy = await Proxy.start(kind, { folder, port, servers: [good.port, broken.port, nobody], tls: selfSigned(folder, 'proxy'), changes });
    });
    after(async () => {
      await proxy?.stop();
      for (const each of [good, broken]) each?.server.closeAllConnections(), each?.server.close();
    });

    for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
      test(method, async () => {
        const paths = Array.from({ length: 20 }, (_, index) => `/${method}/${index}`);
        for (const path of paths) {
          const asked = send({ origin: proxy.origin, agent: proxy.agent, method, path, body: method === 'GET' ? undefined : 'a change' });
          // HAProxy ends a connection that it has answered on before, in place of a 502.
          const { status } = await asked.catch((error) => (assert.match(String(error), /socket hang up/), { status: 502 }));
          const at = [good, broken].map(({ taken }) => taken.filter((each) => each === path).length);
          if (method === 'GET') assert.deepEqual([status, at[0]], [200, 1], path);
          else assert.ok(at[0] + at[1] <= 1 && (status === 200) === (at[0] === 1), `${path}: ${status}, taken ${at} times`);
          // nginx gives these one try, even where nobody is.
          const oneTry = kind === 'nginx' && ['PUT', 'DELETE'].includes(method);
          if (status !== 200 && !oneTry) assert.equal(at[1], 1, `${path}: ${status}, and no server had it`);
        }
        assert.ok(broken.taken.some((path) => path.startsWith(`/${method}/`)), 'the broken one was never asked');
      });
    }
  });
}
