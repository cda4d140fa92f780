// Names for the ids that the audit holds. What the page does not know already it asks for once;
// what nobody knows any more is "gone".
import { SvelteMap } from 'svelte/reactivity';
import { api, ask } from '../../api/client';
import { language } from '../../i18n/language.svelte';
import { nameIn, type Workplace } from '../../live/workplace.svelte';
import { Authors } from '../authors.svelte';
import type { Rosters } from '../rosters.svelte';
import type { TargetKind } from './actions';

export class Names {
  /** Statuses that were deleted, read whole when the first one is needed. */
  readonly #deleted = new SvelteMap<string, { name: string; names: Record<string, string> }>();
  #deletedRead = $state(false);
  #deletedAsked = false;
  readonly #authors: Authors;

  constructor(private readonly workplace: Workplace, private readonly rosters: Rosters) {
    this.#authors = new Authors(workplace);
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
    if (!this.#deletedAsked && wanted.some(([kind, id]) => kind === 'status' && this.of(kind, id) === undefined)) void this.#askDeleted();
  }

  #status(id: string): string | null | undefined {
    if (this.workplace.live.state.catalogueVersion === 0) return undefined;
    const status = this.workplace.status(id) ?? this.#deleted.get(id);
    if (status !== undefined) return nameIn(status, language.locale);
    return this.#deletedRead || !this.workplace.may('statuses.delete') ? null : undefined;
  }

  async #askDeleted(): Promise<void> {
    this.#deletedAsked = true;
    let next: string | null = null;
    do {
      const answer: Awaited<ReturnType<typeof deleted>> = await deleted(next);
      if (answer.problem !== undefined) return;
      for (const status of answer.data.items) this.#deleted.set(status.id, status);
      next = answer.data.next;
    } while (next !== null);
    this.#deletedRead = true;
  }
}

function deleted(cursor: string | null) {
  return ask(api.GET('/statuses', { params: { query: { deleted: true, limit: 200, ...(cursor === null ? {} : { cursor }) } } }));
}
