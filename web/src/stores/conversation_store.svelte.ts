// One's conversations, for components: what is known, and writing, reading, loading. One a page.
// Texts that the server has not taken yet outlive a reload of the page; nothing written is lost.

import { getContext, setContext } from 'svelte';
import { api, ask, type Problem, type Told } from '@pastille/client/http/client';
import { drawKey } from '@pastille/client/http/request';
import { clock } from '../i18n/clock.svelte';
import type { Frame, Message } from '@pastille/client/live/frames';
import {
  conversationWith,
  noConversations,
  reduceConversations,
  tidyText,
  totalUnread,
  type Conversation,
  type ConversationsEvent,
  type Outgoing,
} from './conversations';
import { QueryCore } from '../app/query/query_core';
import { forgetOthersTexts, loadTexts, saveTexts } from './unsent_texts';
import type { SessionStore } from './session_store.svelte';

const kPage = 50;
const kListPage = 200;
const kAgainMs = 5_000;

export class ConversationStore {
  state = $state.raw(noConversations(''));
  readonly unread = $derived(totalUnread(this.state));
  #drafts: Map<string, string>;
  #epoch: string | null = null;
  #changedAfter: string | null = null;
  /** Of what changed since then something may have been counted wrongly. */
  #unsureSince: { readonly at: string } | null = null;
  /** All that changed since the last time. Without the link it is not worth asking again: the next `ready` does. */
  readonly #list = new QueryCore<true>(
    { data: null, problem: null, busy: false },
    { read: (signal) => this.#readList(signal), retries: () => this.session.live.state.link === 'live' },
  );
  /** Pages under way, with what came meanwhile. */
  #loading = new Map<string, Message[]>();
  #marks = new Map<string, string>();
  #marking = new Set<string>();
  #sending = new Set<string>();
  #again: ReturnType<typeof setTimeout> | undefined;
  /** Of what was asked since the last `ready`; what was asked before may never be answered. */
  #era = new AbortController();
  /** How often frames may have been missed, and how many came. */
  #missed = 0;
  #heard = 0;
  readonly #end: () => void;

  constructor(private readonly session: Pick<SessionStore, 'self' | 'live'>) {
    const me = session.self.id;
    forgetOthersTexts(me);
    const kept = loadTexts(me);
    this.#drafts = new Map(kept.drafts);
    this.state = { ...noConversations(me), outgoing: kept.outgoing };
    this.#end = session.live.listen((frame) => this.#frame(frame));
  }

  close(): void {
    this.#end();
    this.#list.stop();
    clearTimeout(this.#again);
  }

  /** The conversation with a person, begun when there is none yet. */
  async open(user: string): Promise<{ conversation: Conversation; problem?: undefined } | { problem: Problem }> {
    const known = conversationWith(this.state, user);
    if (known !== undefined) return { conversation: known };
    const heard = this.#heard;
    const answer = await ask(api.POST('/conversations', { body: { with: user } }));
    if (answer.problem !== undefined) return { problem: answer.problem };
    this.#take(answer.data, heard);
    return { conversation: answer.data };
  }

  /** Loads the newest messages, or those before the first loaded one. One request of each at a time. */
  async load(conversation: string, which: 'newest' | 'older'): Promise<Problem | undefined> {
    const from = which === 'older' ? (this.state.threads.get(conversation)?.older ?? null) : null;
    const asking = `${conversation} ${which}`;
    if ((which === 'older' && from === null) || this.#loading.has(asking)) return undefined;
    for (;;) {
      const since: Message[] = [];
      this.#loading.set(asking, since);
      const missed = this.#missed;
      const answer = await ask(
        api.GET('/conversations/{id}/messages', {
          params: { path: { id: conversation }, query: { limit: kPage, ...(from === null ? {} : { cursor: from }) } },
          signal: this.#era.signal,
        }),
      );
      if (missed !== this.#missed) continue; // this one may have a gap after it
      this.#loading.delete(asking);
      if (answer.problem !== undefined) return answer.problem;
      this.#apply({ is: 'page', conversation, items: answer.data.items, next: answer.data.next, from, since });
      return undefined;
    }
  }

  send(conversation: string, text: string): void {
    const outgoing: Outgoing = {
      key: drawKey(),
      conversation,
      text: tidyText(text),
      at: clock.now.toISOString(),
      state: 'sending',
      problem: null,
      arrived: null,
    };
    this.#apply({ is: 'sending', outgoing });
    this.keepDraft(conversation, '');
    void this.#sendNext(conversation);
  }

  /** Sends one that did not get through once more. */
  retry(outgoing: Outgoing): void {
    // A refusal may be remembered under its key; one that may have been written keeps it.
    this.#apply({ is: 'again', key: outgoing.key, newKey: outgoing.state === 'refused' ? drawKey() : outgoing.key });
    void this.#sendNext(outgoing.conversation);
  }

  drop(key: string): void {
    this.#apply({ is: 'dropped', key });
    this.#keep();
  }

  async markRead(conversation: string, upTo: string): Promise<void> {
    this.#marks.set(conversation, upTo);
    if (this.#marking.has(conversation)) return;
    this.#marking.add(conversation);
    let mark: string | undefined;
    while ((mark = this.#marks.get(conversation)) !== undefined) {
      const { signal } = this.#era;
      const heard = this.#heard;
      const answer = await ask(
        api.PUT('/conversations/{id}/read', { params: { path: { id: conversation } }, body: { up_to: mark }, signal }),
      );
      if (answer.data !== undefined) this.#take(answer.data, heard);
      else if (signal.aborted) continue;
      else if (passes(answer.problem.status)) {
        this.#later();
        break;
      }
      if (this.#marks.get(conversation) === mark) this.#marks.delete(conversation);
    }
    this.#marking.delete(conversation);
  }

  draft(conversation: string): string {
    return this.#drafts.get(conversation) ?? '';
  }

  keepDraft(conversation: string, text: string): void {
    if (text === '') this.#drafts.delete(conversation);
    else this.#drafts.set(conversation, text);
    this.#keep();
  }

  #apply(event: ConversationsEvent): void {
    this.state = reduceConversations(this.state, event);
  }

  #keep(): void {
    saveTexts(this.state.me, { drafts: [...this.#drafts], outgoing: this.state.outgoing });
  }

  /** Of an answer that was under way while frames came nobody knows which is newer. */
  #take(conversation: Conversation, heard: number): void {
    const overtaken = heard !== this.#heard || this.#isOvertaken(conversation);
    this.#apply({ is: 'conversation', conversation });
    if (overtaken) this.#listSince(conversation.changed_at);
  }

  /** A later message of it is known already; this one is not taken then, and may have told something else. */
  #isOvertaken({ id, changed_at }: Conversation): boolean {
    return (this.state.conversations.get(id)?.changed_at ?? '') > changed_at;
  }

  #frame(frame: Frame): void {
    if (frame.is === 'ready' || frame.is === 'conversations') {
      this.#missed++;
      this.#apply({ is: 'missed' });
    }
    if (frame.is === 'ready') {
      // Another store knows another past.
      if (this.#epoch !== frame.epoch && !frame.resumed) this.#changedAfter = null;
      this.#epoch = frame.epoch;
      this.#era.abort();
      this.#era = new AbortController();
    }
    if (frame.is === 'ready') void this.#list.reload();
    if (frame.is === 'conversations') this.#list.refresh();
    if (frame.is === 'ready' || frame.is === 'fresh') this.#goOn();
    if (frame.is !== 'message' && frame.is !== 'read') return;
    this.#heard++;
    const id = frame.is === 'message' ? frame.message.conversation : frame.conversation;
    const known = this.state.conversations.get(id);
    // What is being listed may be older than this frame; and one that is not about the last message has been
    // overtaken by an answer, which may count it or not.
    const at = frame.is === 'message' ? frame.message.at : (known?.changed_at ?? '');
    const last = known?.last_message;
    const overtaken =
      frame.is === 'message' ? last != null && last.at >= at && last.id !== frame.message.id : last?.id !== frame.up_to;
    const unsure = known === undefined || this.#list.state.busy || overtaken;
    if (frame.is === 'message') this.#loading.get(`${id} newest`)?.push(frame.message);
    this.#apply(frame);
    if (unsure) this.#listSince(at);
  }

  #listSince(at: string): void {
    this.#unsureSince = { at: earlier(this.#unsureSince?.at ?? null, at) };
    this.#list.refresh();
  }

  async #readList(signal: AbortSignal): Promise<Told<true>> {
    const unsure = this.#unsureSince;
    const changed_after = this.#changedAfter === null ? null : earlier(unsure?.at ?? null, this.#changedAfter);
    let cursor: string | null = null;
    let newest = changed_after;
    do {
      const query: { limit: number; changed_after?: string; cursor?: string } = { limit: kListPage };
      if (changed_after !== null) query.changed_after = changed_after;
      if (cursor !== null) query.cursor = cursor;
      const answer = await ask(api.GET('/conversations', { params: { query }, signal }));
      // Nothing is skipped: the next time asks from the same instant, at the latest after the next `ready`.
      if (answer.problem !== undefined) return answer;
      const { items, next } = answer.data;
      for (const each of items) {
        if (newest === null || each.changed_at > newest) newest = each.changed_at;
        if (this.#isOvertaken(each)) this.#listSince(each.changed_at);
      }
      cursor = next;
      this.#apply({ is: 'listed', items, complete: next === null });
    } while (cursor !== null);
    if (signal.aborted) return { data: true };
    this.#changedAfter = newest;
    if (this.#unsureSince === unsure) this.#unsureSince = null; // else there is more, which is read next
    return { data: true };
  }

  #later(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#goOn(), kAgainMs);
  }

  /** What could not be sent or marked. */
  #goOn(): void {
    for (const id of new Set(this.state.outgoing.map((each) => each.conversation))) void this.#sendNext(id);
    for (const [id, mark] of [...this.#marks]) void this.markRead(id, mark);
  }

  /** One after the other within a conversation, so that they keep their order. */
  async #sendNext(conversation: string): Promise<void> {
    this.#keep();
    if (this.#sending.has(conversation)) return;
    this.#sending.add(conversation);
    let next: Outgoing | undefined;
    while (
      (next = this.state.outgoing.find((each) => each.conversation === conversation && each.state !== 'refused'))
    ) {
      const { signal } = this.#era;
      const answer = await ask(
        api.POST('/conversations/{id}/messages', {
          params: { path: { id: conversation }, header: { 'Idempotency-Key': next.key } },
          body: { text: next.text },
          signal,
        }),
      );
      if (answer.problem === undefined) {
        this.#apply({ is: 'sent', key: next.key, message: answer.data });
      } else {
        const again = passes(answer.problem.status);
        this.#apply({ is: 'not-sent', key: next.key, problem: answer.problem, again });
        if (again && !signal.aborted) {
          this.#later();
          break;
        }
      }
      this.#keep();
    }
    this.#sending.delete(conversation);
  }
}

/** A fault that goes away by itself: no network, a server that restarts, a session to sign in to again. */
function passes(status: number): boolean {
  return status >= 500 || status === 429 || status === 401;
}

function earlier(one: string | null, other: string): string {
  return one !== null && one < other ? one : other;
}

const kContext = Symbol('conversations');
export const provideConversations = (conversations: ConversationStore): ConversationStore =>
  setContext(kContext, conversations);
export const useConversations = (): ConversationStore => getContext<ConversationStore>(kContext);
