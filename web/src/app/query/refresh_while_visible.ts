// Keeps a query fresh of which no frame tells: again and again while somebody looks. The next question follows the
// answer at a distance, so that a slow server is never asked twice at once, and a page that is hidden asks nothing.

/** What of a document is needed to know whether somebody looks. */
export interface Visible extends Pick<Document, 'addEventListener' | 'removeEventListener'> {
  readonly visibilityState: DocumentVisibilityState;
}

/** After what is being read, `everyMs` after each answer; hidden, not before it is seen again. Returns its end. */
export function refreshWhileVisible(
  query: { refresh(): void; settled(): Promise<void> },
  everyMs: number,
  page: Visible = document,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let due = 0;
  let ended = false;

  async function answered(): Promise<void> {
    asking = true;
    await query.settled();
    asking = false;
    due = Date.now() + everyMs;
    follow();
  }

  function follow(): void {
    clearTimeout(timer);
    if (ended || asking || page.visibilityState !== 'visible') return;
    const wait = due - Date.now();
    if (wait > 0) timer = setTimeout(follow, wait);
    else {
      query.refresh();
      void answered();
    }
  }

  page.addEventListener('visibilitychange', follow);
  void answered();
  return () => {
    ended = true;
    page.removeEventListener('visibilitychange', follow);
    clearTimeout(timer);
  };
}
