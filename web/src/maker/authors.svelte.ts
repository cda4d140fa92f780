// Names of those who changed something. Who left is no longer in the directory: whoever manages people
// may still read the name, to others it is a former colleague.
import { SvelteMap } from 'svelte/reactivity';
import { api, ask } from '../api/client';
import { t } from '../i18n/language.svelte';
import type { Workplace } from '../live/workplace.svelte';

export class Authors {
  readonly #left = new SvelteMap<string, string>();
  readonly #asked = new Set<string>();

  constructor(private readonly workplace: Workplace) {}

  /** null: nobody who was signed in. '' until the directory has come. */
  name(id: string | null): string {
    if (id === null) return t('authors.command-line');
    const { people, peopleVersion } = this.workplace.live.state;
    if (peopleVersion === 0) return '';
    return people.get(id)?.display_name ?? this.#left.get(id) ?? t('colleagues.former');
  }

  /** Whether there is a name, and so an account. */
  known(id: string): boolean {
    return this.workplace.live.state.people.has(id) || this.#left.has(id);
  }

  /** Asks once for who is in no directory; call it with what is shown. */
  look(ids: Iterable<string | null>): void {
    const { people, peopleVersion } = this.workplace.live.state;
    if (peopleVersion === 0 || !this.workplace.may('users.manage')) return;
    for (const id of ids) {
      if (id !== null && !people.has(id) && !this.#asked.has(id)) void this.#ask(id);
    }
  }

  async #ask(id: string): Promise<void> {
    this.#asked.add(id);
    const answer = await ask(api.GET('/users/{id}', { params: { path: { id } } }));
    if (answer.data !== undefined) this.#left.set(id, answer.data.display_name);
    else if (answer.problem.status !== 404) this.#asked.delete(id);
  }
}
