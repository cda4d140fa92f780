// The addresses of the statuses' part; each carries the filters of the list behind it.
import { match, write } from '../../app/router/routes';

export const kList = '/maker/statuses';

const kRoutes = {
  list: '/statuses',
  new: '/statuses/new',
  starter: '/statuses/starter',
  import: '/statuses/import',
  edit: '/statuses/:id/edit',
  history: '/statuses/:id/history',
  delete: '/statuses/:id/delete',
};

export type Over =
  | { readonly at: 'list' | 'new' | 'starter' | 'import' | 'nothing' }
  | { readonly at: 'edit' | 'history' | 'delete'; readonly id: string };

/** What the address shows over the list; path: below /maker. */
export function readOver(path: string): Over {
  return (match(kRoutes, path) as Over | null) ?? { at: 'nothing' };
}

export function pathOf(id: string, at: 'edit' | 'history' | 'delete'): string {
  return `/maker${write(kRoutes, { at, id })}`;
}
