// The time for what is shown of it ("for 3 min", "until 14:30"), by the server's clock: the device's may
// be wrong. It moves only while something shows it.
import { createSubscriber } from 'svelte/reactivity';

const kTickMs = 10_000;
/** An answer takes a while to come, and the head of one over HTTP counts in whole seconds. */
const kCloseMs = 2_000;

class Clock {
  #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, kTickMs);
    return () => clearInterval(timer);
  });

  /** How far the server's clock is ahead of this device's. */
  #aheadMs = 0;

  get now(): Date {
    this.#subscribe();
    return new Date(Date.now() + this.#aheadMs);
  }

  /** What the server says that it is; null: it did not say. */
  hear(server: string | null): void {
    const ahead = Date.parse(server ?? '') - Date.now();
    if (Math.abs(ahead - this.#aheadMs) > kCloseMs) this.#aheadMs = ahead;
  }
}

export const clock = new Clock();
