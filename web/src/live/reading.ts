// What is read from the server whenever it may have changed: one reading at a time, once more when it
// was asked for meanwhile, and again after a while when it failed.
import { againInMs } from '@pastille/client/http/backoff';

export class Reading {
  #under: AbortController | null = null;
  #more = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** read: whether it has what there is. */
  constructor(private readonly read: (signal: AbortSignal) => Promise<boolean>) {}

  get underWay(): boolean {
    return this.#under !== null;
  }

  /** anew: also when it failed a moment ago; what is under way may never be answered. */
  ask(anew = false): void {
    this.#more = true;
    if (anew) {
      this.#failures = 0;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    if (this.#under === null) void this.#run();
    else if (anew) this.#under.abort();
  }

  close(): void {
    this.#more = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#under?.abort();
  }

  async #run(): Promise<void> {
    while (this.#more && this.#timer === undefined) {
      this.#more = false;
      const under = (this.#under = new AbortController());
      const done = await this.read(under.signal);
      this.#under = null;
      if (done) this.#failures = 0;
      else if (!under.signal.aborted) this.#later();
    }
  }

  #later(): void {
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.ask();
      },
      againInMs(null, this.#failures++, Math.random),
    );
  }
}
