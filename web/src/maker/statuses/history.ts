// The history of a status as rows to read.
import type { Schemas } from '@pastille/client/http/client';

export type HistoryItem = Schemas['StatusHistoryPage']['items'][number];
export interface ChangeRow {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

const kNothing = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What changed, with translations below the name; a status that was new only says what it had. */
export function changeRows(item: Pick<HistoryItem, 'action' | 'changes'>): ChangeRow[] {
  const fresh = item.action === 'created' || item.action === 'duplicated';
  return item.changes
    .map(({ field, before, after }) => ({ field, before: before ?? null, after: after ?? null }))
    .filter(({ before, after }) => !(fresh && kNothing(before) && kNothing(after)));
}

/** Whether there was something before: a first value is no change from something. */
export function isFirst(row: ChangeRow): boolean {
  return kNothing(row.before);
}

/** It is deleted as it is now, when the newest entry says so. */
export function isDeleted(items: readonly HistoryItem[]): boolean {
  return items[0]?.action === 'deleted';
}

/** The name it had last, as far as these entries (newest first) tell. */
export function lastName(items: readonly HistoryItem[]): string | null {
  for (const item of items) {
    const name = item.changes.find(({ field }) => field === 'name')?.after;
    if (typeof name === 'string') return name;
  }
  return null;
}
