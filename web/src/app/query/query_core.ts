// Something that is read from the server and kept as new as it is there. The newest question wins and ends the one
// before it; who waits for that one waits for the newer, so that what is shown then is as new as asked. What fails in
// passing is tried again, later and later. An answer never stays under a question that it does not answer.
// Plain TypeScript: it writes into the state that it is given, which may be a plain object or runes.
import { againInMs } from '@pastille/client/http/backoff';
import { passes, type Problem, type Told } from '@pastille/client/http/client';

export type Read<Data> = (signal: AbortSignal) => Promise<Told<Data>>;

export interface QueryState<Data> {
  /** The last answer; null before the first. */
  data: Data | null;
  problem: Problem | null;
  /** A question is under way. */
  busy: boolean;
}

interface Options<Data> {
  /** What `reload` and `refresh` read before there was a `load`. */
  readonly read?: Read<Data>;
  /** Whether a problem may pass by itself, so that it is worth asking again. */
  readonly retries?: (problem: Problem) => boolean;
  readonly random?: () => number;
}

export class QueryCore<Data> {
  #read: Read<Data> | null;
  #abort = new AbortController();
  #newest: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** What is shown answers an older question. */
  #outdated = false;
  /** Something changed there since the question that is under way. */
  #behind = false;

  constructor(
    readonly state: QueryState<Data>,
    private readonly options: Options<Data> = {},
  ) {
    this.#read = options.read ?? null;
  }

  /** A new question. What is shown stays until there is an answer, and goes when there is none. */
  load(read: Read<Data>): Promise<void> {
    this.#read = read;
    this.#outdated = true;
    if (this.state.problem !== null && !passes(this.state.problem)) this.state.problem = null;
    return this.reload();
  }

  /** Reads anew, now, also when it failed a moment ago: what is under way may be older than what one has just
   *  changed, or never be answered. */
  reload(read: Read<Data> | null = this.#read): Promise<void> {
    this.#failures = 0;
    return this.#start(read);
  }

  /** It changed there: one question at a time, and what failed keeps its time. */
  refresh(): void {
    if (this.state.busy) this.#behind = true;
    else if (this.#timer === undefined) void this.#start(this.#read);
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
    this.state.busy = false;
  }

  #start(read: Read<Data> | null): Promise<void> {
    if (read === null) return Promise.resolve();
    this.#end();
    this.#abort = new AbortController();
    return (this.#newest = this.#run(read, this.#abort));
  }

  #end(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #run(read: Read<Data>, abort: AbortController): Promise<void> {
    const { state } = this;
    state.busy = true;
    this.#behind = false;
    const answer = await read(abort.signal);
    if (abort !== this.#abort) return this.#newest;
    state.busy = false;
    if (answer.problem === undefined) {
      state.data = answer.data;
      state.problem = null;
      this.#failures = 0;
      this.#outdated = false;
      if (this.#behind) void this.#start(this.#read);
      return;
    }
    state.problem = answer.problem;
    if (this.#outdated || answer.problem.status === 404) state.data = null;
    const { retries = passes, random = Math.random } = this.options;
    if (!retries(answer.problem)) return;
    const wait = againInMs(answer.retryAfterS ?? null, this.#failures++, random);
    this.#timer = setTimeout(() => void this.#start(read), wait);
  }
}
