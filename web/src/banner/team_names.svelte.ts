// The names of all teams, asked for when something first shows or searches them.
import { api, ask, type Answer, type Schemas } from '../api/client';
import type { Workplace } from '../live/workplace.svelte';
import { hasNamesake, toldApart } from './namesakes';

class TeamNames {
  /** By id; empty until they came. */
  byId = $state.raw<ReadonlyMap<string, string>>(new Map());
  #asking = false;

  async load(): Promise<void> {
    if (this.#asking || this.byId.size > 0) return;
    this.#asking = true;
    this.byId = await allTeams();
    this.#asking = false;
  }
}

export const teamNames = new TeamNames();

async function allTeams(): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const page: Answer<Schemas['TeamPage']> = await ask(api.GET('/teams', { params: { query: { limit: 200, ...(cursor === null ? {} : { cursor }) } } }));
    if (page.problem !== undefined) return new Map(); // a search goes by names then
    for (const team of page.data.items) names.set(team.id, team.name);
    cursor = page.data.next;
  } while (cursor !== null);
  return names;
}

/** Call while a component is made: what tells this person from others of the same name; '' for nearly everyone. */
export function apart(workplace: Workplace, user: () => string | null): { readonly text: string } {
  const people = $derived(workplace.live.state.people);
  const needed = $derived(hasNamesake(user() ?? '', people));
  const text = $derived(needed ? toldApart(user() ?? '', people, teamNames.byId) : '');
  $effect(() => {
    if (needed && workplace.live.state.link === 'live') void teamNames.load();
  });
  return { get text() { return text; } };
}
