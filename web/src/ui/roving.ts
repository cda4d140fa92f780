// One tab stop for all rows of a list: {@attach rovingRows} on what holds them. Each row is an element
// with data-row; up, down, Home, End and the page keys go from row to row, left and right within one.
// One comes in at the first link, which is what rows are about, and without links at the first control.
// When the row that one is in goes, one is in the next; with the last row one is at the page's heading.
import { beginIfLost } from './beginning';

const kRow = '[data-row]';
const kControl = 'a[href], button:not(:disabled), input:not(:disabled)';
const kPageRows = 10;

export function rovingRows(list: HTMLElement): () => void {
  let current: HTMLElement | null = null;
  /** The rows after and before that of `current`, and where it stands in its own. */
  let around: HTMLElement[] = [];
  let place = { column: 0, last: false };
  /** The focus was last put into the list. */
  let held = false;
  list.dataset['rows'] = '';

  const rows = () => [...list.querySelectorAll<HTMLElement>(kRow)].filter((row) => controls(row).length > 0);
  // What a menu holds has its own order.
  const controls = (row: Element) =>
    [...row.querySelectorAll<HTMLElement>(kControl)].filter((each) => each.closest('[popover]') === null);

  function settle(): void {
    const all = rows();
    const each = all.flatMap(controls);
    if (current === null || !each.includes(current)) {
      const row = around.find((one) => all.includes(one));
      current = row === undefined ? (each.find((one) => one.matches('a')) ?? each[0] ?? null) : under(place, row);
      if (held && document.activeElement === document.body) current?.focus();
      if (held) beginIfLost();
    }
    for (const one of each) one.tabIndex = one === current ? 0 : -1;
    const at = all.findIndex((row) => current !== null && row.contains(current));
    around = [...all.slice(at + 1, at + 2), ...all.slice(Math.max(0, at - 1), Math.max(0, at))];
    if (current !== null && at >= 0) place = placeIn(current, all[at] as HTMLElement);
  }

  function placeIn(control: HTMLElement, row: HTMLElement): { column: number; last: boolean } {
    const within = controls(row);
    const column = within.indexOf(control);
    return { column, last: column === within.length - 1 };
  }

  /** The last control of a row stands under the last of another, though one row may have fewer. */
  function under({ column, last }: { column: number; last: boolean }, row: HTMLElement): HTMLElement | null {
    const its = controls(row);
    return (last ? its.at(-1) : its[column]) ?? its.at(-1) ?? null;
  }

  function take(event: FocusEvent): void {
    const to = event.target;
    held = to instanceof Node && list.contains(to);
    if (!held) return;
    if (!(to instanceof HTMLElement) || to === current || to.closest('[popover]') !== null || to.closest(kRow) === null)
      return;
    current = to;
    settle();
  }

  function move(event: KeyboardEvent): void {
    const at = document.activeElement;
    const row = at?.closest<HTMLElement>(kRow);
    if (
      !(at instanceof HTMLElement) ||
      !row ||
      at.closest('[popover]') !== null ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    const to = destination(event.key, at, row);
    if (to === undefined) return;
    event.preventDefault();
    to?.focus();
  }

  /** null: an edge; undefined: not a key of ours. */
  function destination(key: string, at: HTMLElement, row: HTMLElement): HTMLElement | null | undefined {
    const within = controls(row);
    const column = within.indexOf(at);
    if (key === 'ArrowLeft') return within[column - 1] ?? null;
    if (key === 'ArrowRight') return within[column + 1] ?? null;
    const all = rows();
    const number = all.indexOf(row);
    const target = {
      ArrowUp: number - 1,
      ArrowDown: number + 1,
      Home: 0,
      End: all.length - 1,
      PageUp: Math.max(0, number - kPageRows),
      PageDown: Math.min(all.length - 1, number + kPageRows),
    }[key];
    if (target === undefined) return undefined;
    const there = all[target];
    if (there === undefined) return null;
    return under(placeIn(at, row), there);
  }

  settle();
  const watch = new MutationObserver(settle);
  watch.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'href'] });
  document.addEventListener('focusin', take);
  list.addEventListener('keydown', move);
  return () => {
    watch.disconnect();
    document.removeEventListener('focusin', take);
    list.removeEventListener('keydown', move);
    // The list goes with its last row.
    if (held) queueMicrotask(beginIfLost);
  };
}
