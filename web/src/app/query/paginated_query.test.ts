import { describe, expect, it } from 'vitest';
import { unreachable, type Told } from '@pastille/client/http/client';
import { PaginatedQuery, type ReadPage } from './paginated_query.svelte';

type Asked<Item> = Told<{ items: Item[]; total: number; next: string | null }>;

const numbers =
  (count: number): ReadPage<number> =>
  (cursor, limit) => {
    const from = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, count - from) }, (_, i) => from + i);
    const next = from + items.length;
    return Promise.resolve({ data: { items, total: count, next: next < count ? String(next) : null } });
  };

describe('a list in pages', () => {
  it('begins with one page and adds the next', async () => {
    const list = new PaginatedQuery<number>();
    expect(list.waiting).toBe(true);
    await list.load(numbers(70));
    expect([list.items.length, list.total, list.hasMore, list.waiting]).toEqual([50, 70, true, false]);
    await list.more();
    expect([list.items.length, list.items.at(-1), list.hasMore]).toEqual([70, 69, false]);
  });

  it('adds the next page after what is being read, and one for two presses', async () => {
    const list = new PaginatedQuery<number>();
    await list.load(numbers(200));
    const reloaded = list.reload();
    await Promise.all([reloaded, list.more(), list.more()]);
    expect(list.items.length).toBe(100);
  });

  it('does not lose the next page to who reads anew while it comes', async () => {
    const list = new PaginatedQuery<number>();
    await list.load(numbers(200));
    const more = list.more();
    await Promise.all([list.reload(), more]);
    expect(list.items.length).toBe(100);
  });

  it('reads as much again as it shows', async () => {
    const list = new PaginatedQuery<number>();
    await list.load(numbers(700));
    for (let i = 0; i < 9; i++) await list.more();
    expect(list.items.length).toBe(500);
    await list.reload();
    expect(list.items).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(list.hasMore).toBe(true);
  });

  it('shows the answer to the newest question, however late an older one comes', async () => {
    const list = new PaginatedQuery<number>();
    let answerOld: (answer: Asked<number>) => void = () => undefined;
    const old = list.load(() => new Promise((resolve) => (answerOld = resolve)));
    await list.load(numbers(3));
    answerOld({ data: { items: [99], total: 1, next: null } });
    await old;
    expect(list.items).toEqual([0, 1, 2]);
  });

  it('lets who waits for an overtaken question wait for the newer one', async () => {
    const list = new PaginatedQuery<number>();
    let answerNew: (answer: Asked<number>) => void = () => undefined;
    const old = list.load(numbers(3));
    const newer = list.load(() => new Promise((resolve) => (answerNew = resolve)));
    let ended = false;
    void old.then(() => (ended = true));
    for (let i = 0; i < 20; i++) await Promise.resolve();
    expect(ended).toBe(false);
    answerNew({ data: { items: [7], total: 1, next: null } });
    await Promise.all([old, newer]);
    expect(list.items).toEqual([7]);
  });

  it('keeps what it shows when the server cannot be reached, but never under another question', async () => {
    const list = new PaginatedQuery<number>();
    let away = false;
    const page = numbers(70);
    await list.load((cursor, limit, signal) =>
      away ? Promise.resolve({ problem: unreachable }) : page(cursor, limit, signal),
    );
    away = true;
    await list.more();
    expect([list.items.length, list.problem]).toEqual([50, unreachable]);
    await list.reload();
    expect([list.items.length, list.problem]).toEqual([50, unreachable]);
    await list.load(() => Promise.resolve({ problem: unreachable }));
    expect([list.items.length, list.known, list.waiting]).toEqual([0, false, false]);
    await list.load(numbers(2));
    expect([list.items.length, list.problem]).toEqual([2, null]);
    list.stop();
  });
});
