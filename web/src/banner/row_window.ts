// Which rows of a long list are in the page: arithmetic of equal rows, no browser.

export interface RowWindow {
  readonly first: number;
  /** One after the last. */
  readonly end: number;
}

export function rowWindow(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
  overscan: number,
): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return { first: Math.min(first, Math.max(0, end)), end: Math.max(0, end) };
}

/** Where to scroll so that a row is wholly seen; unchanged when it is. */
export function scrollToShow(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop;
}

/** Where to scroll so that what was at an index stays where it is when it gets another. At the very
 *  top nothing is held: what comes first is what one wants to see. */
export function scrollToHold(before: number, after: number, scrollTop: number, rowHeight: number): number {
  return scrollTop === 0 || before < 0 || after < 0 ? scrollTop : Math.max(0, scrollTop + (after - before) * rowHeight);
}

/** The row that a key leads to; null for a key that leads nowhere. */
export function rowAfterKey(key: string, index: number, count: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const wanted = steps[key];
  return wanted === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, wanted));
}
