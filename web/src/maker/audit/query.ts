// What the audit is narrowed by, as it stands in the address. Days are the reader's own.
import { instantOf } from '../../i18n/zone';

export const kinds = ['status', 'user', 'team', 'role', 'own-status'] as const;
export const outcomes = ['done', 'refused'] as const;

export interface AuditFilter {
  readonly by: string;
  readonly target: string;
  readonly kind: (typeof kinds)[number] | '';
  readonly outcome: (typeof outcomes)[number] | '';
  /** "2026-11-23", both included; '' for no bound. */
  readonly from: string;
  readonly to: string;
}

export function readAuditFilter(address: URLSearchParams): AuditFilter {
  return {
    by: address.get('by') ?? '',
    target: address.get('target') ?? '',
    kind: kinds.find((each) => each === address.get('kind')) ?? '',
    outcome: outcomes.find((each) => each === address.get('outcome')) ?? '',
    from: day(address.get('from')),
    to: day(address.get('to')),
  };
}

export function narrowed(filter: AuditFilter): boolean {
  return Object.values(filter).some((each) => each !== '');
}

/** For the server: only what narrows. */
export function asked({ by, target, kind, outcome, from, to }: AuditFilter, timeZone: string) {
  return {
    ...(by === '' ? {} : { by }),
    ...(target === '' ? {} : { target }),
    ...(kind === '' ? {} : { action: kind }),
    ...(outcome === '' ? {} : { outcome }),
    ...(from === '' ? {} : { since: startOfDay(from, 0, timeZone) }),
    ...(to === '' ? {} : { before: startOfDay(to, 1, timeZone) }),
  };
}

/** The first instant of a date in that zone, some days on: not always midnight, which the clock may leave out. */
export function startOfDay(date: string, daysOn: number, timeZone: string): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number) as [number, number, number];
  const midnight = new Date(Date.UTC(year, month - 1, dayOfMonth + daysOn));
  return (instantOf(midnight.toISOString().slice(0, 16), timeZone) ?? midnight).toISOString();
}

function day(text: string | null): string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
}
