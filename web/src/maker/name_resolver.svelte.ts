// Names for ids, of people above all. What the page does not know already it asks for once: who left is no longer in
// the directory, whoever manages people may still read the name, and to others it is a former colleague.
import { api, ask, passes, type Schemas, type Told } from '@pastille/client/http/client';
import { whole } from '@pastille/client/http/all_pages';
import { keepFresh } from '../app/query/keep_fresh';
import { Query } from '../app/query/query.svelte';
import { language, t } from '../i18n/language.svelte';
import { nameIn, type SessionStore } from '../stores/session_store.svelte';
import type { TeamsAndRolesStore } from './teams_and_roles_store.svelte';

type Kind = 'status' | 'user' | 'team' | 'role';

export class NameResolver {
  #left = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #asked = new Set<string>();
  readonly #missing = new Set<string>();
  readonly #people = new Query<true>();
  /** Statuses that were deleted, read whole when the first one is needed. */
  readonly #deleted = new Query<readonly Schemas['Status'][]>();
  #deletedAsked = false;

  /** Call while a component is made: it asks until that component is gone. Without teams and roles, those have no
   *  names. */
  constructor(
    private readonly session: SessionStore,
    private readonly teamsAndRoles: TeamsAndRolesStore | null = null,
  ) {
    $effect(() => keepFresh(session.live, this.#people));
    $effect(() => keepFresh(session.live, this.#deleted, (frame) => frame.is === 'catalogue'));
  }

  /** A person's. null: nobody who was signed in. '' until the directory has come. */
  person(id: string | null): string {
    if (id === null) return t('authors.command-line');
    const { people, peopleVersion } = this.session.live.state;
    if (peopleVersion === 0) return '';
    return people.get(id)?.display_name ?? this.#left.get(id) ?? t('colleagues.former');
  }

  /** Null: there is no name for it, or no longer. Undefined: not known yet. */
  of(kind: Kind | null, id: string): string | null | undefined {
    const { teams, roles } = this.teamsAndRoles ?? { teams: [], roles: [] };
    switch (kind) {
      case 'user':
        if (this.session.live.state.peopleVersion === 0) return undefined;
        return this.session.live.state.people.has(id) || this.#left.has(id) ? this.person(id) : null;
      case 'status':
        return this.#status(id);
      case 'team':
        return teams === null ? undefined : this.teamsAndRoles?.teamName(id) || null;
      case 'role':
        if (!this.session.may('users.manage') && !this.session.may('roles.manage')) return null;
        return roles === null ? undefined : this.teamsAndRoles?.roleName(id) || null;
      default:
        return null;
    }
  }

  /** Asks once for each person who is in no directory; call it with what is shown. */
  findPeople(ids: Iterable<string | null>): void {
    const { people, peopleVersion } = this.session.live.state;
    if (peopleVersion === 0 || !this.session.may('users.manage')) return;
    let more = false;
    for (const id of ids) {
      if (id === null || people.has(id) || this.#asked.has(id)) continue;
      this.#asked.add(id);
      this.#missing.add(id);
      more = true;
    }
    if (more) void this.#people.load((signal) => this.#readPeople(signal));
  }

  /** The same for people and deleted statuses. */
  find(wanted: readonly (readonly [Kind | null, string])[]): void {
    this.findPeople(wanted.flatMap(([kind, id]) => (kind === 'user' ? [id] : [])));
    if (!this.#deletedAsked && wanted.some(([kind, id]) => kind === 'status' && this.of(kind, id) === undefined)) {
      this.#deletedAsked = true;
      void this.#deleted.load((signal) =>
        whole((cursor) =>
          ask(api.GET('/statuses', { signal, params: { query: { deleted: true, limit: 200, ...cursor } } })),
        ),
      );
    }
  }

  #status(id: string): string | null | undefined {
    if (this.session.live.state.catalogueVersion === 0) return undefined;
    const status = this.session.status(id) ?? this.#deleted.data?.find((each) => each.id === id);
    if (status !== undefined) return nameIn(status, language.locale);
    return this.#deleted.data !== null || !this.session.may('statuses.delete') ? null : undefined;
  }

  async #readPeople(signal: AbortSignal): Promise<Told<true>> {
    for (const id of this.#missing) {
      const answer = await ask(api.GET('/users/{id}', { signal, params: { path: { id } } }));
      if (answer.problem !== undefined && passes(answer.problem)) return answer;
      this.#missing.delete(id);
      if (answer.data !== undefined) this.#left = new Map(this.#left).set(id, answer.data.display_name);
    }
    return { data: true };
  }
}
