// One WebSocket to /api/v1/live that comes back by itself: full jitter, first within 3 s, then up
// to 10 s. It knows frames, not what they mean. close() ends it for good.

import { againInMs } from '../api/again';
import { decode, type Frame } from './frames';

export interface SocketEvents {
  /** Sends the open frame; called each time the socket opens. */
  opened(send: (frame: object) => void): void;
  frame(frame: Frame): void;
  lost(): void;
  /** 4401: the session has ended, there is no point in coming back. */
  ended(): void;
}

export class LiveSocket {
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #heartbeatMs = 25_000;
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly events: SocketEvents,
    private readonly random: () => number = Math.random,
  ) {
    this.#connect();
  }

  /** False when there is no open connection to send on. */
  send(frame: object): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Tries at once, for when the network or the page is back. */
  hurry(): void {
    if (this.#socket === null && !this.#closed) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#socket?.close(1000);
    this.#socket = null;
  }

  #connect(): void {
    const socket = new WebSocket(this.url, 'pastille.v1');
    this.#socket = socket;
    socket.onopen = () => {
      this.#listen(socket);
      this.events.opened((frame) => socket.send(JSON.stringify(frame)));
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      this.#listen(socket);
      const frame = decode(message.data);
      if (frame === null) return;
      if (frame.is === 'ready') {
        this.#failures = 0;
        this.#heartbeatMs = frame.heartbeat_s * 1000;
      }
      this.events.frame(frame);
    };
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#lost(event.code);
    };
  }

  #lost(code: number): void {
    this.#socket = null;
    clearTimeout(this.#silence);
    if (this.#closed) return;
    if (code === 4401) {
      this.#closed = true;
      this.events.ended();
      return;
    }
    this.events.lost();
    this.#timer = setTimeout(() => this.#connect(), againInMs(null, this.#failures++, this.random));
  }

  /** Who heard nothing for two heartbeats comes back by itself. */
  #listen(socket: WebSocket): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (this.#socket !== socket) return;
      socket.onclose = null;
      socket.close();
      this.#lost(4408);
    }, 2 * this.#heartbeatMs);
  }
}
