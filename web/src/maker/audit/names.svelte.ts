// Names for the ids that the audit holds. What the page does not know already it asks for once;
// what nobody knows any more is "gone".
import { SvelteMap } from 'svelte/reactivity';
import { api, ask } from '../../api/client';
import { nameIn, type Workplace } from '../../live/workplace.svelte';
import { language } from '../../i18n/language.svelte';
import type { Rosters } from '../rosters.svelte';
import type { TargetKind } from './actions';

export class Names {
  /** People who left: colleagues no longer find them, whoever manages people does. Null: erased. */
  readonly #left = new SvelteMap<string, string | null>();
  /** Statuses that were deleted, read whole when the first one is needed. */
  readonly #deleted = new SvelteMap<string, { name: string; names: Record<string, string> }>();
  #deletedRead = $state(false);
  readonly #asked = new Set<string>();

  constructor(private readonly workplace: Workplace, private readonly rosters: Rosters) {}

  /** Null: there is no name for it. Undefined: not known yet. */
  of(kind: TargetKind | null, id: string): string | null | undefined {
    switch (kind) {
      case 'user':
        return this.#user(id);
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
  async look(wanted: Iterable<readonly [TargetKind | null, string]>): Promise<void> {
    for (const [kind, id] of wanted) {
      if (this.of(kind, id) !== undefined) continue;
      const question = kind === 'status' ? 'statuses' : id;
      if (this.#asked.has(question)) continue;
      this.#asked.add(question);
      if (kind === 'user') await this.#askUser(id);
      else if (kind === 'status') await this.#askDeleted();
    }
  }

  #user(id: string): string | null | undefined {
    const colleague = this.workplace.colleague(id);
    if (colleague !== undefined) return colleague.display_name;
    if (this.workplace.live.state.peopleVersion === 0) return undefined;
    return this.workplace.may('users.manage') ? this.#left.get(id) : null;
  }

  #status(id: string): string | null | undefined {
    if (this.workplace.live.state.catalogueVersion === 0) return undefined;
    const status = this.workplace.status(id) ?? this.#deleted.get(id);
    if (status !== undefined) return nameIn(status, language.locale);
    return this.#deletedRead || !this.workplace.may('statuses.delete') ? null : undefined;
  }

  async #askUser(id: string): Promise<void> {
    const answer = await ask(api.GET('/users/{id}', { params: { path: { id } } }));
    if (answer.problem?.status === 404) this.#left.set(id, null);
    else if (answer.data !== undefined) this.#left.set(id, answer.data.display_name);
    else this.#asked.delete(id);
  }

  async #askDeleted(): Promise<void> {
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
