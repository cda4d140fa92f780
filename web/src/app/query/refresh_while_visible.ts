// Asks again and again while somebody looks: the next question follows its answer at a distance, so
// that a slow server is never asked twice at once, and a page that is hidden asks nothing.

/** What of a document is needed to know whether somebody looks. */
export interface Seen extends Pick<Document, 'addEventListener' | 'removeEventListener'> {
  readonly visibilityState: DocumentVisibilityState;
}

/** Asks at once, then `everyMs` after each answer; hidden, not before it is seen again. Returns its end. */
export function askWhileSeen(ask: () => Promise<void>, everyMs: number, page: Seen = document): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asking = false;
  let due = 0;
  let ended = false;

  async function now(): Promise<void> {
    asking = true;
    await ask();
    asking = false;
    due = Date.now() + everyMs;
    follow();
  }

  function follow(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (ended || asking || page.visibilityState !== 'visible') return;
    const wait = due - Date.now();
    if (wait <= 0) void now();
    else timer = setTimeout(() => void now(), wait);
  }

  page.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    ended = true;
    page.removeEventListener('visibilitychange', follow);
    if (timer !== null) clearTimeout(timer);
  };
}
