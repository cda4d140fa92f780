// A long list is drawn in pieces, so that none of them holds up the page: the rows that one sees first, the others after.

const atOnce = 24;
const each = 16;

/** Call while a component is made. What is drawn of `items` by now. */
export function gradually<Item>(items: () => readonly Item[]): { readonly drawn: readonly Item[] } {
  let most = $state(atOnce);
  $effect(() => {
    if (most >= items().length) return;
    // One piece a frame: the browser paints it, and handles clicks and keys, before the next piece is drawn.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => (most += each));
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  });
  const drawn = $derived(items().slice(0, most));
  return {
    get drawn() {
      return drawn;
    },
  };
}
