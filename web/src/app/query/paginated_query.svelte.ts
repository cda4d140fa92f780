// A list that the server gives page by page: `more` adds a page, `reload` reads anew as much as is shown, so that
// nothing jumps away under one's eyes.
import type { Problem, Told } from '@pastille/client/http/client';
import { Query } from './query.svelte';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: string | null;
}
/** One page of what is asked for, after `cursor` or from the start. */
export type ReadPage<Item> = (
  cursor: string | undefined,
  limit: number,
  signal: AbortSignal,
) => Promise<Told<Page<Item>>>;

const kPage = 50;
const kPageMost = 200;

export class PaginatedQuery<Item> {
  readonly #shown = new Query<Page<Item>>();
  #page: ReadPage<Item> | null = null;
  /** How many are to be shown of what is asked for. */
  #count = 0;
  #adding = false;

  get items(): readonly Item[] {
    return this.#shown.data?.items ?? [];
  }
  get total(): number {
    return this.#shown.data?.total ?? 0;
  }
  /** False before the first answer, and when there is none. */
  get known(): boolean {
    return this.#shown.data !== null;
  }
  get waiting(): boolean {
    return this.#shown.waiting;
  }
  get busy(): boolean {
    return this.#shown.busy;
  }
  get problem(): Problem | null {
    return this.#shown.problem;
  }
  get hasMore(): boolean {
    return (this.#shown.data?.next ?? null) !== null;
  }

  /** A new question, from the start. */
  load(page: ReadPage<Item>): Promise<void> {
    this.#page = page;
    this.#count = 0;
    return this.#shown.load((signal) => this.#fill(page, signal));
  }

  reload(): Promise<void> {
    return this.#shown.reload();
  }

  refresh(): void {
    this.#shown.refresh();
  }

  stop(): void {
    this.#shown.stop();
  }

  /** After what is being read; once, however often it is asked for meanwhile. */
  async more(): Promise<void> {
    if (this.#adding) return;
    this.#adding = true;
    while (this.busy) await this.#shown.settled();
    this.#adding = false;
    const page = this.#page;
    const next = this.#shown.data?.next ?? null;
    if (page === null || next === null) return;
    this.#count = this.items.length + kPage; // who reads anew meanwhile reads these, too
    await this.#shown.reload(async (signal) => this.#with(this.items, await page(next, kPage, signal), signal));
  }

  async #fill(page: ReadPage<Item>, signal: AbortSignal): Promise<Told<Page<Item>>> {
    let items: readonly Item[] = [];
    let cursor: string | undefined;
    for (;;) {
      const wanted = Math.max(kPage, Math.min(kPageMost, this.#count - items.length));
      const answer = await page(cursor, wanted, signal);
      if (
        signal.aborted ||
        answer.data === undefined ||
        answer.data.next === null ||
        items.length + answer.data.items.length >= this.#count
      ) {
        return this.#with(items, answer, signal);
      }
      items = [...items, ...answer.data.items];
      cursor = answer.data.next;
    }
  }

  #with(before: readonly Item[], answer: Told<Page<Item>>, signal: AbortSignal): Told<Page<Item>> {
    if (answer.data === undefined) return answer;
    const items = [...before, ...answer.data.items];
    if (!signal.aborted) this.#count = items.length;
    return { data: { ...answer.data, items } };
  }
}
