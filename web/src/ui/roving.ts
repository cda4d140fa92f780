// One tab stop for all rows of a list: {@attach rovingRows} on what holds them. Each row is an element
// with data-row; up, down, Home, End and the page keys go from row to row, left and right within one.

const kRow = '[data-row]';
const kControl = 'a[href], button:not(:disabled), input:not(:disabled)';
const kPageRows = 10;

export function rovingRows(list: HTMLElement): () => void {
  let current: HTMLElement | null = null;

  const rows = () => [...list.querySelectorAll<HTMLElement>(kRow)].filter((row) => controls(row).length > 0);
  // What a menu holds has its own order.
  const controls = (row: Element) => [...row.querySelectorAll<HTMLElement>(kControl)].filter((each) => each.closest('[popover]') === null);

  function settle(): void {
    const all = rows().flatMap(controls);
    if (current === null || !all.includes(current)) current = all[0] ?? null;
    for (const each of all) each.tabIndex = each === current ? 0 : -1;
  }

  function take(event: FocusEvent): void {
    const to = event.target;
    if (!(to instanceof HTMLElement) || to === current || to.closest('[popover]') !== null || to.closest(kRow) === null) return;
    current = to;
    settle();
  }

  function move(event: KeyboardEvent): void {
    const at = document.activeElement;
    const row = at?.closest<HTMLElement>(kRow);
    if (!(at instanceof HTMLElement) || !row || at.closest('[popover]') !== null || event.altKey || event.ctrlKey || event.metaKey) return;
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
    const target = { ArrowUp: number - 1, ArrowDown: number + 1, Home: 0, End: all.length - 1, PageUp: Math.max(0, number - kPageRows), PageDown: Math.min(all.length - 1, number + kPageRows) }[key];
    if (target === undefined) return undefined;
    const there = all[target];
    if (there === undefined) return null;
    const its = controls(there);
    // The last control of a row stands under the last of another, though one row may have fewer.
    return (column === within.length - 1 ? its.at(-1) : its[column]) ?? its.at(-1) ?? null;
  }

  settle();
  const watch = new MutationObserver(settle);
  watch.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'href'] });
  list.addEventListener('focusin', take);
  list.addEventListener('keydown', move);
  return () => {
    watch.disconnect();
    list.removeEventListener('focusin', take);
    list.removeEventListener('keydown', move);
  };
}
