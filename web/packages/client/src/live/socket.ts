// One WebSocket to /api/v1/live that comes back by itself: full jitter, first within 3 s, then up
// to 10 s. It knows frames, not what they mean. Everything it waits for has an end: a connection has to
// be ready in time, a silent one has to answer, and one that is asked answers soon or is given up.

import { againInMs } from '../http/backoff.ts';
import { decode, type Frame, type Request } from './frames.ts';

export interface SocketEvents {
  /** Sends the open frame; called each time the socket opens. */
  opened(send: (frame: Request) => void): void;
  /** Sends what the server answers at once. */
  asks?(send: (frame: Request) => void): void;
  /** Whether somebody may be looking at what is shown: then a network that is lost without a sign is noticed soon. */
  watched?(): boolean;
  frame(frame: Frame): void;
  lost?(): void;
  /** No connection came about. A browser does not say why; HTTP may. */
  failed?(): void;
  /** 4401: the session has ended, there is no point in coming back. */
  ended(): void;
}

/** Until ready. */
const readyMs = 15_000;
/** A watched connection that has said nothing for this long is asked. With the time for the answer this is under 5 s. */
const quietMs = 2_000;
/** For the answer, where answers are quick; three times as long as the last one took, where they are slow. */
const answerMs = 2_500;
const slowAnswerMs = 10_000;
const betweenTriesMs = 3_000;
/** For a try that is not answered, until a younger one begins beside it, while somebody looks. */
const tryMs = 2_500;
const triesAtOnce = 3;

export class LiveSocket {
  /** The open one. */
  #socket: WebSocket | null = null;
  /** Those that may still open, the oldest first. */
  #tries: WebSocket[] = [];
  #ready = false;
  #begun = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #younger: ReturnType<typeof setTimeout> | undefined;
  /** It has been asked and has not answered yet. */
  #asked = false;
  /** Since when an answer is waited for: to what was asked, or to `open`. */
  #askedAt: number | null = null;
  /** How long the answer to what was asked may take. */
  #answerMs = answerMs;
  /** How long the next one may take where nothing has changed: as answers here do. */
  #patienceMs = answerMs;
  #failures = 0;
  #heartbeatMs = 25_000;
  #closed = false;
  #asleep = false;

  /** connect: for programs, which send a token or a cookie along; a browser does that itself. */
  constructor(
    private readonly url: string,
    private readonly events: SocketEvents,
    private readonly random: () => number = Math.random,
    private readonly connect = (to: string): WebSocket => new WebSocket(to, 'pastille.v1'),
  ) {
    this.#connect();
  }

  /** False when there is no open connection to send on. */
  send(frame: Request): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** The network or the page has changed: tries at once, and what seems to stand has to answer soon. */
  check(): void {
    if (this.#closed || this.#asleep) return;
    if (this.#away()) this.#now();
    else this.#ask(answerMs);
  }

  /** The server was heard by another way. */
  serverAnswers(): void {
    const waits = this.#away() && !this.#closed && !this.#asleep;
    if (waits && Date.now() - this.#begun >= betweenTriesMs) this.#now();
  }

  /** The browser keeps the page for later: it is not there until wake(). */
  sleep(): void {
    if (this.#closed) return;
    this.#asleep = true;
    this.#leave();
    this.events.lost?.();
  }

  wake(): void {
    if (!this.#asleep) return this.check();
    this.#asleep = false;
    if (!this.#closed) this.#now();
  }

  /** The session has ended, as was heard by another way. */
  end(): void {
    if (this.#closed) return;
    this.close();
    this.events.ended();
  }

  close(): void {
    this.#closed = true;
    this.#leave();
  }

  /** One question at a time; a shorter time for its answer counts. */
  #ask(withinMs: number): void {
    if (this.#asked && withinMs >= this.#answerMs) return;
    if (!this.#asked && this.#ready) {
      this.#askedAt = Date.now();
      this.events.asks?.((frame) => this.send(frame));
    }
    this.#asked = true;
    this.#answerMs = withinMs;
    this.#within(withinMs);
  }

  #heard(): void {
    if (this.#askedAt !== null) {
      const took = Date.now() - this.#askedAt;
      this.#patienceMs = Math.min(Math.max(answerMs, 3 * took), slowAnswerMs);
    }
    this.#askedAt = null;
    this.#asked = false;
    this.#within(2 * this.#heartbeatMs); // who heard nothing for two heartbeats comes back by itself
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (this.#watched()) this.#ask(this.#patienceMs);
    }, quietMs);
  }

  #now(): void {
    this.#failures = 0;
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#again);
    this.#ready = this.#asked = false;
    this.#askedAt = null;
    this.#begun = Date.now();
    this.#within(readyMs);
    this.#try();
  }

  /** A network that swallows everything says nothing: while somebody looks, a younger try begins beside those that
   *  have not been answered, and the first that opens is the connection. */
  #try(): void {
    const socket = this.connect(this.url);
    this.#tries.push(socket);
    if (this.#tries.length > triesAtOnce) forget(this.#tries.shift());
    this.#younger = setTimeout(() => {
      if (this.#watched()) this.#try();
    }, tryMs);
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = (message: MessageEvent<string>) => this.#says(message.data);
    socket.onclose = ({ code }) => this.#closes(socket, code);
  }

  #opened(socket: WebSocket): void {
    clearTimeout(this.#younger);
    for (const each of this.#tries) if (each !== socket) forget(each);
    this.#tries = [];
    this.#socket = socket;
    this.#askedAt = Date.now();
    this.events.opened((frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame)); // else it goes already
    });
  }

  #says(data: string): void {
    const frame = decode(data);
    if (frame?.is === 'ready') {
      this.#ready = true;
      this.#failures = 0;
      this.#heartbeatMs = frame.heartbeat_s * 1000;
    }
    if (this.#ready) this.#heard();
    if (frame !== null) this.events.frame(frame);
  }

  #closes(socket: WebSocket, code: number): void {
    const opened = this.#socket === socket;
    this.#tries = this.#tries.filter((each) => each !== socket);
    if (!opened && this.#tries.length > 0) return;
    this.#leave();
    if (code === 4401) return this.end();
    this.#lost(this.#backoff());
    if (!opened) this.events.failed?.();
  }

  #within(ms: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      const atOnce = this.#asked || this.#watched();
      const came = this.#ready;
      this.#leave();
      this.#lost(atOnce ? 0 : this.#backoff());
      if (!came) this.events.failed?.();
    }, ms);
  }

  #backoff(): number {
    return againInMs(null, this.#failures++, this.random);
  }

  #lost(againMs: number): void {
    this.events.lost?.();
    this.#again = setTimeout(() => this.#connect(), againMs);
  }

  #watched(): boolean {
    return this.events.watched?.() === true;
  }

  #away(): boolean {
    return this.#socket === null && this.#tries.length === 0;
  }

  #leave(): void {
    for (const timer of [this.#again, this.#deadline, this.#quiet, this.#younger]) clearTimeout(timer);
    for (const each of [this.#socket, ...this.#tries]) forget(each);
    this.#socket = null;
    this.#tries = [];
  }
}

/** What it still says or does is of no interest any more. */
function forget(socket: WebSocket | null | undefined): void {
  if (socket == null) return;
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.close(1000);
}
