// How long until an instant, as it is shown; it moves each second, only while something shows it.
import { createSubscriber } from 'svelte/reactivity';
import { language } from '../i18n/language.svelte';

class Countdown {
  #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, 1_000);
    return () => clearInterval(timer);
  });

  seconds(until: Date): string {
    return this.#in(until, 1, 'second');
  }

  /** Seconds when it is less than a minute. */
  minutes(until: Date): string {
    return until.getTime() - Date.now() >= 60_000 ? this.#in(until, 60, 'minute') : this.#in(until, 1, 'second');
  }

  #in(until: Date, size: number, unit: 'second' | 'minute'): string {
    this.#subscribe();
    const count = Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000 / size));
    return new Intl.NumberFormat(language.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  }
}

export const countdown = new Countdown();
