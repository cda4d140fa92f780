// What a page of a signed-in person knows, for both pages: who one is, what one may, the statuses,
// the colleagues, and who shows what. One of these a page; components read it from context.
import { getContext, setContext } from 'svelte';
import {
  api,
  ask,
  isProblem,
  slug,
  unreachable,
  type Problem,
  type Schemas,
  type Told,
} from '@pastille/client/http/client';
import { replies, type Reply } from '@pastille/client/http/request';
import { clock } from '../i18n/clock.svelte';
import { language } from '../i18n/language.svelte';
import type { Colleague, Entry, Frame, Status } from '@pastille/client/live/frames';
import { PresenceStore } from './presence_store.svelte';
import { QueryCore, type Read } from '../app/query/query_core';
import type { LastKnown } from './last_known';
import { heedSigns } from '@pastille/client/live/signs';

export type Self = Schemas['Self'];
export type Permission = Schemas['Permission'];

const kMostTries = 5;
const kRead = { data: true } as const;
/** The answer is older than what a frame has told: it is asked again. */
const kNotYet = { problem: unreachable };

export class SessionStore {
  self = $state.raw() as Self;
  permissions = $state.raw<readonly Permission[]>([]);
  readonly live: PresenceStore;
  #leaving = false;
  #epoch: string | null = null;
  #selfFrames = 0;
  #changing: Promise<unknown> = Promise.resolve();
  readonly #account = this.#query((signal) => this.#readSelf(signal));
  readonly #catalogue = this.#query((signal) => this.#readCatalogue(signal));
  readonly #people = this.#query((signal) => this.#readPeople(signal));
  readonly #ends: (() => void)[];

  /** before: what an earlier page knew, when the server could not be asked. */
  constructor(
    signedIn: Schemas['SignedIn'],
    private readonly onended: (how: 'ended' | 'signed-out') => void,
    before: LastKnown | null = null,
  ) {
    this.self = signedIn.user;
    this.permissions = signedIn.permissions;
    // Whether the session has ended, HTTP can say when no connection comes about.
    this.live = new PresenceStore(
      liveUrl(),
      () => void this.#account.reload(),
      () => onended(this.#leaving ? 'signed-out' : 'ended'),
    );
    if (before !== null) this.live.apply({ is: 'remembered', ...before });
    const heard = (reply: Reply | null) => this.#heard(reply);
    replies.add(heard);
    this.#ends = [
      this.live.listen((frame) => this.#frame(frame)),
      heedSigns(this.live.socket),
      this.live.watch('self', [this.self.id]),
      () => replies.delete(heard),
      () => this.live.close(),
      ...[this.#account, this.#catalogue, this.#people].map((each) => () => each.stop()),
    ];
    $effect(() => {
      void language.use(this.self.locale);
    });
  }

  close(): void {
    for (const end of this.#ends) end();
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

  /** What somebody shows; undefined while that is not known, and of who has left. */
  entry(user: string): Entry | undefined {
    const { entries, everyone, people } = this.live.state;
    return entries.get(user) ?? (everyone && people.has(user) ? offline(user) : undefined);
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
      if (slug(answer.problem) === 'stale-version') this.#take(answer.problem.current as unknown as Self);
      return answer.problem;
    }
    this.#take(answer.data);
    return undefined;
  }

  /** For changes that build on what is there: one after the other, each again on what is there now when
   *  somebody else was faster. null: nothing to change. */
  async changeFrom(make: (self: Self) => Schemas['MePatch'] | null): Promise<Problem | undefined> {
    const change = async (): Promise<Problem | undefined> => {
      for (let tries = 1; ; tries++) {
        const patch = make(this.self);
        if (patch === null) return undefined;
        const problem = await this.change(patch, this.self.version);
        if (problem === undefined || slug(problem) !== 'stale-version' || tries === kMostTries) return problem;
      }
    };
    const changed = this.#changing.then(change);
    this.#changing = changed;
    return changed;
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

  /** What is read goes into the live state. Without the link it is not worth asking again: the next `ready` does. */
  #query(read: Read<true>): QueryCore<true> {
    const state = { data: null, problem: null, busy: false };
    return new QueryCore(state, { read, retries: () => this.live.state.link === 'live' });
  }

  async #readCatalogue(signal: AbortSignal): Promise<Told<true>> {
    const since = this.live.state.catalogueVersion;
    const answer = await ask(api.GET('/catalogue', { params: { query: since > 0 ? { since } : {} }, signal }));
    if (answer.data === undefined) return answer;
    const { version, statuses, gone } = answer.data;
    this.live.apply({
      is: 'loaded-catalogue',
      since,
      version,
      statuses: statuses as readonly Status[],
      ...(gone ? { gone } : {}),
    });
    return this.live.state.catalogueVersion >= this.live.state.catalogueWanted ? kRead : kNotYet;
  }

  async #readPeople(signal: AbortSignal): Promise<Told<true>> {
    const since = this.live.state.peopleVersion;
    const answer = await ask(api.GET('/directory', { params: { query: since > 0 ? { since } : {} }, signal }));
    if (answer.data === undefined) return answer;
    const { version, users, gone } = answer.data;
    this.live.apply({ is: 'loaded-people', since, version, users, ...(gone ? { gone } : {}) });
    return this.live.state.peopleVersion >= this.live.state.peopleWanted ? kRead : kNotYet;
  }

  /** What changed of one's own account and rights while nothing was heard. */
  async #readSelf(signal: AbortSignal): Promise<Told<true>> {
    const frames = this.#selfFrames;
    const answer = await ask(api.GET('/session', { signal }));
    if (answer.data === undefined) return answer;
    if (frames !== this.#selfFrames) return kNotYet; // which of the two is newer nobody knows
    this.#take(answer.data.user);
    this.permissions = answer.data.permissions;
    return kRead;
  }

  /** Answers and frames come in any order: what is older changes nothing. */
  #take(user: Self): void {
    if (user.version >= this.self.version) this.self = { ...this.self, ...user };
  }

  #frame(frame: Frame): void {
    const { state } = this.live;
    switch (frame.is) {
      case 'ready':
        // Another store: its versions may be lower, and are the true ones.
        if (this.#epoch !== null && this.#epoch !== frame.epoch && !frame.resumed)
          this.self = { ...this.self, version: 0 };
        this.#epoch = frame.epoch;
        void this.#account.reload();
        if (state.catalogueWanted > state.catalogueVersion) void this.#catalogue.reload();
        if (state.peopleWanted > state.peopleVersion) void this.#people.reload();
        break;
      case 'catalogue':
        if (state.catalogueWanted > state.catalogueVersion) this.#catalogue.refresh();
        break;
      case 'people':
        if (state.peopleWanted > state.peopleVersion) this.#people.refresh();
        break;
      case 'self':
        this.#selfFrames++;
        this.#take(frame.user as Self);
        this.permissions = frame.permissions as readonly Permission[];
        break;
      case 'at':
        clock.hear(frame.now);
        break;
      default:
    }
  }

  /** Each answer over HTTP tells something of the link, too. */
  #heard(reply: Reply | null): void {
    if (reply === null) {
      if (this.live.state.link === 'live') this.live.socket.check();
      return;
    }
    const { response, error } = reply;
    clock.hear(response.headers.get('Date'));
    if (response.status === 401 && isProblem(error) && slug(error) === 'not-signed-in') this.live.socket.end();
    else if (response.status < 500) this.live.socket.serverAnswers();
  }
}

/** The translation for a locale: exact tag, then its language, then the main name. */
export function nameIn(status: Pick<Status, 'name' | 'names'>, locale: string): string {
  return status.names[locale] ?? status.names[locale.split('-')[0] ?? ''] ?? status.name;
}

function liveUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`;
}

const kContext = Symbol('session');
export const provideSession = (session: SessionStore): SessionStore => setContext(kContext, session);
export const useSession = (): SessionStore => getContext<SessionStore>(kContext);

/** Of who is on no board of everyone. */
function offline(user: string): Entry {
  return { user, status: '', type: 'offline', note: null, since: null, until: null, rev: 0 };
}
