// Where the focus goes when what had it is gone and nothing took its place: to the page's heading,
// not to the document, from which the next Tab would lead through the whole page again.

/** Does nothing while something has the focus, or a page has no heading. */
export function beginIfLost(): void {
  const heading = document.querySelector<HTMLElement>('main h1');
  if (document.activeElement !== document.body || heading === null) return;
  heading.tabIndex = -1;
  heading.focus();
}
