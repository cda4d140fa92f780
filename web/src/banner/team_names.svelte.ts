// The names of all teams, asked for when something first shows or searches them.
import { api, ask } from '@pastille/client/http/client';
import { whole } from '@pastille/client/http/all_pages';
import type { Workplace } from '../live/workplace.svelte';
import { hasNamesake, toldApart } from './namesakes';

class TeamNames {
  /** By id; empty until they came. */
  byId = $state.raw<ReadonlyMap<string, string>>(new Map());
  #asking = false;

  async load(): Promise<void> {
    if (this.#asking || this.byId.size > 0) return;
    this.#asking = true;
    const teams = await whole((cursor) => ask(api.GET('/teams', { params: { query: { limit: 200, ...cursor } } })));
    // Without them a search goes by names.
    this.byId = new Map(teams.data?.map(({ id, name }) => [id, name]));
    this.#asking = false;
  }
}

export const teamNames = new TeamNames();

/** Call while a component is made: what tells this person from others of the same name; '' for nearly everyone. */
export function apart(workplace: Workplace, user: () => string | null): { readonly text: string } {
  const people = $derived(workplace.live.state.people);
  const needed = $derived(hasNamesake(user() ?? '', people));
  const text = $derived(needed ? toldApart(user() ?? '', people, teamNames.byId) : '');
  $effect(() => {
    if (needed && workplace.live.state.link === 'live') void teamNames.load();
  });
  return {
    get text() {
      return text;
    },
  };
}
