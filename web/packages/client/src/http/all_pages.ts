// All of a list that the server gives page by page.
import type { Told } from './client.ts';

/** All pages of a list, in order. */
export async function whole<Item>(
  page: (cursor: { cursor?: string }) => Promise<Told<{ items: Item[]; next: string | null }>>,
): Promise<Told<readonly Item[]>> {
  const items: Item[] = [];
  let next: string | null = null;
  do {
    const answer: Told<{ items: Item[]; next: string | null }> = await page(next === null ? {} : { cursor: next });
    if (answer.data === undefined) return answer;
    items.push(...answer.data.items);
    next = answer.data.next;
  } while (next !== null);
  return { data: items };
}
