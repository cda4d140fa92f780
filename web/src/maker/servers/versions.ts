// Which of several servers are still to be brought up to date.
const order = new Intl.Collator('en', { numeric: true });

/** The versions that are older than the newest one; none when all are the same. */
export function outdated(versions: Iterable<string>): ReadonlySet<string> {
  const all = [...new Set(versions)].sort(order.compare);
  return new Set(all.slice(0, -1));
}
