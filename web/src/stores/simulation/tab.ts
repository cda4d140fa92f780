// A page of a simulation: what a Banner keeps, and as much of its components as reads and writes it.
import { ConversationStore } from '../conversation_store.svelte';
import type { Outcome } from '../presence_store.svelte';
import { SessionStore } from '../session_store.svelte';
import { kMe, shown, type Server } from './server';

type Problem = { type: string } | undefined;
const kLookMs = 3_000;
const kAgainMs = 10_000;

export class Tab {
  readonly session: SessionStore;
  readonly conversations: ConversationStore;
  ended: string | null = null;
  conversation: string | null = null;
  readonly watched = new Set<string>();
  readonly sets: { readonly note: string; outcome?: Outcome }[] = [];
  readonly pins: { readonly user: string; answer?: { readonly problem: Problem } }[] = [];
  readonly sent: { readonly conversation: string; readonly text: string }[] = [];
  opening = 0;
  #endWatch: (() => void) | undefined;
  #read = '';
  #again = false;

  constructor(
    private readonly server: Server,
    readonly name: string,
  ) {
    const signedIn = { user: server.self, permissions: server.permissions };
    this.session = new SessionStore(signedIn as never, (how) => (this.ended = how));
    this.conversations = new ConversationStore(this.session);
    setInterval(() => this.look(), kLookMs);
    setInterval(() => (this.#again = true), kAgainMs);
  }

  get link(): string {
    return this.session.live.state.link;
  }

  /** What the open conversation does by itself. */
  look(): void {
    const id = this.conversation;
    if (id === null || this.ended !== null) return;
    const { state } = this.conversations;
    const conversation = state.conversations.get(id);
    const thread = state.threads.get(id);
    const wanting = conversation !== undefined && (thread === undefined || thread.behind);
    const reads = wanting && (this.link === 'live' || this.link === 'connecting');
    const cause = `${id} ${wanting} ${this.link}`;
    if (reads && (cause !== this.#read || this.#again)) {
      this.#again = false;
      void this.conversations.load(id, 'newest');
    }
    this.#read = cause;
    const last = thread?.messages.at(-1);
    const unread = last !== undefined && last.from !== kMe && conversation?.read_up_to !== last.id;
    if (unread && thread?.behind === false && this.link === 'live') void this.conversations.markRead(id, last.id);
  }

  async open(user: string): Promise<void> {
    this.opening++;
    const answer = await this.conversations.open(user);
    this.opening--;
    if (!('problem' in answer) || answer.problem === undefined) this.conversation = answer.conversation.id;
  }

  watch(users: readonly string[]): void {
    this.#endWatch?.();
    this.#endWatch = this.session.live.watch('list', users);
    this.watched.clear();
    for (const each of users) this.watched.add(each);
  }

  send(text: string): void {
    if (this.conversation === null) return;
    this.sent.push({ conversation: this.conversation, text });
    this.conversations.send(this.conversation, text);
  }

  async show(status: string, note: string): Promise<void> {
    const set: Tab['sets'][number] = { note };
    this.sets.push(set);
    set.outcome = await this.session.live.set({ status_id: status, note });
  }

  async pin(user: string): Promise<void> {
    const pin: Tab['pins'][number] = { user };
    this.pins.push(pin);
    pin.answer = { problem: await this.session.changeFrom((self) => ({ pinned: [user, ...self.pinned] })) };
  }

  /** What the page shows and the server does not have, in the end. */
  differences(): string[] {
    const found: string[] = [];
    const same = (what: string, here: unknown, there: unknown) => {
      const [a, b] = [JSON.stringify(here), JSON.stringify(there)];
      if (a !== b) found.push(`${what}: the page has ${a}, the server ${b}`);
    };
    if (!this.server.signedIn) {
      if (this.ended !== 'ended') found.push('the end of the session: not said');
      return found;
    }
    const { state } = this.session.live;
    same('link', state.link, 'live');
    this.#compareBoard(same);
    same('statuses', sorted(state.statuses.values()), sorted(live(this.server.statuses)));
    same('people', sorted(state.people.values()), sorted(live(this.server.people)));
    same(
      'account',
      [this.session.self.version, this.session.self.pinned],
      [this.server.self.version, this.server.self.pinned],
    );
    same('rights', this.session.permissions, this.server.permissions);
    this.#compareTalks(same);
    this.#compareChanges(found);
    return found;
  }

  #compareBoard(same: (what: string, here: unknown, there: unknown) => void): void {
    const { state } = this.session.live;
    const brief = (entry?: { status: string; note: string | null } | null) => [entry?.status, entry?.note];
    same('own entry', brief(state.me), brief(this.server.entries.get(kMe)));
    for (const user of this.watched)
      same('board', brief(state.entries.get(user)), brief(this.server.entries.get(user)));
  }

  #compareTalks(same: (what: string, here: unknown, there: unknown) => void): void {
    const { state } = this.conversations;
    for (const talk of this.server.talks.values()) {
      if (talk.messages.length === 0) continue; // begun by somebody, and nothing said
      const { changed_at: _, ...there } = shown(talk) as { changed_at: string };
      const known = state.conversations.get(talk.id);
      const here = known === undefined ? undefined : { ...known, changed_at: undefined };
      same('conversation', here === undefined ? undefined : sorted([here]), sorted([there]));
    }
    if (this.conversation === null) return;
    const messages = this.server.talks.get(this.conversation)?.messages.map((each) => each.id) ?? [];
    const thread = state.threads.get(this.conversation);
    const ids = thread?.messages.map((each) => each.id) ?? [];
    same('thread', ids, messages.slice(messages.length - Math.max(ids.length, Math.min(messages.length, 1))));
    same('thread behind', thread?.behind, false);
    same('outgoing', state.outgoing.length, 0);
  }

  #compareChanges(found: string[]): void {
    for (const { note, outcome } of this.sets) {
      const made = this.server.notesSet.has(note);
      if (outcome === undefined) found.push('own status: no answer');
      else if ('entry' in outcome ? !made : made && isUndone(outcome.problem))
        found.push(`own status: ${made ? 'made and said not to be' : 'said to be made'}`);
    }
    for (const { user, answer } of this.pins) {
      const made = this.server.patches.some((each) => each.includes(user));
      const there = this.server.self.pinned.includes(user);
      if (answer === undefined) found.push('pin: no answer');
      else if (answer.problem === undefined && !there) found.push('pin: lost');
      else if (made && isUndone(answer.problem)) found.push('pin: made and said not to be');
    }
    for (const { conversation, text } of this.sent) {
      const times = this.server.talks.get(conversation)?.messages.filter((each) => each.text === text).length;
      if (times !== 1) found.push(`message: written ${times} times`);
    }
    const written = [...this.server.talks.values()].flatMap(({ id, messages }) =>
      messages.map((each) => `${id} ${each.text}`),
    );
    const places = this.sent.map(
      ({ conversation, text }) => [conversation, written.indexOf(`${conversation} ${text}`)] as const,
    );
    for (const [at, [conversation, place]] of places.entries()) {
      if (places.slice(0, at).some(([of, before]) => of === conversation && before > place))
        found.push('message: out of order');
    }
    if (this.opening > 0) found.push('opening: no answer');
  }
}

/** What a person reads as "Nothing was changed". */
function isUndone(problem: Problem): boolean {
  return problem?.type === '/problems/unavailable';
}

function sorted(items: Iterable<object>): string[] {
  return [...items]
    .map((each) => JSON.stringify(Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))))
    .sort();
}

function live(kept: ReadonlyMap<string, { readonly value: object | null }>): object[] {
  return [...kept.values()].flatMap(({ value }) => value ?? []);
}
