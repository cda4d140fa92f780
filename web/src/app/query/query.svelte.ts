// A query for components: what it has is reactive. Asking reads nothing that an effect would depend on.
import { untrack } from 'svelte';
import type { Problem } from '@pastille/client/http/client';
import { QueryCore, type QueryState, type Read } from './query_core';

export class Query<Data> implements QueryState<Data> {
  data = $state.raw<Data | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  readonly #core = new QueryCore<Data>(this);

  /** Nothing is known yet, not even that it cannot be read. */
  get waiting(): boolean {
    return this.data === null && this.problem === null;
  }

  load(read: Read<Data>): Promise<void> {
    return untrack(() => this.#core.load(read));
  }

  reload(read?: Read<Data>): Promise<void> {
    return untrack(() => this.#core.reload(read));
  }

  refresh(): void {
    untrack(() => this.#core.refresh());
  }

  settled(): Promise<void> {
    return this.#core.settled();
  }

  stop(): void {
    this.#core.stop();
  }
}
