// The list of statuses as it is asked for, kept fresh: whatever anybody changes shows at once.
import { api, ask, type Schemas, type Told } from '@pastille/client/http/client';
import { whole } from '@pastille/client/http/all_pages';
import type { SessionStore } from '../../stores/session_store.svelte';
import { PaginatedQuery } from '../../app/query/paginated_query.svelte';
import { keepFresh } from '../../app/query/keep_fresh';
import { Query } from '../../app/query/query.svelte';
import { asked, type StatusQuery } from './query';
import type { Status } from './draft';

/** An organisation has at most 500: nearly always all of them come at once. */
const kPage = 200;
export type TagCount = Schemas['TagPage']['items'][number];

export class Catalogue {
  readonly list = new PaginatedQuery<Status>();
  readonly #tags = new Query<readonly TagCount[]>();

  /** Call while a component is made. `query` is read as it changes. */
  constructor(
    private readonly session: SessionStore,
    query: () => StatusQuery,
  ) {
    // The words of the question, so that an address that says the same asks nothing anew.
    const question = $derived(JSON.stringify(asked(query())));
    $effect(() => {
      const wanted = JSON.parse(question) as ReturnType<typeof asked>;
      void this.list.load((cursor, limit, signal) =>
        ask(
          api.GET('/statuses', {
            signal,
            params: {
              query: { ...wanted, limit: Math.max(limit, kPage), ...(cursor === undefined ? {} : { cursor }) },
            },
          }),
        ),
      );
    });
    $effect(() => session.live.watchCounts());
    void this.#tags.load(async (signal) => {
      const answer = await ask(api.GET('/tags', { signal }));
      return answer.data === undefined ? answer : { data: answer.data.items };
    });
    for (const each of [this.list, this.#tags])
      $effect(() => keepFresh(session.live, each, (frame) => frame.is === 'catalogue'));
  }

  get tags(): readonly TagCount[] {
    return this.#tags.data ?? [];
  }

  /** They came, or will not: what stands below them can be shown. */
  get tagsAsked(): boolean {
    return !this.#tags.waiting;
  }

  /** How many show it now: live where it is known. */
  inUse(status: Status): number {
    return (
      this.session.live.state.counts?.by_status[status.id] ??
      (this.session.live.state.counts === null ? status.in_use : 0)
    );
  }

  /** All statuses there are in the organisation's own order, whatever is shown. */
  inOrder(): Promise<Told<readonly Status[]>> {
    return whole((cursor) =>
      ask(api.GET('/statuses', { params: { query: { sort: 'position', limit: kPage, ...cursor } } })),
    );
  }
}
