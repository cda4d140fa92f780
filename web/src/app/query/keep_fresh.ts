// When a query reads again by itself: as the live connection tells.
import type { Frame } from '@pastille/client/live/frames';

export interface Refreshable {
  reload(): unknown;
  refresh(): void;
  stop(): void;
}

/** Reads it again when a frame says that it changed, and after a time without a connection, in which nothing was
 *  said. Returns its own end, which is that of the query too. */
export function keepFresh(
  live: { listen(listener: (frame: Frame) => void): () => void },
  query: Refreshable,
  concerns: (frame: Frame) => boolean = () => false,
): () => void {
  const end = live.listen((frame) => {
    if (frame.is === 'ready') void query.reload();
    else if (concerns(frame)) query.refresh();
  });
  return () => {
    end();
    query.stop();
  };
}

/** Whether a frame says that there are others of these, to those who are told. */
export const isConfig = (frame: Frame, ...what: (Frame & { is: 'config' })['what'][]): boolean =>
  frame.is === 'config' && what.includes(frame.what);
