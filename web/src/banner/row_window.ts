// Which rows of a long list are in the page: arithmetic of rows of two heights, no browser. The first ones may be tall.

export interface RowWindow {
  readonly first: number;
  /** One after the last. */
  readonly end: number;
}

const rowHeight = 56;
const tallHeight = 76;

/** The heights of a list: `tall` rows of 76 px, then rows of 56 px. */
export class Rows {
  constructor(
    readonly count: number,
    private readonly tall: number,
  ) {}

  height(index: number): number {
    return index < this.tall ? tallHeight : rowHeight;
  }

  /** Where a row begins; of `count`, where the last one ends. */
  top(index: number): number {
    return Math.min(index, this.tall) * tallHeight + Math.max(0, index - this.tall) * rowHeight;
  }

  /** The row at a height, with the part of it that is above. */
  at(y: number): number {
    const end = this.tall * tallHeight;
    return y < end ? y / tallHeight : this.tall + (y - end) / rowHeight;
  }
}

export function rowWindow(scrollTop: number, height: number, rows: Rows, overscan: number): RowWindow {
  const first = Math.max(0, Math.floor(rows.at(scrollTop)) - overscan);
  const end = Math.min(rows.count, Math.ceil(rows.at(scrollTop + height)) + overscan);
  return { first: Math.min(first, Math.max(0, end)), end: Math.max(0, end) };
}

/** Where to scroll so that a row is wholly seen; unchanged when it is. */
export function scrollToShow(index: number, scrollTop: number, height: number, rows: Rows): number {
  const top = rows.top(index);
  if (top < scrollTop) return top;
  const end = top + rows.height(index);
  return end > scrollTop + height ? end - height : scrollTop;
}

/** Where to scroll so that a row that began at `before` px and begins at `after` px now does not move on the screen.
 *  null: the row was not in the list, or is not in it now. A list that is at its top stays there. */
export function scrollToHold(before: number | null, after: number | null, scrollTop: number): number {
  return scrollTop === 0 || before === null || after === null ? scrollTop : Math.max(0, scrollTop + (after - before));
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
