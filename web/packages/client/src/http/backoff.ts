// When to try again: with full jitter, so that a thousand pages do not come back in the same moment,
// and never sooner than the server said.

const firstWaitMs = 3_000;
const longestWaitMs = 10_000;

/** retryAfterS: the server's own wish, if it gave one. failures: those before this one. */
export function againInMs(retryAfterS: number | null, failures: number, random: () => number): number {
  const spread = failures === 0 ? firstWaitMs : longestWaitMs;
  return (retryAfterS ?? 0) * 1000 + Math.round(random() * spread);
}

/** Retry-After in seconds (RFC 9110): a number, or a date. */
export function readRetryAfter(field: string | null, now: Date): number | null {
  if (field === null) return null;
  if (/^\d+$/.test(field.trim())) return Number(field);
  const date = Date.parse(field);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}
