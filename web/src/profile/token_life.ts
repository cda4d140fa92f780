// How long a token lives: the choices, and what is left of one.

const kDayMs = 86_400_000;
/** The server takes five years at most; a year is what it gives by itself. */
export const lives = [30, 90, 365, 1826] as const;
export type Life = (typeof lives)[number];
export const usualLife: Life = 365;

/** A little less than asked, so that the longest is not refused for a clock that is ahead. */
export function endOf(days: Life, now: Date): string {
  return new Date(now.getTime() + days * kDayMs - 3_600_000).toISOString();
}

/** Whole days, the last one counted. */
export function daysLeft(expiresAt: string, now: Date): number {
  return Math.max(0, Math.ceil((new Date(expiresAt).getTime() - now.getTime()) / kDayMs));
}
