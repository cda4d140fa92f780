// Where the focus goes when what had it is gone and nothing took its place: to the page's heading,
// not to the document, from which the next Tab would lead through the whole page again.

/** Of the Maker, or of the Banner's part that is on view; null until it is there. */
export function heading(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('[role=main] h2');
}

/** Does nothing while something has the focus, or a page has no heading. */
export function beginIfLost(): void {
  const target = heading() ?? document.querySelector<HTMLElement>('h1');
  if (document.activeElement !== document.body || target === null) return;
  target.tabIndex = -1;
  target.focus();
}
