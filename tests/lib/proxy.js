// nginx, Caddy and HAProxy as our examples set them up, before a test's servers: real programs from Debian, each on a port of its own.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from './patience.js';

const examples = new URL('../../packaging/examples/', import.meta.url);

/** The example with each of these replaced; every one must be there. @param {string} name @param {[string, string][]} changes */
function example(name, changes) {
  let text = readFileSync(new URL(name, examples), 'utf8');
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), `${name} has no '${from}' any more`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/**
 * @typedef {object} Place
 * @property {string} folder of its own
 * @property {number} port it listens on, on 127.0.0.1
 * @property {number[]} servers the ports of those behind it
 * @property {{certificate: string, key: string, pem: string}} tls
 * @property {[string, string][]} [changes] of the example, more than these
 */

/** @type {Record<string, (place: Place) => {command: string, args: string[]}>} */
const kinds = {
  nginx: ({ folder, port, servers, tls, changes = [] }) => {
    const site = example('nginx.conf', [
      ['  listen [::]:443 ssl http2;\n', ''],
      ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
      ['/etc/ssl/certs/status.example.org.pem', tls.certificate],
      ['/etc/ssl/private/status.example.org.key', tls.key],
      ['  # server 127.0.0.1:8081 max_fails=1 fail_timeout=5s;\n', ''],
      ['  server 127.0.0.1:8080 max_fails=1 fail_timeout=5s;\n', servers.map((each) => `  server 127.0.0.1:${each} max_fails=1 fail_timeout=5s;\n`).join('')],
      ...changes,
    ]);
    const config = join(folder, 'nginx.conf');
    writeFileSync(config, `user root;\ndaemon off;\npid ${folder}/nginx.pid;\nevents {}\nhttp {\naccess_log off;\n${
      ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${folder}/${each};\n`).join('')}${site}}\n`);
    return { command: 'nginx', args: ['-c', config, '-p', folder, '-e', 'stderr'] };
  },
  caddy: ({ folder, port, servers: [server], tls }) => {
    const site = example('Caddyfile', [
      ['status.example.org {\n', `https://127.0.0.1:${port} {\n\tbind 127.0.0.1\n\ttls ${tls.certificate} ${tls.key}\n`],
      ['127.0.0.1:8080', `127.0.0.1:${server}`],
    ]);
    const config = join(folder, 'Caddyfile');
    writeFileSync(config, `{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system ${folder}/caddy\n}\n${site}`);
    return { command: 'caddy', args: ['run', '--config', config, '--adapter', 'caddyfile'] };
  },
  haproxy: ({ folder, port, servers, tls, changes = [] }) => {
    const pem = join(folder, 'haproxy.pem');
    writeFileSync(pem, tls.pem + readFileSync(tls.key, 'utf8'));
    const site = example('haproxy.cfg', [
      ['  user haproxy\n  group haproxy\n', ''],
      ['maxconn 50000', 'maxconn 1000'],
      ['bind :443', `bind 127.0.0.1:${port}`],
      ['/etc/haproxy/status.example.org.pem', pem],
      ['  server two 127.0.0.1:8082\n', ''],
      ['  server two 127.0.0.1:8082 track pastille/two\n', ''],
      ['  server one 127.0.0.1:8081 track pastille/one\n', servers.map((each, index) => `  server node${index} 127.0.0.1:${each} track pastille/node${index}\n`).join('')],
      ['  server one 127.0.0.1:8081\n', servers.map((each, index) => `  server node${index} 127.0.0.1:${each}\n`).join('')],
      ...changes,
    ]);
    const config = join(folder, 'haproxy.cfg');
    writeFileSync(config, site);
    return { command: 'haproxy', args: ['-db', '-f', config] };
  },
};

export class Proxy {
  /** Starts it and waits until it takes connections. @param {'nginx' | 'caddy' | 'haproxy'} kind @param {Place} place */
  static async start(kind, place) {
    mkdirSync(place.folder, { recursive: true });
    const { command, args } = kinds[kind](place);
    const proxy = new Proxy(spawn(command, args, { env: { ...process.env, HOME: place.folder } }), place);
    await until(() => {
      assert.ok(!proxy.ended, `${kind} ended: ${proxy.said}`);
      return new Promise((done) => {
        const probe = connect(place.port, '127.0.0.1', () => done(true));
        probe.on('error', () => done(false));
        probe.on('connect', () => probe.destroy());
      });
    }, { what: `${kind} on its port` });
    return proxy;
  }

  /** @param {import('node:child_process').ChildProcessWithoutNullStreams} child @param {Place} place */
  constructor(child, { port, tls }) {
    this.child = child;
    this.said = '';
    this.ended = false;
    // What a client needs to know of a server.
    this.origin = `https://127.0.0.1:${port}`;
    this.ca = tls.pem;
    this.agent = new https.Agent({ keepAlive: true, ca: tls.pem });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (this.said += chunk));
    child.on('error', (error) => (this.said += error));
    /** @type {Promise<void>} */
    this.end = new Promise((done) => child.on('close', () => {
      this.ended = true;
      done();
    }));
  }

  async stop() {
    this.agent.destroy();
    this.child.kill('SIGTERM');
    await this.end;
  }
}
