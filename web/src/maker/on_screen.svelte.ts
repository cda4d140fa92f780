// Which rows of a list can be seen, so that only their people are followed live.
import type { PresenceStore } from '../stores/presence_store.svelte';

export class OnScreen {
  ids = $state.raw<ReadonlySet<string>>(new Set());
  readonly #names = new Map<Element, string>();
  #observer: IntersectionObserver | undefined;

  /** Call while a component is made; follows under `name` until that component is gone. */
  constructor(live: PresenceStore, name: string) {
    $effect(() => live.watch(name, this.ids));
    $effect(() => () => this.#observer?.disconnect());
  }

  /** For {@attach}: this element stands for this person. */
  row =
    (id: string) =>
    (element: Element): (() => void) => {
      this.#observer ??= new IntersectionObserver(
        (seen) => {
          const ids = new Set(this.ids);
          for (const { target, isIntersecting } of seen) {
            const of = this.#names.get(target);
            if (of === undefined) continue;
            if (isIntersecting) ids.add(of);
            else ids.delete(of);
          }
          this.ids = ids;
        },
        { rootMargin: '120px' },
      );
      this.#names.set(element, id);
      this.#observer.observe(element);
      return () => {
        this.#observer?.unobserve(element);
        this.#names.delete(element);
        this.ids = new Set([...this.ids].filter((each) => each !== id));
      };
    };
}
