// What a page of a signed-in person knows, for both pages: who one is, what one may, the statuses,
// the colleagues, and who shows what. One of these a page; components read it from context.
import { getContext, setContext } from 'svelte';
import { api, ask, slug, type Problem, type Schemas } from '../api/client';
import { language } from '../i18n/language.svelte';
import type { Colleague, Entry, Frame, Status } from './frames';
import { LivePresence } from './presence.svelte';
import type { Remembered } from './remembered';

export type Self = Schemas['Self'];
export type Permission = Schemas['Permission'];

export class Workplace {
  self = $state.raw() as Self;
  permissions = $state.raw<readonly Permission[]>([]);
  readonly live: LivePresence;
  #leaving = false;
  #loading = { catalogue: false, people: false };

  /** before: what an earlier page knew, when the server could not be asked. */
  constructor(
    signedIn: Schemas['SignedIn'],
    private readonly onended: (how: 'ended' | 'signed-out') => void,
    before: Remembered | null = null,
  ) {
    this.self = signedIn.user;
    this.permissions = signedIn.permissions;
    this.live = new LivePresence(liveUrl());
    if (before !== null) this.live.apply({ is: 'remembered', ...before });
    this.live.listen((frame) => this.#frame(frame));
    $effect(() => {
      if (this.live.state.link === 'ended') onended(this.#leaving ? 'signed-out' : 'ended');
    });
    $effect(() => {
      const { catalogueWanted, catalogueVersion } = this.live.state;
      if (catalogueWanted > catalogueVersion) void this.#loadCatalogue(catalogueVersion);
    });
    $effect(() => {
      const { peopleWanted, peopleVersion } = this.live.state;
      if (peopleWanted > peopleVersion) void this.#loadPeople(peopleVersion);
    });
    $effect(() => {
      void language.use(this.self.locale);
    });
    $effect(() => this.live.watch('self', [this.self.id]));
    $effect(() => {
      const hurry = () => {
        if (document.visibilityState === 'visible') this.live.hurry();
      };
      addEventListener('online', hurry);
      document.addEventListener('visibilitychange', hurry);
      return () => {
        removeEventListener('online', hurry);
        document.removeEventListener('visibilitychange', hurry);
        this.live.close();
      };
    });
  }

  may(permission: Permission): boolean {
    return this.permissions.includes(permission);
  }

  /** What one shows oneself; null until the first ready. */
  get me(): Entry | null {
    return this.live.state.me;
  }

  /** What is shown may have changed meanwhile: circles are drawn as last known. */
  get lastKnown(): boolean {
    return this.live.state.link !== 'live' || this.live.state.stale;
  }

  status(id: string): Status | undefined {
    return this.live.state.statuses.get(id);
  }

  /** A status's name in the page's language, the main one when there is no translation. */
  statusName(id: string): string {
    const status = this.status(id);
    return status === undefined ? '' : nameIn(status, language.locale);
  }

  colleague(id: string): Colleague | undefined {
    return this.live.state.people.get(id);
  }

  /** Whom one talks or talked to. Who left has no name here any more; before the directory has come,
   *  nobody has. */
  partner(id: string): { readonly name: string; readonly left: boolean } {
    const name = this.colleague(id)?.display_name ?? '';
    return { name, left: name === '' && this.live.state.peopleVersion > 0 };
  }

  /** Changes one's own account, with a version only if it is still that one (else stale-version, and
   *  self is what it is now); the answer's problem, if any. */
  async change(patch: Schemas['MePatch'], version?: number): Promise<Problem | undefined> {
    const header = version === undefined ? {} : { 'If-Match': `"${version}"` };
    const answer = await ask(api.PATCH('/me', { params: { header }, body: patch }));
    if (answer.problem !== undefined) {
      if (slug(answer.problem) === 'stale-version') this.self = answer.problem.current as unknown as Self;
      return answer.problem;
    }
    this.self = answer.data;
    return undefined;
  }

  /** Ends this session; one's colleagues see Offline at once. The problem, if it did not work. */
  async signOut(): Promise<Problem | undefined> {
    // The live connection may be ended before the answer comes: one's own doing all the same.
    this.#leaving = true;
    const answer = await ask(api.DELETE('/session'));
    if (answer.problem !== undefined) {
      this.#leaving = false;
      return answer.problem;
    }
    this.live.close();
    this.onended('signed-out');
    return undefined;
  }

  async #loadCatalogue(since: number): Promise<void> {
    if (this.#loading.catalogue) return;
    this.#loading.catalogue = true;
    const answer = await ask(api.GET('/catalogue', { params: { query: since > 0 ? { since } : {} } }));
    this.#loading.catalogue = false;
    if (answer.data === undefined) return;
    const { version, statuses, gone } = answer.data;
    this.live.apply({ is: 'loaded-catalogue', since, version, statuses: statuses as readonly Status[], ...(gone ? { gone } : {}) });
  }

  async #loadPeople(since: number): Promise<void> {
    if (this.#loading.people) return;
    this.#loading.people = true;
    const answer = await ask(api.GET('/directory', { params: { query: since > 0 ? { since } : {} } }));
    this.#loading.people = false;
    if (answer.data === undefined) return;
    const { version, users, gone } = answer.data;
    this.live.apply({ is: 'loaded-people', since, version, users, ...(gone ? { gone } : {}) });
  }

  /** What changed of one's own account and rights while nothing was heard: also between the page's first question and `ready`. */
  async #refreshSelf(): Promise<void> {
    const answer = await ask(api.GET('/session'));
    if (answer.data === undefined) return;
    this.self = answer.data.user;
    this.permissions = answer.data.permissions;
  }

  #frame(frame: Frame): void {
    if (frame.is === 'ready') void this.#refreshSelf();
    if (frame.is !== 'self') return;
    this.self = { ...this.self, ...frame.user };
    this.permissions = frame.permissions as readonly Permission[];
  }
}

/** The translation for a locale: exact tag, then its language, then the main name. */
export function nameIn(status: Pick<Status, 'name' | 'names'>, locale: string): string {
  return status.names[locale] ?? status.names[locale.split('-')[0] ?? ''] ?? status.name;
}

function liveUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`;
}

const kContext = Symbol('workplace');
export const provideWorkplace = (workplace: Workplace): Workplace => setContext(kContext, workplace);
export const useWorkplace = (): Workplace => getContext<Workplace>(kContext);
