// The list of statuses as it is asked for, kept fresh: whatever anybody changes shows at once.
import { untrack } from 'svelte';
import { api, ask, type Problem, type Schemas } from '../../api/client';
import type { Workplace } from '../../live/workplace.svelte';
import { Listing } from '../listing.svelte';
import { asked, type StatusQuery } from './query';
import type { Status } from './draft';

/** An organisation has at most 500: nearly always all of them come at once. */
const kPage = 200;
export type TagCount = Schemas['TagPage']['items'][number];

export class Catalogue {
  readonly list = new Listing<Status>();
  tags = $state.raw<readonly TagCount[]>([]);
  /** They came, or will not: what stands below them can be shown. */
  tagsAsked = $state(false);
  #tagTurn = 0;

  /** Call while a component is made. `query` is read as it changes. */
  constructor(private readonly workplace: Workplace, query: () => StatusQuery) {
    // The words of the question, so that an address that says the same asks nothing anew.
    const question = $derived(JSON.stringify(asked(query())));
    $effect(() => {
      const wanted = JSON.parse(question) as ReturnType<typeof asked>;
      untrack(() => void this.list.ask((cursor, limit) =>
        ask(api.GET('/statuses', { params: { query: { ...wanted, limit: Math.max(limit, kPage), ...(cursor === undefined ? {} : { cursor }) } } }))));
    });
    $effect(() => workplace.live.watchCounts());
    // Read again also after a time without a connection, when only the version tells of changes.
    const version = $derived(workplace.live.state.catalogueVersion);
    let seen = untrack(() => version);
    $effect(() => {
      const now = version;
      untrack(() => {
        void this.#readTags();
        if (now !== seen) void this.list.again();
        seen = now;
      });
    });
  }

  /** How many show it now: live where it is known. */
  inUse(status: Status): number {
    return this.workplace.live.state.counts?.by_status[status.id] ?? (this.workplace.live.state.counts === null ? status.in_use : 0);
  }

  /** All statuses there are in the organisation's own order, whatever is shown. */
  async inOrder(): Promise<{ items: readonly Status[]; problem?: undefined } | { problem: Problem }> {
    const items: Status[] = [];
    let next: string | null = null;
    do {
      const answer: Awaited<ReturnType<typeof page>> = await page(next);
      if (answer.problem !== undefined) return { problem: answer.problem };
      items.push(...answer.data.items);
      next = answer.data.next;
    } while (next !== null);
    return { items };
  }

  async #readTags(): Promise<void> {
    const turn = ++this.#tagTurn;
    const answer = await ask(api.GET('/tags'));
    if (turn === this.#tagTurn) this.tagsAsked = true;
    if (turn === this.#tagTurn && answer.data !== undefined) this.tags = answer.data.items;
  }
}

function page(cursor: string | null) {
  return ask(api.GET('/statuses', { params: { query: { sort: 'position', limit: kPage, ...(cursor === null ? {} : { cursor }) } } }));
}
