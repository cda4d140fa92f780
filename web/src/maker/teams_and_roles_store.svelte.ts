// The teams and roles of the organisation, whole: every table of people and every form names them.
import { api, ask, type Problem, type Schemas } from '@pastille/client/http/client';
import { t } from '../i18n/language.svelte';
import type { SessionStore } from '../stores/session_store.svelte';
import { whole } from '@pastille/client/http/all_pages';
import { isConfig, keepFresh } from '../app/query/keep_fresh';
import { Query } from '../app/query/query.svelte';

export type Team = Schemas['Team'];
export type Role = Schemas['Role'];

const kPage = 200;

/** The built-in roles have a name in every language; the others are named by people. */
export function roleName(role: Pick<Role, 'name' | 'built_in' | 'permissions'>): string {
  if (!role.built_in) return role.name;
  return t(role.permissions.length === 0 ? 'roles.agent' : 'roles.administrator');
}

export class TeamsAndRolesStore {
  readonly #teams = new Query<readonly Team[]>();
  readonly #roles = new Query<readonly Role[]>();
  readonly #teamNames = $derived(new Map(this.teams?.map(({ id, name }) => [id, name])));
  readonly #roleNames = $derived(new Map(this.roles?.map((role) => [role.id, roleName(role)])));

  /** Call while a component is made: they are kept fresh until that component is gone. */
  constructor(private readonly session: SessionStore) {
    const withRoles = $derived(session.may('users.manage') || session.may('roles.manage'));
    void this.#teams.load((signal) =>
      whole((cursor) => ask(api.GET('/teams', { signal, params: { query: { limit: kPage, ...cursor } } }))),
    );
    $effect(() => {
      if (!withRoles) return;
      void this.#roles.load((signal) =>
        whole((cursor) => ask(api.GET('/roles', { signal, params: { query: { limit: kPage, ...cursor } } }))),
      );
    });
    // Counts of members move with people too.
    $effect(() => keepFresh(session.live, this.#teams, (frame) => isConfig(frame, 'users', 'teams')));
    $effect(() => keepFresh(session.live, this.#roles, (frame) => isConfig(frame, 'users', 'roles')));
  }

  /** Ordered by name, as the server orders them for this person; null until they came. */
  get teams(): readonly Team[] | null {
    return this.#teams.data;
  }
  get roles(): readonly Role[] | null {
    return this.#roles.data;
  }
  get problem(): Problem | null {
    return this.#teams.problem ?? this.#roles.problem;
  }

  teamName(id: string): string {
    return this.#teamNames.get(id) ?? '';
  }

  roleName(id: string): string {
    return this.#roleNames.get(id) ?? '';
  }

  /** Whether one has all that the role holds: nobody gives or governs more than they have. */
  governs(id: string): boolean {
    const role = this.roles?.find((each) => each.id === id);
    return role === undefined || role.permissions.every((each) => this.session.may(each));
  }

  readRoles(): Promise<void> {
    return this.#roles.reload();
  }
}
