// Three servers on one PostgreSQL behind nginx and behind HAProxy, set up as packaging/examples shows: whoever comes lands on
// any of them, and when one of them goes nobody notices.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, send } from '../lib/api.js';
import { selfSigned } from '../lib/certificate.js';
import { Live } from '../lib/live.js';
import { organisation, PASSWORD } from '../lib/organisation.js';
import { pause, until } from '../lib/patience.js';
import { freePort } from '../lib/ports.js';
import { Proxy } from '../lib/proxy.js';
import { binary, freshFolder, ownDatabase, Server } from '../lib/server.js';
import { Events } from '../lib/sse.js';

/** As the superuser. @param {string} statement @param {string} [database] */
const sql = (statement, database = 'postgres') =>
  execFileSync('psql', ['--quiet', '--tuples-only', '--no-align', '--command', statement, `${process.env.PASTILLE_TEST_POSTGRES?.replace('pastille@', 'postgres@')}/${database}`], { encoding: 'utf8' }).trim();

for (const kind of /** @type {const} */ (['nginx', 'haproxy'])) {
  describe(kind, () => {
    const folder = freshFolder();
    const database = ownDatabase(folder);
    const name = new URL(database).pathname.slice(1);
    /** The role of each node, so that one of them can be locked out. @param {number} node */
    const roleOf = (node) => `${name}_${node}`;
    /** @type {Server[]} */
    let nodes;
    /** @type {import('../lib/organisation.js').Organisation} */
    let org;
    /** @type {Proxy} */
    let proxy;
    /** @type {Client & {me: any}} */
    let ana;

    before(async () => {
      const port = await freePort();
      const settings = { public_url: [`https://127.0.0.1:${port}`], trusted_proxies: ['127.0.0.1'], presence: { heartbeat_s: 1 } };
      nodes = [0, 1, 2].map((node) => {
        sql(`CREATE ROLE ${roleOf(node)} LOGIN IN ROLE pastille`);
        sql(`ALTER ROLE ${roleOf(node)} SET role = pastille`);
        return new Server({ folder: node === 0 ? folder : freshFolder(), database: database.replace('pastille@', `${roleOf(node)}@`), settings: { ...settings, node_name: `node${node}` } });
      });
      org = await organisation({ server: nodes[0] });
      await Promise.all([nodes[1].start(), nodes[2].start()]);
      // Less silence than the examples allow, so that heartbeats alone keep a connection.
      proxy = await Proxy.start(kind, { folder, port, servers: nodes.map((node) => Number(new URL(node.origin).port)), tls: selfSigned(folder, 'proxy'), changes: [['90s', '3s']] });
      await org.account('ana');
      ana = await signIn('ana');
    });
    after(async () => {
      await proxy?.stop();
      for (const node of nodes ?? []) await node.close();
    });

    /** Through the proxy. @param {string} login */
    async function signIn(login) {
      const client = new Client(/** @type {any} */ (proxy));
      const { user } = await client.signIn(login, PASSWORD);
      return Object.assign(client, { me: user });
    }
    /** At the nodes themselves. @param {number} node */
    const direct = (node) => nodes[node].client({ cookie: ana.cookie });
    const connectionsOf = (/** @type {any} */ me) =>
      sql(`SELECT nodes.name FROM connections JOIN nodes ON nodes.id = node WHERE "user" = ${parseInt(me.id.slice(1), 32)}`, name).split('\n').filter(Boolean).map((one) => Number(one.slice(4)));
    const live = (/** @type {any} */ open = {}) => Live.connect(ana, { open: { present: true, follow: { all: true }, ...open } });
    /** Requests of the API and of pages that a node has answered. @param {number} node */
    const answered = (node) => nodes[node].log.split('\n').filter((line) => / request .*method=/.test(line) && !/route=\/(readyz|healthz) /.test(line)).length;
    const page = () => send({ origin: proxy.origin, agent: proxy.agent, method: 'GET', path: '/banner' });
    const busy = () => org.system.get('busy').id;

    test('requests go to all nodes, and each knows who signed in at another', async () => {
      const before = nodes.map((_, node) => answered(node));
      for (let i = 0; i < 30; i++) assert.equal((await ana.get('getMe')).login, 'ana');
      for (const node of nodes.keys()) assert.ok(answered(node) > before[node], `node ${node} was not asked`);
      assert.match((await page()).text, /<!doctype html>/i);
    });

    test('a change through the proxy comes to a WebSocket and to a stream of events, whichever nodes they are at', async () => {
      const streams = await Promise.all([1, 2, 3].map(() => Events.open(ana, { query: { follow: 'all' } })));
      const connections = await Promise.all([1, 2, 3].map(() => live()));
      assert.ok(new Set(connectionsOf(ana.me)).size > 1, 'all are at one node');
      await ana.get('setMyStatus', { body: { status_id: busy(), note: kind } });
      for (const each of streams) await each.next('changes', (frame) => frame.users.some((/** @type {any} */ one) => one.note === kind));
      for (const each of connections) await each.change(ana.me.id, (entry) => entry.note === kind);
      for (const each of streams) each.close();
      for (const each of connections) await each.close();
    });

    test('heartbeats keep a live connection that nothing else happens on', async () => {
      const [socket, stream] = [await live(), await Events.open(ana, { query: { follow: 'all' } })];
      await until(() => socket.pings >= 6 && stream.comments >= 6, { what: 'six heartbeats' });
      assert.ok(!socket.end && !stream.ended);
      stream.close();
      await socket.close();
    });

    for (const how of /** @type {const} */ (['stop', 'kill'])) {
      test(`a node is gone (${how}): who was there comes back elsewhere, from where they were, and nobody sees it`, async () => {
        let there = await live();
        const [gone] = connectionsOf(ana.me);
        const other = (gone + 1) % nodes.length;
        await there.set({ status_id: busy(), note: `before ${how}` });
        const watcher = await Live.connect(direct(other), { open: { present: false, follow: { all: true } } });
        await until(async () => (await direct(other).get('getBoard')).users.some((/** @type {any} */ one) => one.note === `before ${how}`), { what: 'her change there' });
        await watcher.follow({ all: true });
        watcher.frames = [];
        // Meanwhile others ask, again and again.
        let asking = true;
        const asked = (async () => {
          for (let count = 0; ; count++) {
            if (!asking) return count;
            assert.equal((await page()).status, 200);
            assert.equal((await ana.get('getMe')).login, 'ana');
          }
        })();

        await nodes[gone][how]();
        await there.closed;
        const again = await until(() => live(there.position()).catch(() => null), { what: 'another node' });
        assert.equal(again.ready.resumed, true);
        assert.ok(!connectionsOf(ana.me).includes(gone) || how === 'kill');
        await until(() => sql(`SELECT count(*) FROM nodes WHERE name = 'node${gone}'`, name) === '0', { what: 'that the others know' });
        await again.set({ status_id: busy(), note: `after ${how}` });
        const seen = [];
        while (seen.at(-1)?.note !== `after ${how}`) seen.push(await watcher.change(ana.me.id));
        assert.deepEqual(seen.map(({ status, note }) => [status, note]), [[busy(), `after ${how}`]]);
        await pause(100);
        asking = false;
        assert.ok((await asked) > 10);

        await nodes[gone].start();
        await until(async () => (await page(), await ana.get('getMe'), answered(gone) > 0), { what: 'that it gets requests again' });
        await watcher.close();
        await again.close();
      });
    }

    test('while one is of a newer version, what its pages need comes whichever node is asked first', async () => {
      const place = join(folder, 'newer');
      cpSync(join(dirname(binary), 'web'), join(place, 'web'), { recursive: true });
      copyFileSync(binary, join(place, 'pastille'));
      writeFileSync(join(place, 'web/assets/newer-0a1b2c3d.js'), 'export default 2;\n');
      await nodes[2].stop();
      nodes[2].program = join(place, 'pastille');
      await nodes[2].start();
      const asset = (/** @type {string} */ file) => send({ origin: proxy.origin, agent: proxy.agent, method: 'GET', path: `/assets/${file}` });
      await until(async () => (await asset('newer-0a1b2c3d.js')).status === 200, { what: 'that the proxy asks the newer one, too' });
      for (let i = 0; i < 12; i++) assert.equal((await asset('newer-0a1b2c3d.js')).text, 'export default 2;\n');
      assert.equal((await asset('nowhere-0a1b2c3d.js')).status, 404);
      const [script] = /assets\/[^"]+\.js/.exec((await page()).text) ?? [];
      assert.equal((await asset(String(script).slice('assets/'.length))).status, 200);
    });

    test('without the database pages and the last board come as before, and changes are refused', async (t) => {
      const there = await live();
      await there.set({ status_id: busy(), note: 'last known' });
      await until(async () => (await ana.get('getBoard')).users.some((/** @type {any} */ one) => one.note === 'last known'), { what: 'the board' });
      sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      t.after(() => sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`));
      sql(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`);
      await there.next('stale');
      await until(async () => (await Promise.all(nodes.map((node) => node.client().call('getReadiness', { anyStatus: true })))).every(({ status }) => status === 503), { what: 'that no node is ready' });
      await pause(3000); // a proxy that asks for it has noticed by now
      for (let i = 0; i < 6; i++) {
        assert.match((await page()).text, /<!doctype html>/i);
        assert.ok((await ana.get('getBoard')).users.some((/** @type {any} */ one) => one.note === 'last known'));
        await ana.refused('stale', 'setMyStatus', { body: { status_id: busy(), note: 'meanwhile' } });
      }
      assert.equal(there.end, null);
      sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await there.next('fresh');
      await there.close();
    });

    if (kind !== 'haproxy') return;

    test('a node that is not ready gets no new requests, and keeps the connections that it has', async () => {
      await until(async () => (await Promise.all(nodes.map((node) => node.client().call('getReadiness', { anyStatus: true })))).every(({ status }) => status === 200), { what: 'that all are ready' });
      const there = await live();
      const [lost] = connectionsOf(ana.me);
      sql(`ALTER ROLE ${roleOf(lost)} NOLOGIN`);
      sql(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '${roleOf(lost)}'`);
      await there.next('stale');
      const refused = () => ana.call('setMyStatus', { body: { status_id: busy(), note: 'x' }, anyStatus: true }).then(({ status }) => status !== 200);
      for (let good = 0; good < 10; good = (await refused()) ? 0 : good + 1) await pause(50);
      const before = answered(lost);
      for (let i = 0; i < 30; i++) await ana.get('setMyStatus', { body: { status_id: busy(), note: `change ${i}` } });
      await Promise.all([1, 2, 3].map(async () => (await live()).close()));
      assert.equal(answered(lost), before);
      assert.equal(there.end, null);
      sql(`ALTER ROLE ${roleOf(lost)} LOGIN`);
      await there.next('fresh');
      await until(async () => (await page(), answered(lost) > before), { what: 'that it gets requests again' });
      await there.close();
    });
  });
}
