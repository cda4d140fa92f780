// A list that the server gives page by page: the newest question wins, `more` adds a page, `again`
// reads anew as much as is shown, so that nothing jumps away under one's eyes. Who waits for a
// question that a newer one overtook waits for the newer one: then what is shown is as new as asked.
import { unreachable, type Problem } from '../api/client';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: string | null;
}
export type Asked<Item> = { data: Page<Item>; problem?: undefined } | { data?: undefined; problem: Problem };
/** One page of what is asked for, after `cursor` or from the start. */
export type Read<Item> = (cursor: string | undefined, limit: number) => Promise<Asked<Item>>;

const kPage = 50;
const kPageMost = 200;

export class Listing<Item> {
  items = $state.raw<readonly Item[]>([]);
  total = $state(0);
  /** From the first question until its answer: nothing is known yet. */
  waiting = $state(true);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  #next = $state.raw<string | null>(null);
  #read: Read<Item> | null = null;
  #turn = 0;
  #newest: Promise<void> = Promise.resolve();

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** A new question, from the start. What is shown stays until the answer is there. */
  ask(read: Read<Item>): Promise<void> {
    this.#read = read;
    return this.again(0);
  }

  again(atLeast = this.items.length): Promise<void> {
    const read = this.#read;
    if (read === null) return Promise.resolve();
    return (this.#newest = this.#fill(read, atLeast));
  }

  more(): Promise<void> {
    const read = this.#read;
    if (read === null || this.#next === null || this.busy) return Promise.resolve();
    return (this.#newest = this.#add(read, this.#next));
  }

  async #add(read: Read<Item>, cursor: string): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    const answer = await read(cursor, kPage);
    if (turn !== this.#turn) return this.#newest;
    this.#take(answer, this.items);
  }

  async #fill(read: Read<Item>, atLeast: number): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    let items: readonly Item[] = [];
    let cursor: string | undefined;
    for (;;) {
      const wanted = Math.max(kPage, Math.min(kPageMost, atLeast - items.length));
      const answer = await read(cursor, wanted);
      if (turn !== this.#turn) return this.#newest;
      if (answer.data === undefined || answer.data.next === null || items.length + answer.data.items.length >= atLeast) {
        return this.#take(answer, items);
      }
      items = [...items, ...answer.data.items];
      cursor = answer.data.next;
    }
  }

  #take(answer: Asked<Item>, before: readonly Item[]): void {
    this.busy = false;
    this.waiting = false;
    if (answer.data === undefined) {
      this.problem = answer.problem ?? unreachable;
      return;
    }
    this.problem = null;
    this.items = [...before, ...answer.data.items];
    this.total = answer.data.total;
    this.#next = answer.data.next;
  }
}
