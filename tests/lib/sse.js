// A reader of the event stream. Every event is held against asyncapi.yaml. It takes nothing of web/packages/client, which
// skips what it does not know: here a line of no kind is a fault.

import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { faultOfFrame, faultOfMessage } from './contract.js';
import { patient } from './patience.js';
import { saw } from './seen.js';

/** @typedef {{event: string, data: any, id: string | null}} Event */

export class Events {
  /** @param {http.IncomingMessage} response */
  constructor(response) {
    this.response = response;
    this.headers = response.headers;
    /** @type {Event[]} */
    this.events = [];
    this.comments = 0;
    this.retry = 0;
    this.lastId = '';
    this.ended = false;
    /** @type {Error | null} */
    this.fault = null;
    /** @type {Set<() => void>} */
    this.waiting = new Set();
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (chunk) => {
      rest += chunk;
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
      this.#wake();
    });
    const over = () => {
      this.ended = true;
      this.#wake();
    };
    response.on('end', over);
    response.on('error', over);
    response.on('close', over);
  }

  /** @param {string} block */
  #take(block) {
    let event = 'message';
    /** @type {string[]} */
    const data = [];
    /** @type {string | null} */
    let id = null;
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) {
        this.comments++;
        continue;
      }
      const [, field, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
      if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
      else if (field === 'id') id = value;
      else if (field === 'retry') this.retry = Number(value);
      else if (line) this.fault ??= new Error(`a line of no kind: ${line}`);
    }
    if (id !== null) this.lastId = id;
    if (data.length === 0) return;
    if (data.length > 1) this.fault ??= new Error('data in more than one line');
    const frame = JSON.parse(data.join('\n'));
    const wrong = event === 'closed' ? faultOfMessage('closed', frame) : faultOfFrame(frame);
    if (wrong) this.fault ??= new Error(wrong);
    if (event !== 'closed' && frame.is !== event) this.fault ??= new Error(`event ${event} carries ${frame.is}`);
    saw(`event ${event}`);
    this.events.push({ event, data: frame, id });
  }

  #wake() {
    for (const wake of this.waiting) wake();
  }

  /**
   * @param {import('./api.js').Client} client
   * @param {{query?: Record<string, any>, headers?: Record<string, string>, localAddress?: string}} [options]
   * @returns {Promise<Events>}
   */
  static open(client, { query = {}, headers = {}, localAddress } = {}) {
    const url = new URL(`${client.server.origin}/api/v1/live/events`);
    for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) url.searchParams.append(name, String(one));
    return new Promise((done, failed) => {
      const { ca } = client.server;
      const request = (ca === undefined ? http : https).get(url, { headers: { ...client.credentials(), ...headers }, agent: false, ca, localAddress }, (response) => {
        if (response.statusCode !== 200) {
          failed(new Error(`the stream was answered with ${response.statusCode}`));
          response.resume();
          return;
        }
        assert.match(String(response.headers['content-type']), /^text\/event-stream/);
        saw('liveEvents 200');
        done(new Events(response));
      });
      request.on('error', failed);
    });
  }

  /**
   * The next event of this kind for which the predicate holds; takes it out.
   * @param {string} event @param {(data: any) => any} [predicate] @param {number} [within] ms
   * @returns {Promise<Event>}
   */
  async next(event, predicate = () => true, within = 20_000) {
    const end = Date.now() + patient(within);
    for (;;) {
      if (this.fault) throw this.fault;
      const at = this.events.findIndex((one) => one.event === event && predicate(one.data));
      if (at >= 0) return this.events.splice(at, 1)[0];
      if (this.ended) throw new Error(`the stream ended while waiting for ${event}`);
      const left = end - Date.now();
      if (left <= 0) throw new Error(`no ${event} within ${patient(within)} ms; here are ${JSON.stringify(this.events).slice(0, 600)}`);
      await new Promise((done) => {
        const wake = () => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          done(undefined);
        };
        const timer = setTimeout(wake, left);
        this.waiting.add(wake);
      });
    }
  }

  close() {
    this.response.destroy();
  }
}
