// Wall-clock time in a zone and back, by Intl alone, so that daylight saving is the system's own.

/** A local date and time, as <input type="datetime-local"> writes it: "2026-11-23T14:30". */
export type WallTime = string;

const kDayMs = 86_400_000;
const kWall = /^(\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d)/;

export function wallTime(instant: Date, timeZone: string): WallTime {
  return new Date(instant.getTime() + offsetMs(instant, timeZone)).toISOString().slice(0, 16);
}

/** The instant at which clocks there show it: of two (clocks go back) the first; of none (clocks go
 *  forward over it) as many minutes after the jump as it stands in the gap. Null: no such date. */
export function instantOf(wall: WallTime, timeZone: string): Date | null {
  const parts = kWall.exec(wall);
  if (parts === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts.slice(1).map(Number);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  if (new Date(asUtc).toISOString().slice(0, 16) !== wall.slice(0, 16)) return null;
  const before = asUtc - offsetMs(new Date(asUtc - kDayMs), timeZone);
  const after = asUtc - offsetMs(new Date(asUtc + kDayMs), timeZone);
  for (const candidate of [before, after]) {
    if (wallTime(new Date(candidate), timeZone) === wall.slice(0, 16)) return new Date(candidate);
  }
  return new Date(before);
}

/** The first instant of the next local date: the end of "today" as the server reckons it. */
export function endOfToday(now: Date, timeZone: string): Date {
  const noon = new Date(`${wallTime(now, timeZone).slice(0, 10)}T12:00:00Z`);
  const tomorrow = new Date(noon.getTime() + kDayMs).toISOString().slice(0, 10);
  return instantOf(`${tomorrow}T00:00`, timeZone) ?? new Date(now.getTime() + kDayMs);
}

function offsetMs(instant: Date, timeZone: string): number {
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatFor(timeZone).formatToParts(instant)) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant.getTime() / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
