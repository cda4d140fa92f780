// The time of a simulation: what is due next happens next, and the clock of the device may be wrong.
// Timers of pages stand still while the machine sleeps; the world's go on.

interface Due {
  readonly at: number;
  readonly order: number;
  readonly ofPage: boolean;
  readonly everyMs: number | null;
  readonly run: () => void;
}

const kBegin = Date.UTC(2026, 2, 2, 9);
/** Of promises, after each event; what takes more goes on with the next. */
const kTurns = 20;

export class Time {
  ms = 0;
  /** How far the device's clock is ahead of the server's. */
  skewMs = 0;
  #order = 0;
  #due = new Map<number, Due>();

  iso(): string {
    return new Date(kBegin + this.ms).toISOString();
  }

  deviceNow(): number {
    return kBegin + this.ms + this.skewMs;
  }

  serverNow(): number {
    return kBegin + this.ms;
  }

  after(ms: number, run: () => void, more: { ofPage?: boolean; everyMs?: number | null } = {}): number {
    const order = ++this.#order;
    this.#due.set(order, {
      at: this.ms + Math.max(0, ms),
      order,
      ofPage: more.ofPage ?? false,
      everyMs: more.everyMs ?? null,
      run,
    });
    return order;
  }

  stop(id: number | undefined): void {
    if (id !== undefined) this.#due.delete(id);
  }

  async advance(ms: number): Promise<void> {
    const end = this.ms + ms;
    await settled();
    for (let next = this.#next(end); next !== null; next = this.#next(end)) {
      this.ms = Math.max(this.ms, next.at);
      if (next.everyMs === null) this.#due.delete(next.order);
      else this.#due.set(next.order, { ...next, at: next.at + next.everyMs });
      next.run();
      await settled();
    }
    this.ms = end;
  }

  /** The machine sleeps: the world goes on, its pages do not. */
  async sleep(ms: number): Promise<void> {
    for (const each of [...this.#due.values()]) {
      if (each.ofPage) this.#due.set(each.order, { ...each, at: each.at + ms });
    }
    await this.advance(ms);
  }

  #next(end: number): Due | null {
    let next: Due | null = null;
    for (const each of this.#due.values()) {
      if (each.at <= end && (next === null || each.at < next.at || (each.at === next.at && each.order < next.order)))
        next = each;
    }
    return next;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < kTurns; turn++) await undefined;
}

/** Numbers that look drawn, the same for the same seed (mulberry32). */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  number = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };

  below(count: number): number {
    return Math.floor(this.number() * count);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(of: number): boolean {
    return this.number() < of;
  }

  one<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}
