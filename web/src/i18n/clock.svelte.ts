// The time for what is shown of it ("for 3 min", "until 14:30"); it moves only while something shows it.
import { createSubscriber } from 'svelte/reactivity';

const kTickMs = 10_000;

class Clock {
  #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, kTickMs);
    return () => clearInterval(timer);
  });

  get now(): Date {
    this.#subscribe();
    return new Date();
  }
}

export const clock = new Clock();
