// A client of the live protocol over WebSocket. Every frame is held against asyncapi.yaml. It takes nothing of
// web/packages/client: it says what no client should say, answers no ping, and sees each frame as it came.

import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { faultOfFrame, slugOf } from './contract.js';
import { patient, pause } from './patience.js';
import { saw } from './seen.js';

let refs = 0;

export class Live {
  /** @param {WebSocket} socket */
  constructor(socket) {
    this.socket = socket;
    /** Frames that nobody has taken yet. @type {any[]} */
    this.frames = [];
    /** @type {Error | null} */
    this.fault = null;
    /** The greatest position seen. */
    this.epoch = '';
    this.seq = 0;
    this.pings = 0;
    /** @type {Set<() => void>} */
    this.waiting = new Set();
    /** @type {{code: number, reason: string} | null} */
    this.end = null;
    /** @type {Promise<{code: number, reason: string}>} */
    this.closed = new Promise((done) =>
      socket.on('close', (code, reason) => {
        this.end = { code, reason: reason.toString() };
        this.#wake();
        done(this.end);
      }),
    );
    socket.on('ping', () => this.pings++);
    socket.on('error', () => {}); // 'close' follows
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.fault = new Error('a binary frame');
      else this.#take(data.toString());
      this.#wake();
    });
  }

  /** @param {string} text */
  #take(text) {
    const frame = JSON.parse(text);
    const wrong = faultOfFrame(frame);
    if (wrong) this.fault ??= new Error(wrong);
    if (frame.is === 'ready') this.epoch = frame.epoch;
    if (typeof frame.seq === 'number' && !(frame.is === 'board' && frame.more)) this.seq = Math.max(this.seq, frame.seq);
    saw(`frame ${frame.is}`);
    this.frames.push(frame);
  }

  #wake() {
    for (const wake of this.waiting) wake();
  }

  /**
   * Connects and, unless `open` is null, opens and waits for `ready`.
   * @param {import('./api.js').Client} client
   * @param {{open?: any, headers?: Record<string, string>, protocols?: string[], autoPong?: boolean, localAddress?: string}} [options]
   * @returns {Promise<Live & {ready: any}>}
   */
  static async connect(client, { open = { present: true }, headers = {}, protocols = ['pastille.v1'], autoPong = true, localAddress } = {}) {
    const url = `${client.server.origin.replace('http', 'ws')}/api/v1/live`;
    const socket = new WebSocket(url, protocols, { headers: { ...client.credentials(), ...headers }, autoPong, localAddress, perMessageDeflate: { threshold: 0 }, ca: client.server.ca });
    const live = new Live(socket);
    await new Promise((done, failed) => {
      socket.once('open', done);
      socket.once('error', failed);
      socket.once('unexpected-response', (_, response) => failed(Object.assign(new Error(`the upgrade was answered with ${response.statusCode}`), { status: response.statusCode })));
    });
    assert.equal(socket.protocol, 'pastille.v1');
    saw('live 101');
    let ready = null;
    if (open) {
      live.send({ do: 'open', ...open });
      ready = await live.next('ready');
    }
    return Object.assign(live, { ready });
  }

  /** @param {any} frame */
  send(frame) {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /**
   * The first frame that matches; takes it out, leaves the others.
   * @param {(frame: any) => any} match @param {string} what @param {number} [within] ms
   * @returns {Promise<any>}
   */
  async take(match, what, within = 20_000) {
    const end = Date.now() + patient(within);
    for (;;) {
      if (this.fault) throw this.fault;
      const at = this.frames.findIndex(match);
      if (at >= 0) return this.frames.splice(at, 1)[0];
      if (this.end) throw new Error(`closed with ${this.end.code} ${this.end.reason} while waiting for ${what}`);
      const left = end - Date.now();
      if (left <= 0) throw new Error(`no ${what} within ${patient(within)} ms; here are ${JSON.stringify(this.frames).slice(0, 600)}`);
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

  /**
   * The next frame of this kind for which the predicate holds.
   * @param {string} is @param {(frame: any) => any} [predicate] @param {number} [within] ms
   * @returns {Promise<any>}
   */
  next(is, predicate = () => true, within = 20_000) {
    return this.take((frame) => frame.is === is && predicate(frame), is, within);
  }

  /**
   * The entry of this person from a `changes` frame, when it satisfies the predicate.
   * @param {string} user @param {(entry: any) => any} [predicate] @param {number} [within] ms
   */
  async change(user, predicate = () => true, within = 20_000) {
    const match = (/** @type {any} */ frame) => frame.users.find((/** @type {any} */ entry) => entry.user === user && predicate(entry));
    return match(await this.next('changes', match, within));
  }

  /**
   * Asserts that no such frame comes within this time.
   * @param {string} is @param {(frame: any) => any} [predicate] @param {number} [during] ms
   */
  async none(is, predicate = () => true, during = 300) {
    await pause(patient(during));
    if (this.fault) throw this.fault;
    assert.deepEqual(this.frames.filter((frame) => frame.is === is && predicate(frame)), [], `no ${is} was to come`);
  }

  /**
   * Follows and gives the entries of all pages of the board by person.
   * @param {any} what @returns {Promise<Map<string, any> & {frame: any, unknown: string[]}>}
   */
  async follow(what) {
    const ref = `f${++refs}`;
    this.send({ do: 'follow', ref, ...what });
    return this.board((frame) => frame.ref === ref);
  }

  /** @param {(frame: any) => any} [predicate] @returns {Promise<Map<string, any> & {frame: any, unknown: string[]}>} */
  async board(predicate = () => true) {
    const entries = new Map();
    /** @type {string[]} */
    const unknown = [];
    /** @type {any} */
    let frame;
    do {
      /** @type {number | undefined} */
      const seq = frame?.seq;
      frame = await this.next('board', predicate);
      if (seq !== undefined) assert.equal(frame.seq, seq, 'the pages of one board have one seq');
      for (const entry of frame.users) entries.set(entry.user, entry);
      unknown.push(...(frame.unknown ?? []));
    } while (frame.more);
    return Object.assign(entries, { frame, unknown });
  }

  /**
   * Sets one's status and gives the entry of `done`.
   * @param {any} what `status_id`, `note`, `until` or `for_s`
   */
  async set(what) {
    const ref = `s${++refs}`;
    this.send({ do: 'set', ref, ...what });
    return (await this.#answer(ref, 'done')).entry;
  }

  async clear() {
    const ref = `c${++refs}`;
    this.send({ do: 'clear', ref });
    return (await this.#answer(ref, 'done')).entry;
  }

  /**
   * Sends a frame with a `ref` that is refused; gives the problem.
   * @param {string} slug @param {any} frame
   */
  async refused(slug, frame) {
    const ref = `r${++refs}`;
    this.send({ ref, ...frame });
    const { problem } = await this.#answer(ref, 'refused');
    assert.equal(slugOf(problem), slug, JSON.stringify(problem));
    return problem;
  }

  /** @param {string} ref @param {string} expected `done` or `refused` */
  async #answer(ref, expected) {
    const frame = await this.take((one) => one.ref === ref && (one.is === 'done' || one.is === 'refused'), `${expected} for ${ref}`);
    assert.equal(frame.is, expected, JSON.stringify(frame));
    return frame;
  }

  /** The position that one resumes from. */
  position() {
    return { epoch: this.epoch, seq: this.seq };
  }

  /** Waits for the close and asserts its code. @param {number} code @param {number} [within] ms */
  async closes(code, within = 20_000) {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((_, failed) => {
      timer = setTimeout(() => failed(new Error(`not closed within ${patient(within)} ms`)), patient(within));
    });
    const end = /** @type {{code: number, reason: string}} */ (await Promise.race([this.closed, late]).finally(() => clearTimeout(timer)));
    assert.equal(end.code, code, `closed with ${end.code} ${end.reason}`);
    saw(`close ${end.code}`);
  }

  /** Ends it properly. */
  async close() {
    if (this.end) return;
    this.socket.close(1000);
    await Promise.race([this.closed, pause(patient(2000))]);
    this.socket.terminate();
  }

  /** As when the network is lost: no close frame. */
  drop() {
    this.socket.terminate();
  }
}
