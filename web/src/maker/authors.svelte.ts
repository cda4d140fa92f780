// Names of those who changed something. Who left is no longer in the directory: whoever manages people
// may still read the name, to others it is a former colleague.
import { api, ask, passes, type Told } from '@pastille/client/http/client';
import { t } from '../i18n/language.svelte';
import type { Workplace } from '../live/workplace.svelte';
import { keepFresh, Reading } from './reading.svelte';

export class Authors {
  #left = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #asked = new Set<string>();
  readonly #missing = new Set<string>();
  readonly #reading = new Reading<true>();

  /** Call while a component is made: it asks until that component is gone. */
  constructor(private readonly workplace: Workplace) {
    $effect(() => keepFresh(workplace.live, this.#reading));
  }

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
    let more = false;
    for (const id of ids) {
      if (id === null || people.has(id) || this.#asked.has(id)) continue;
      this.#asked.add(id);
      this.#missing.add(id);
      more = true;
    }
    if (more) void this.#reading.ask((signal) => this.#names(signal));
  }

  async #names(signal: AbortSignal): Promise<Told<true>> {
    for (const id of this.#missing) {
      const answer = await ask(api.GET('/users/{id}', { signal, params: { path: { id } } }));
      if (answer.problem !== undefined && passes(answer.problem)) return answer;
      this.#missing.delete(id);
      if (answer.data !== undefined) this.#left = new Map(this.#left).set(id, answer.data.display_name);
    }
    return { data: true };
  }
}
