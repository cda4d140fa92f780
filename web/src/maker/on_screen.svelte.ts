// Which rows of a list can be seen, so that only their people are followed live.
import { SvelteSet } from 'svelte/reactivity';
import type { LivePresence } from '../live/presence.svelte';

export class OnScreen {
  readonly ids = new SvelteSet<string>();
  readonly #names = new Map<Element, string>();
  #observer: IntersectionObserver | undefined;

  /** Call while a component is made; follows under `name` until that component is gone. */
  constructor(live: LivePresence, name: string) {
    $effect(() => live.watch(name, this.ids));
    $effect(() => () => this.#observer?.disconnect());
  }

  /** For {@attach}: this element stands for this person. */
  row = (id: string) => (element: Element): (() => void) => {
    this.#observer ??= new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) {
        const of = this.#names.get(target);
        if (of === undefined) continue;
        if (isIntersecting) this.ids.add(of);
        else this.ids.delete(of);
      }
    }, { rootMargin: '120px' });
    this.#names.set(element, id);
    this.#observer.observe(element);
    return () => {
      this.#observer?.unobserve(element);
      this.#names.delete(element);
      this.ids.delete(id);
    };
  };
}
