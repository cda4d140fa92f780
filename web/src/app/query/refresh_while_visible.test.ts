import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryCore } from './query_core';
import { refreshWhileVisible, type Visible } from './refresh_while_visible';

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const kEvery = 5_000;

describe('asking while somebody looks', () => {
  let page: Page;
  /** Questions so far, and what answers the last one when answers are slow. */
  let asked: number;
  let answer: () => void;
  let slow: boolean;
  let end: () => void;
  let query: QueryCore<true>;

  beforeEach(() => {
    vi.useFakeTimers();
    page = new Page();
    asked = 0;
    slow = false;
    answer = () => undefined;
    query = new QueryCore<true>(
      { data: null, problem: null, busy: false },
      {
        read: () => {
          asked++;
          return new Promise((done) => {
            answer = () => done({ data: true });
            if (!slow) answer();
          });
        },
      },
    );
    void query.reload();
    end = refreshWhileVisible(query, kEvery, page as unknown as Visible);
  });
  afterEach(() => {
    end();
    vi.useRealTimers();
  });

  it('begins at once and goes on at a distance', async () => {
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(kEvery - 1);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(3 * kEvery);
    expect(asked).toBe(5);
  });
  it('never asks twice at once, however slow the answer, and counts from the answer', async () => {
    slow = true;
    await vi.advanceTimersByTimeAsync(kEvery);
    expect(asked).toBe(2);
    page.turn('hidden');
    page.turn('visible');
    await vi.advanceTimersByTimeAsync(10 * kEvery);
    expect(asked).toBe(2);
    answer();
    await vi.advanceTimersByTimeAsync(kEvery - 1);
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toBe(3);
  });
  it('rests while the page is hidden, and makes up for it once', async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    page.turn('hidden');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    page.turn('visible');
    expect(asked).toBe(2);
  });
  it('is not hurried by turning to and fro', async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    for (let i = 0; i < 20; i++) page.turn(i % 2 === 0 ? 'hidden' : 'visible');
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(kEvery - 1_000);
    expect(asked).toBe(2);
  });
  it('ends', async () => {
    end();
    page.turn('hidden');
    page.turn('visible');
    await vi.advanceTimersByTimeAsync(10 * kEvery);
    expect(asked).toBe(1);
  });
});
