// Where the focus goes when the page shows another view and the element that had it is gone. Back in a
// list: to the link of the row that was opened. Otherwise: to the heading of the new view. If something
// else takes the focus first, it stays there.
import { beginIfLost, heading } from './beginning';

/** A view that is still being read has until then to show what it is. */
const kPatienceMs = 3_000;

/** In what holds the views; from: the path one comes from. Returns its own end. */
export function arrive(main: HTMLElement, from: string): () => void {
  const returning = from.startsWith(`${location.pathname}/`);
  const lost = () => document.activeElement === null || document.activeElement === document.body;
  let frame = requestAnimationFrame(look);
  const watch = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(look);
  });
  const patience = setTimeout(() => end(beginIfLost), kPatienceMs);
  watch.observe(main, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-busy'] });

  function end(last: () => void = () => undefined): void {
    cancelAnimationFrame(frame);
    clearTimeout(patience);
    watch.disconnect();
    last();
  }

  function look(): void {
    if (!lost() || document.querySelector('dialog[open]') !== null) return end();
    const origin = returning ? linkTo(main, from) : undefined;
    if (origin !== undefined) return end(() => origin.focus());
    const read = heading() !== null && main.querySelector('[aria-busy="true"]') === null;
    if (read) end(beginIfLost);
  }

  return end;
}

/** In a row, not among the tabs. */
function linkTo(main: HTMLElement, path: string): HTMLElement | undefined {
  return [...main.querySelectorAll<HTMLAnchorElement>('[data-row] a[href]')].find(
    (each) => new URL(each.href).pathname === path,
  );
}
