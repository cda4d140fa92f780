// One stream of server-sent events, GET /api/v1/live/events, that comes back by itself: with full jitter, within
// 2 s at first, then within up to 30 s. It is read with fetch, so that a token can go along. The server writes the
// data of an event in one line.
import type { Frame } from '../live/frames.ts';

export interface StreamEvents {
  /** Asks for the stream. Throws an answer that refuses it. */
  open(signal: AbortSignal): Promise<Response>;
  frame(frame: Frame): void;
  /** signedOut: nobody is signed in any more, and it does not come back by itself. */
  lost(signedOut: boolean): void;
}

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

export class EventStream {
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #wait = firstWaitMs;
  #heartbeatMs = 25_000;

  constructor(private readonly events: StreamEvents) {}

  /** Opens it anew, also where one is open. */
  async open(): Promise<void> {
    this.#leave();
    const abort = (this.#abort = new AbortController());
    let signedOut: boolean;
    try {
      this.#hear(abort);
      const answer = await this.events.open(abort.signal);
      signedOut = await this.#read(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>, abort);
    } catch (fault) {
      // Refused, unreachable or cut off: all the same to who looks.
      signedOut = fault instanceof Response && fault.status === 401;
    }
    if (abort !== this.#abort) return;
    clearTimeout(this.#silence);
    this.events.lost(signedOut);
    if (signedOut) return;
    this.#wait = Math.min(2 * this.#wait, longestWaitMs);
    this.#timer = setTimeout(() => void this.open(), Math.random() * this.#wait);
  }

  close(): void {
    this.#leave();
    this.#abort = new AbortController(); // what still comes belongs to an earlier one
    clearTimeout(this.#silence);
    this.events.lost(false);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  /** Whoever says nothing for two heartbeats is gone, at the start too. */
  #hear(abort: AbortController): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => abort.abort(), 2 * this.#heartbeatMs);
  }

  /** True when it ended because nobody is signed in any more. */
  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>, abort: AbortController): Promise<boolean> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done || abort !== this.#abort) return false;
      this.#hear(abort);
      const events = (rest + value).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data === undefined) continue;
        const frame = JSON.parse(data) as Frame & { code?: number; more?: boolean };
        if (frame.code === 4401) return true; // the event `closed`, which has no `is`
        if (frame.is === 'ready') this.#heartbeatMs = 1_000 * frame.heartbeat_s;
        else if (frame.more !== true) this.#wait = firstWaitMs; // the server does what it is asked
        this.events.frame(frame);
      }
    }
  }
}
