// Names for the ids that the audit holds. What the page does not know already it asks for once;
// what nobody knows any more is "gone".
import { api, ask, type Schemas } from '@pastille/client/http/client';
import { language } from '../../i18n/language.svelte';
import { nameIn, type Workplace } from '../../live/workplace.svelte';
import { Authors } from '../authors.svelte';
import { whole } from '@pastille/client/http/all_pages';
import { keepFresh, Reading } from '../reading.svelte';
import type { Rosters } from '../rosters.svelte';
import type { TargetKind } from './actions';

export class Names {
  /** Statuses that were deleted, read whole when the first one is needed. */
  readonly #deleted = new Reading<readonly Schemas['Status'][]>();
  #deletedAsked = false;
  readonly #authors: Authors;

  /** Call while a component is made: it asks until that component is gone. */
  constructor(
    private readonly workplace: Workplace,
    private readonly rosters: Rosters,
  ) {
    this.#authors = new Authors(workplace);
    $effect(() => keepFresh(workplace.live, this.#deleted, (frame) => frame.is === 'catalogue'));
  }

  /** Null: there is no name for it. Undefined: not known yet. */
  of(kind: TargetKind | null, id: string): string | null | undefined {
    switch (kind) {
      case 'user':
        if (this.workplace.live.state.peopleVersion === 0) return undefined;
        return this.#authors.known(id) ? this.#authors.name(id) : null;
      case 'status':
        return this.#status(id);
      case 'team':
        return this.rosters.teams === null ? undefined : this.rosters.teamName(id) || null;
      case 'role':
        if (!this.workplace.may('users.manage') && !this.workplace.may('roles.manage')) return null;
        return this.rosters.roles === null ? undefined : this.rosters.roleName(id) || null;
      default:
        return null;
    }
  }

  /** Asks for the names that are missing; call it with what the page shows. */
  look(wanted: readonly (readonly [TargetKind | null, string])[]): void {
    this.#authors.look(wanted.flatMap(([kind, id]) => (kind === 'user' ? [id] : [])));
    if (!this.#deletedAsked && wanted.some(([kind, id]) => kind === 'status' && this.of(kind, id) === undefined)) {
      this.#deletedAsked = true;
      void this.#deleted.ask((signal) =>
        whole((cursor) =>
          ask(api.GET('/statuses', { signal, params: { query: { deleted: true, limit: 200, ...cursor } } })),
        ),
      );
    }
  }

  #status(id: string): string | null | undefined {
    if (this.workplace.live.state.catalogueVersion === 0) return undefined;
    const status = this.workplace.status(id) ?? this.#deleted.data?.find((each) => each.id === id);
    if (status !== undefined) return nameIn(status, language.locale);
    return this.#deleted.data !== null || !this.workplace.may('statuses.delete') ? null : undefined;
  }
}
