// One's own history as it is loaded: the newest pages, and older ones on demand.
import { api, ask, type Problem } from '@pastille/client/http/client';
import type { Shown } from './days';

const kPage = 50;
const kFilePage = 200;

export class OwnHistory {
  items = $state.raw<readonly Shown[]>([]);
  total = $state(0);
  loaded = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  #next = $state<string | null>(null);
  #asked = 0;

  get more(): boolean {
    return this.#next !== null;
  }

  /** From the newest on, as much as was shown before. */
  async refresh(): Promise<void> {
    await this.#load(null, Math.min(kFilePage, Math.max(kPage, this.items.length)));
  }

  async older(): Promise<void> {
    if (this.#next !== null) await this.#load(this.#next, kPage);
  }

  /** Everything, for a file; what is shown stays as it is. */
  async all(): Promise<{ items: readonly Shown[]; problem?: undefined } | { problem: Problem }> {
    const items: Shown[] = [];
    let cursor: string | null = null;
    do {
      const answer = await page(cursor, kFilePage);
      if (answer.problem !== undefined) return answer;
      items.push(...answer.data.items);
      cursor = answer.data.next;
    } while (cursor !== null);
    return { items };
  }

  async #load(cursor: string | null, limit: number): Promise<void> {
    const asked = ++this.#asked;
    this.busy = true;
    const answer = await page(cursor, limit);
    if (asked !== this.#asked) return; // a later question has the later answer
    this.busy = false;
    this.problem = answer.problem ?? null;
    if (answer.data === undefined) return;
    this.items = cursor === null ? answer.data.items : [...this.items, ...answer.data.items];
    this.total = answer.data.total;
    this.#next = answer.data.next;
    this.loaded = true;
  }
}

const page = (cursor: string | null, limit: number) =>
  ask(api.GET('/me/history', { params: { query: { limit, ...(cursor === null ? {} : { cursor }) } } }));
