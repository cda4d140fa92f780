// One WebSocket to /api/v1/live that comes back by itself: full jitter, first within 3 s, then up
// to 10 s. It knows frames, not what they mean. Everything it waits for has an end: a connection has to
// be ready in time, a silent one has to answer, and one that is asked answers soon or is given up.

import { againInMs } from '../http/backoff.ts';
import { decode, type Frame, type Request } from './frames.ts';

export interface SocketEvents {
  /** Sends the open frame; called each time the socket opens. */
  opened(send: (frame: Request) => void): void;
  /** Sends what the server answers at once, after check(). */
  asks?(send: (frame: Request) => void): void;
  frame(frame: Frame): void;
  lost?(): void;
  /** No connection came about. A browser does not say why; HTTP may. */
  failed?(): void;
  /** 4401: the session has ended, there is no point in coming back. */
  ended(): void;
}

/** Until ready. */
const readyMs = 15_000;
/** For who is asked whether they are still there. */
const answerMs = 2_500;
const betweenTriesMs = 3_000;

export class LiveSocket {
  #socket: WebSocket | null = null;
  #ready = false;
  #begun = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  /** It has been asked and has not answered yet. */
  #asked = false;
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
    if (this.#socket === null) this.#now();
    else if (!this.#asked) {
      this.#asked = true;
      if (this.#ready) this.events.asks?.((frame) => this.send(frame));
      this.#within(answerMs);
    }
  }

  /** The server was heard by another way. */
  serverAnswers(): void {
    const waits = this.#socket === null && !this.#closed && !this.#asleep;
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

  #now(): void {
    this.#failures = 0;
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#again);
    const socket = this.connect(this.url);
    this.#socket = socket;
    this.#ready = this.#asked = false;
    this.#begun = Date.now();
    this.#within(readyMs);
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.events.opened((frame) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame)); // else it goes already
      });
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      const frame = decode(message.data);
      if (frame?.is === 'ready') {
        this.#ready = true;
        this.#failures = 0;
        this.#heartbeatMs = frame.heartbeat_s * 1000;
      }
      if (this.#ready) {
        this.#asked = false;
        this.#within(2 * this.#heartbeatMs); // who heard nothing for two heartbeats comes back by itself
      }
      if (frame !== null) this.events.frame(frame);
    };
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#leave();
      if (event.code === 4401) return this.end();
      this.#lost(againInMs(null, this.#failures++, this.random));
      if (!opened) this.events.failed?.();
    };
  }

  #within(ms: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      const wasAsked = this.#asked;
      const came = this.#ready;
      this.#leave();
      this.#lost(wasAsked ? 0 : againInMs(null, this.#failures++, this.random));
      if (!came) this.events.failed?.();
    }, ms);
  }

  #lost(againMs: number): void {
    this.events.lost?.();
    this.#again = setTimeout(() => this.#connect(), againMs);
  }

  /** What it still says or does is of no interest any more. */
  #leave(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#deadline);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }
}
