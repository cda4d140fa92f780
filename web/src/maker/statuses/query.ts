// The filters of the list of statuses as they stand in the address, and as the server is asked.
import type { operations } from '@pastille/client/contract';
import type { BasicType } from '@pastille/client/live/frames';
import { refined } from '../../app/router/filtering_router.svelte';
import { basicTypes } from '../../ui/basic_types';

type Asked = NonNullable<operations['listStatuses']['parameters']['query']>;
export type Sort = NonNullable<Asked['sort']>;

/** The orders offered by name; the first is the organisation's own. */
export const orders = [
  'position',
  'name',
  '-name',
  'type',
  '-updated_at',
  'updated_at',
] as const satisfies readonly Sort[];
const kSorts: readonly Sort[] = [...orders, '-position', '-type'];

export interface StatusQuery {
  readonly text: string;
  readonly tags: readonly string[];
  readonly type: BasicType | null;
  readonly sort: Sort;
  readonly deleted: boolean;
}

/** What an address says; what it says wrongly counts as not said. */
export function readStatusQuery(query: URLSearchParams): StatusQuery {
  const type = query.get('type');
  const sort = query.get('sort');
  return {
    text: (query.get('q') ?? '').trim(),
    tags: [...new Set(query.getAll('tag').filter((tag) => tag !== ''))],
    type: basicTypes.find((each) => each === type) ?? null,
    sort: kSorts.find((each) => each === sort) ?? 'position',
    deleted: query.get('deleted') === 'true',
  };
}

/** The query of the address for these filters: only what is not as usual. */
export function writeStatusQuery(query: StatusQuery): string {
  return refined(new URLSearchParams(), {
    q: query.text,
    tag: query.tags,
    type: query.type ?? '',
    sort: query.sort === 'position' ? '' : query.sort,
    deleted: query.deleted ? 'true' : '',
  });
}

export function asked(query: StatusQuery): Asked {
  return {
    sort: query.sort,
    ...(query.text === '' ? {} : { q: query.text }),
    ...(query.tags.length === 0 ? {} : { tag: [...query.tags] }),
    ...(query.type === null ? {} : { type: query.type }),
    ...(query.deleted ? { deleted: true } : {}),
  };
}

export function narrowed(query: StatusQuery): boolean {
  return query.text !== '' || query.tags.length > 0 || query.type !== null;
}

/** In or out: several tags narrow. */
export function toggled(tags: readonly string[], tag: string): string[] {
  return tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag];
}
