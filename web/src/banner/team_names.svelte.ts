// The names of all teams, asked for when something first shows or searches them.
import { api, ask } from '@pastille/client/http/client';
import { whole } from '@pastille/client/http/all_pages';
import { isConfig, keepFresh } from '../app/query/keep_fresh';
import { Query } from '../app/query/query.svelte';
import type { SessionStore } from '../stores/session_store.svelte';
import { hasNamesake, toldApart } from './namesakes';

const kNone: ReadonlyMap<string, string> = new Map();

class TeamNames {
  readonly #names = new Query<ReadonlyMap<string, string>>();
  #asked = false;

  constructor(live: SessionStore['live']) {
    keepFresh(live, this.#names, (frame) => isConfig(frame, 'teams')); // as long as the session
  }

  /** By id; empty until they came. Without them a search goes by names. */
  get byId(): ReadonlyMap<string, string> {
    return this.#names.data ?? kNone;
  }

  load(): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#names.load(async (signal) => {
      const teams = await whole((cursor) =>
        ask(api.GET('/teams', { signal, params: { query: { limit: 200, ...cursor } } })),
      );
      return teams.data === undefined ? teams : { data: new Map(teams.data.map(({ id, name }) => [id, name])) };
    });
  }
}

const bySession = new WeakMap<SessionStore, TeamNames>();

export function teamNamesOf(session: SessionStore): TeamNames {
  const names = bySession.get(session) ?? new TeamNames(session.live);
  bySession.set(session, names);
  return names;
}

/** Call while a component is made: what tells this person from others of the same name; '' for nearly everyone. */
export function apart(session: SessionStore, user: () => string | null): { readonly text: string } {
  const teams = teamNamesOf(session);
  const people = $derived(session.live.state.people);
  const needed = $derived(hasNamesake(user() ?? '', people));
  const text = $derived(needed ? toldApart(user() ?? '', people, teams.byId) : '');
  $effect(() => {
    if (needed && session.live.state.link === 'live') teams.load();
  });
  return {
    get text() {
      return text;
    },
  };
}
