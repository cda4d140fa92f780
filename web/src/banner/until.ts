// When one's own status ends by itself: the choices under 'Clear after', what is sent for each, and
// the exact time that is shown before one decides.
import { endOfToday, instantOf, type WallTime } from '../i18n/zone';

/** default: as the status says, or, for the status that is shown already, as it stands. */
export const kClearAfter = ['default', 'never', '15min', '30min', '1h', 'today', 'time'] as const;
export type ClearAfter = (typeof kClearAfter)[number];

const kSeconds = { '15min': 900, '30min': 1_800, '1h': 3_600 } as const;
/** The contract's furthest end. */
const kMostDays = 366;
const kDayMs = 86_400_000;

export interface End {
  readonly clear: ClearAfter;
  /** With 'time': what was picked, in the person's zone. */
  readonly picked: WallTime;
}

/** What of a set frame says when it ends. `kept`: the end that the shown status has, to be kept with
 *  'default'; undefined when another status is chosen. */
export function endToSend(
  end: End,
  kept: string | null | undefined,
  timeZone: string,
): { until?: string | null; for_s?: number } {
  switch (end.clear) {
    case 'default':
      return kept === undefined ? {} : { until: kept };
    case 'never':
      return { until: null };
    case 'today':
      return { until: 'today' };
    case 'time':
      return { until: instantOf(end.picked, timeZone)?.toISOString() ?? null };
    default:
      return { for_s: kSeconds[end.clear] };
  }
}

/** The instant at which it will end, as far as can be said now; null: it does not end by itself. */
export function endInstant(
  end: End,
  kept: string | null | undefined,
  defaultSeconds: number | null,
  now: Date,
  timeZone: string,
): Date | null {
  switch (end.clear) {
    case 'default':
      if (kept !== undefined) return kept === null ? null : new Date(kept);
      return defaultSeconds === null ? null : later(now, defaultSeconds);
    case 'never':
      return null;
    case 'today':
      return endOfToday(now, timeZone);
    case 'time':
      return instantOf(end.picked, timeZone);
    default:
      return later(now, kSeconds[end.clear]);
  }
}

/** Whether a picked time can be an end: there, still to come, and not too far off. */
export function endIsPossible(end: End, now: Date, timeZone: string): boolean {
  if (end.clear !== 'time') return true;
  const instant = instantOf(end.picked, timeZone)?.getTime();
  return instant !== undefined && instant > now.getTime() && instant <= now.getTime() + kMostDays * kDayMs;
}

function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
