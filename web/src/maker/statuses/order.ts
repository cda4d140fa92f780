// The organisation's own order: a status goes one place up or down among those that can be moved.

interface Placed {
  readonly id: string;
  readonly position: number;
}

interface Listed extends Placed {
  readonly system: boolean;
}

/** Among all statuses in their order: the system's keep their places, and those that stand first stay first. */
export function movedAmong(all: readonly Listed[], id: string, by: -1 | 1): Placed[] {
  const customs = all.filter((status) => !status.system);
  const first = customs[0]?.position ?? 0;
  const before = all.filter((status) => status.system && status.position < first).map((status) => status.position);
  return moved(customs, id, by, Math.max(-1, ...before));
}

/** The new positions that bring it there, as few as possible; the list is in the order shown, and
 *  all of them stay behind `floor`, the place of the last one that cannot be moved. */
export function moved(list: readonly Placed[], id: string, by: -1 | 1, floor = -1): Placed[] {
  const from = list.findIndex((each) => each.id === id);
  const to = from + by;
  const subject = list[from];
  if (subject === undefined || to < 0 || to >= list.length) return [];
  const order = list.filter((each) => each.id !== id);
  order.splice(to, 0, subject);

  const before = order[to - 1]?.position ?? floor;
  const after = order[to + 1]?.position;
  // Room between the new neighbours: it alone moves.
  if (after === undefined) return [{ id, position: before + 1 }];
  if (after - before >= 2) return [{ id, position: before + Math.floor((after - before) / 2) }];
  // None: it takes the next place, and whoever stands there makes way.
  const changes: Placed[] = [];
  let last = before;
  for (const each of order.slice(to)) {
    const position = each.id === id ? last + 1 : Math.max(each.position, last + 1);
    if (position !== each.position) changes.push({ id: each.id, position });
    last = position;
  }
  return changes;
}
