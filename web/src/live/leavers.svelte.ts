// The names of people who left. The directory holds only who is there; an erased person has no name
// any more. Asked once each, and only for those who are shown.
import { SvelteMap } from 'svelte/reactivity';
import { api, ask } from '../api/client';
import type { Workplace } from './workplace.svelte';

export interface Partner {
  /** Empty while it is asked for, and for who has been erased. */
  readonly name: string;
  readonly left: boolean;
}

export class Leavers {
  #names = new SvelteMap<string, string>();
  #asked = new Set<string>();

  constructor(private readonly workplace: Workplace) {}

  /** Who one talks or talked to. */
  partner(user: string): Partner {
    const colleague = this.workplace.colleague(user);
    if (colleague !== undefined) return { name: colleague.display_name, left: false };
    return { name: this.#names.get(user) ?? '', left: this.workplace.live.state.peopleVersion > 0 };
  }

  async askFor(user: string): Promise<void> {
    if (this.#asked.has(user)) return;
    this.#asked.add(user);
    const answer = await ask(api.GET('/users/{id}', { params: { path: { id: user } } }));
    if (answer.data !== undefined) this.#names.set(user, answer.data.display_name);
    else if (answer.problem.status !== 404) this.#asked.delete(user);
  }
}
