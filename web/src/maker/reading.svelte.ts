// Something that is read from the server and kept as new as it is there. The newest question wins and ends the one
// before it; who waits for that one waits for the newer, so that what is shown then is as new as asked. What fails in
// passing is tried again, later and later. An answer never stays under a question that it does not answer.
import { untrack } from 'svelte';
import { againInMs } from '@pastille/client/http/backoff';
import { passes, type Problem, type Told } from '@pastille/client/http/client';
import type { Frame } from '@pastille/client/live/frames';

export type Read<Data> = (signal: AbortSignal) => Promise<Told<Data>>;

export class Reading<Data> {
  /** The last answer; null before the first. */
  data = $state.raw<Data | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  #read: Read<Data> | null = null;
  #abort = new AbortController();
  #newest: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** What is shown answers an older question. */
  #outdated = false;
  /** Something changed there since the question that is under way. */
  #behind = false;

  constructor(private readonly random: () => number = Math.random) {}

  /** Nothing is known yet, not even that it cannot be read. */
  get waiting(): boolean {
    return this.data === null && this.problem === null;
  }

  /** A new question. What is shown stays until there is an answer, and goes when there is none. */
  ask(read: Read<Data>): Promise<void> {
    this.#read = read;
    this.#outdated = true;
    this.#failures = 0;
    return untrack(() => {
      if (this.problem !== null && !passes(this.problem)) this.problem = null;
      return this.again();
    });
  }

  /** Reads anew, now: what is under way may be older than what one has just changed. */
  again(read: Read<Data> | null = this.#read): Promise<void> {
    if (read === null) return Promise.resolve();
    this.#end();
    this.#abort = new AbortController();
    return (this.#newest = this.#run(read, this.#abort));
  }

  /** It changed there: one question at a time, and what failed keeps its time. */
  refresh(): void {
    if (this.busy) this.#behind = true;
    else if (this.#timer === undefined) void this.again();
  }

  /** When the question that is under way is answered, or a newer one in its place. */
  settled(): Promise<void> {
    return this.#newest;
  }

  stop(): void {
    this.#end();
    this.#read = null;
    this.#abort = new AbortController();
    this.#newest = Promise.resolve();
    this.busy = false;
  }

  #end(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #run(read: Read<Data>, abort: AbortController): Promise<void> {
    this.busy = true;
    this.#behind = false;
    const answer = await read(abort.signal);
    if (abort !== this.#abort) return this.#newest;
    this.busy = false;
    if (answer.problem === undefined) {
      this.data = answer.data;
      this.problem = null;
      this.#failures = 0;
      this.#outdated = false;
      if (this.#behind) void this.again();
      return;
    }
    this.problem = answer.problem;
    if (this.#outdated || answer.problem.status === 404) this.data = null;
    if (!passes(answer.problem)) return;
    const wait = againInMs(answer.retryAfterS ?? null, this.#failures++, this.random);
    this.#timer = setTimeout(() => void this.again(read), wait);
  }
}

/** Reads it again when a frame says that it changed, and after a time without a connection, in which nothing was
 *  said. Returns its own end, which is that of the reading too. */
export function keepFresh(
  live: { listen(listener: (frame: Frame) => void): () => void },
  what: { again(): unknown; refresh(): void; stop(): void },
  concerns: (frame: Frame) => boolean = () => false,
): () => void {
  const end = live.listen((frame) => {
    if (frame.is === 'ready') void what.again();
    else if (concerns(frame)) what.refresh();
  });
  return () => {
    end();
    what.stop();
  };
}

/** Whether a frame says that there are others of these, to those who are told. */
export const isConfig = (frame: Frame, ...what: (Frame & { is: 'config' })['what'][]): boolean =>
  frame.is === 'config' && what.includes(frame.what);
