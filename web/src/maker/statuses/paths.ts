// The addresses of the statuses' part; each carries the filters of the list behind it.
export const kList = '/maker/statuses';

export type Over =
  | { readonly show: 'list' }
  | { readonly show: 'new' | 'starter' | 'import' }
  | { readonly show: 'edit' | 'history' | 'delete'; readonly id: string }
  | { readonly show: 'nothing' };

/** What the address shows over the list: parts are those after /maker. */
export function readOver(parts: readonly string[]): Over {
  const [, first, second, ...rest] = parts;
  if (first === undefined) return { show: 'list' };
  if (second === undefined)
    return first === 'new' || first === 'starter' || first === 'import' ? { show: first } : { show: 'nothing' };
  if (rest.length === 0 && (second === 'edit' || second === 'history' || second === 'delete'))
    return { show: second, id: first };
  return { show: 'nothing' };
}

export function pathOf(id: string, show: 'edit' | 'history' | 'delete'): string {
  return `${kList}/${encodeURIComponent(id)}/${show}`;
}
