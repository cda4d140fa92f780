// The list of statuses as it is asked for, kept fresh: whatever anybody changes shows at once.
import { api, ask, type Schemas, type Told } from '@pastille/client/http/client';
import { whole } from '@pastille/client/http/all_pages';
import type { Workplace } from '../../live/workplace.svelte';
import { Listing } from '../listing.svelte';
import { keepFresh, Reading } from '../reading.svelte';
import { asked, type StatusQuery } from './query';
import type { Status } from './draft';

/** An organisation has at most 500: nearly always all of them come at once. */
const kPage = 200;
export type TagCount = Schemas['TagPage']['items'][number];

export class Catalogue {
  readonly list = new Listing<Status>();
  readonly #tags = new Reading<readonly TagCount[]>();

  /** Call while a component is made. `query` is read as it changes. */
  constructor(
    private readonly workplace: Workplace,
    query: () => StatusQuery,
  ) {
    // The words of the question, so that an address that says the same asks nothing anew.
    const question = $derived(JSON.stringify(asked(query())));
    $effect(() => {
      const wanted = JSON.parse(question) as ReturnType<typeof asked>;
      void this.list.ask((cursor, limit, signal) =>
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
    $effect(() => workplace.live.watchCounts());
    void this.#tags.ask(async (signal) => {
      const answer = await ask(api.GET('/tags', { signal }));
      return answer.data === undefined ? answer : { data: answer.data.items };
    });
    for (const each of [this.list, this.#tags])
      $effect(() => keepFresh(workplace.live, each, (frame) => frame.is === 'catalogue'));
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
      this.workplace.live.state.counts?.by_status[status.id] ??
      (this.workplace.live.state.counts === null ? status.in_use : 0)
    );
  }

  /** All statuses there are in the organisation's own order, whatever is shown. */
  inOrder(): Promise<Told<readonly Status[]>> {
    return whole((cursor) =>
      ask(api.GET('/statuses', { params: { query: { sort: 'position', limit: kPage, ...cursor } } })),
    );
  }
}
