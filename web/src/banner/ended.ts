// What to tell a person whose status was changed without their own doing: it came to its end, or it
// was deleted while they showed it.
import type { Entry, Status } from '@pastille/client/live/frames';

/** What one showed, with the status as it was known then: a deleted one has left the catalogue. */
export interface Shown {
  readonly entry: Entry;
  readonly status: Status;
}
export interface Notice {
  readonly what: 'ended' | 'deleted';
  readonly before: Shown;
}

export function noticeOf(before: Shown, after: Entry, statuses: ReadonlyMap<string, Status>): Notice | null {
  if (after.status === before.entry.status || statuses.get(after.status)?.system !== true) return null;
  if (!statuses.has(before.entry.status)) return after.type === before.entry.type ? { what: 'deleted', before } : null;
  // Who returned to Connected before the end did so themselves, maybe in another tab.
  const { until } = before.entry;
  const came = until !== null && after.since !== null && Date.parse(after.since) >= Date.parse(until);
  return came && after.type === 'connected' && after.note === null && after.until === null
    ? { what: 'ended', before }
    : null;
}
