// What is announced while a dialog is open. The page behind is inert then, and the region that announces
// there is silent: the dialog has one of its own. What was said just before it closes nobody can have
// heard in it, and is said once more outside.
import { untrack } from 'svelte';
import { announcements } from './announcer.svelte';

const kHeardMs = 1_000;
/** The focus goes back first, which would interrupt it. */
const kOutsideMs = 100;

export class SaidHere {
  readonly #before = untrack(() => announcements.text);
  #heard = this.#before;

  /** Call while a component is made: it ends with it. */
  constructor() {
    $effect(() => {
      const { text } = announcements;
      const timer = setTimeout(() => (this.#heard = text), kHeardMs);
      return () => clearTimeout(timer);
    });
    $effect(() => () => this.#sayOutside());
  }

  get text(): string {
    return announcements.text === this.#before ? '' : announcements.text;
  }

  #sayOutside(): void {
    const text = untrack(() => announcements.text);
    if (text === this.#heard) return;
    setTimeout(() => {
      if (announcements.text === text) announcements.say(text);
    }, kOutsideMs);
  }
}
