// The order in which one is offered the statuses: by basic type; in each the system one first, then
// what one uses most, then the organisation's order and the name.
import { fold } from '../i18n/fold';
import { device } from '../stores/device_storage';
import type { BasicType, Status } from '@pastille/client/live/frames';

export type ChosenType = Exclude<BasicType, 'offline'>;
export const kChosenTypes: readonly ChosenType[] = ['connected', 'absent', 'busy', 'in_a_call'];

export interface Group {
  readonly type: ChosenType;
  readonly statuses: readonly Status[];
}
/** How often one chose a status, by id. */
export type Uses = Readonly<Record<string, number>>;

/** From here on all counts are halved: habits of long ago fade. */
const kMostUses = 100;

export function groupsOf(
  statuses: Iterable<Status>,
  uses: Uses,
  nameOf: (status: Status) => string,
  locale: string,
): Group[] {
  const all = [...statuses];
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const inOrder = (a: Status, b: Status): number =>
    Number(b.system) - Number(a.system) ||
    (uses[b.id] ?? 0) - (uses[a.id] ?? 0) ||
    a.position - b.position ||
    compare(nameOf(a), nameOf(b));
  return kChosenTypes
    .map((type) => ({ type, statuses: all.filter((each) => each.type === type).sort(inOrder) }))
    .filter((group) => group.statuses.length > 0);
}

/** Those whose name in any language, or a tag, holds every word; no case, no accents. */
export function matching(groups: readonly Group[], query: string): readonly Group[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return groups;
  const matches = (status: Status): boolean => {
    const text = fold([status.name, ...Object.values(status.names), ...status.tags].join('\n'));
    return words.every((word) => text.includes(word));
  };
  return groups
    .map((group) => ({ ...group, statuses: group.statuses.filter(matches) }))
    .filter((group) => group.statuses.length > 0);
}

export function usedOnceMore(uses: Uses, id: string): Uses {
  const more = { ...uses, [id]: (uses[id] ?? 0) + 1 };
  if (Object.values(more).reduce((sum, count) => sum + count, 0) <= kMostUses) return more;
  return Object.fromEntries(
    Object.entries(more)
      .map(([each, count]) => [each, count / 2])
      .filter(([, count]) => Number(count) >= 0.5),
  );
}

const keyOf = (user: string): string => `pastille.uses.${user}`;

/** What this person chose on this device; nothing when it cannot be read. */
export function loadUses(user: string): Uses {
  try {
    const stored: unknown = JSON.parse(device.get(keyOf(user)) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, count]) => typeof count === 'number' && count > 0));
  } catch {
    return {};
  }
}

export function countUse(user: string, id: string): void {
  device.set(keyOf(user), JSON.stringify(usedOnceMore(loadUses(user), id)));
}
