// One's conversations, for components: what is known, and writing, reading, loading. One a page.
// Texts that the server has not taken yet outlive a reload of the page; nothing written is lost.

import { getContext, setContext } from 'svelte';
import { api, ask, type Problem } from '../api/client';
import type { Frame } from './frames';
import { conversationWith, emptyMailbox, reduceMailbox, tidyText, totalUnread, type Conversation, type MailboxEvent, type Outgoing } from './mailbox';
import { forgetOthersTexts, keptTexts, keepTexts } from './unsent';
import type { Workplace } from './workplace.svelte';

const kPage = 50;
const kListPage = 200;
const kSendAgainMs = 5_000;

export class Mailbox {
  state = $state.raw(emptyMailbox(''));
  readonly unread = $derived(totalUnread(this.state));
  #drafts: Map<string, string>;
  #changedAfter: string | null = null;
  #listing = false;
  #listAgain = false;
  #loading = new Set<string>();
  #marking = new Map<string, string>();
  #sending = new Set<string>();
  #sendAgain: ReturnType<typeof setTimeout> | undefined;

  constructor(workplace: Workplace) {
    const me = workplace.self.id;
    forgetOthersTexts(me);
    const kept = keptTexts(me);
    this.#drafts = new Map(kept.drafts);
    this.state = { ...emptyMailbox(me), outgoing: kept.outgoing };
    $effect(() => {
      const end = workplace.live.listen((frame) => this.#frame(frame));
      return () => {
        end();
        clearTimeout(this.#sendAgain);
      };
    });
  }

  /** The conversation with a person, begun when there is none yet. */
  async open(user: string): Promise<{ conversation: Conversation; problem?: undefined } | { problem: Problem }> {
    const known = conversationWith(this.state, user);
    if (known !== undefined) return { conversation: known };
    const answer = await ask(api.POST('/conversations', { body: { with: user } }));
    if (answer.problem !== undefined) return { problem: answer.problem };
    this.#apply({ is: 'conversation', conversation: answer.data });
    return { conversation: answer.data };
  }

  /** Loads the newest messages, or those before the first loaded one. One request of each at a time. */
  async load(conversation: string, which: 'newest' | 'older'): Promise<Problem | undefined> {
    const from = which === 'older' ? this.state.threads.get(conversation)?.older ?? null : null;
    const asking = `${conversation} ${which}`;
    if ((which === 'older' && from === null) || this.#loading.has(asking)) return undefined;
    this.#loading.add(asking);
    const answer = await ask(api.GET('/conversations/{id}/messages', {
      params: { path: { id: conversation }, query: { limit: kPage, ...(from === null ? {} : { cursor: from }) } },
    }));
    this.#loading.delete(asking);
    if (answer.problem !== undefined) return answer.problem;
    this.#apply({ is: 'page', conversation, items: answer.data.items, next: answer.data.next, from });
    return undefined;
  }

  send(conversation: string, text: string): void {
    const outgoing: Outgoing = {
      key: drawKey(), conversation, text: tidyText(text), at: new Date().toISOString(), state: 'sending', problem: null, arrived: null,
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
    if (this.#marking.get(conversation) === upTo) return;
    this.#marking.set(conversation, upTo);
    const answer = await ask(api.PUT('/conversations/{id}/read', { params: { path: { id: conversation } }, body: { up_to: upTo } }));
    this.#marking.delete(conversation);
    if (answer.data !== undefined) this.#apply({ is: 'conversation', conversation: answer.data });
  }

  draft(conversation: string): string {
    return this.#drafts.get(conversation) ?? '';
  }

  keepDraft(conversation: string, text: string): void {
    if (text === '') this.#drafts.delete(conversation);
    else this.#drafts.set(conversation, text);
    this.#keep();
  }

  #apply(event: MailboxEvent): void {
    this.state = reduceMailbox(this.state, event);
  }

  #keep(): void {
    keepTexts(this.state.me, { drafts: [...this.#drafts], outgoing: this.state.outgoing });
  }

  #frame(frame: Frame): void {
    if (frame.is === 'ready' || frame.is === 'fresh') this.#sendAll();
    if (frame.is === 'ready' || frame.is === 'conversations') void this.#list();
    if (frame.is !== 'message' && frame.is !== 'read') return;
    this.#apply(frame);
    const id = frame.is === 'message' ? frame.message.conversation : frame.conversation;
    if (!this.state.conversations.has(id)) void this.#list();
    // What is being listed may be older than this frame.
    else if (this.#listing) this.#listAgain = true;
  }

  /** All that changed since the last time; one list at a time, once more when something came in between. */
  async #list(): Promise<void> {
    if (this.#listing) {
      this.#listAgain = true;
      return;
    }
    this.#listing = true;
    const changed_after = this.#changedAfter;
    let cursor: string | null = null;
    let newest = changed_after;
    do {
      const query: { limit: number; changed_after?: string; cursor?: string } = { limit: kListPage };
      if (changed_after !== null) query.changed_after = changed_after;
      if (cursor !== null) query.cursor = cursor;
      const answer = await ask(api.GET('/conversations', { params: { query } }));
      if (answer.problem !== undefined) {
        // Nothing is skipped: the next `ready` asks from the same instant.
        newest = changed_after;
        break;
      }
      const { items, next } = answer.data;
      for (const each of items) if (newest === null || each.changed_at > newest) newest = each.changed_at;
      cursor = next;
      this.#apply({ is: 'listed', items, complete: next === null });
    } while (cursor !== null);
    this.#changedAfter = newest;
    this.#listing = false;
    if (this.#listAgain) {
      this.#listAgain = false;
      void this.#list();
    }
  }

  #sendAll(): void {
    for (const id of new Set(this.state.outgoing.map((each) => each.conversation))) void this.#sendNext(id);
  }

  /** One after the other within a conversation, so that they keep their order. */
  async #sendNext(conversation: string): Promise<void> {
    this.#keep();
    if (this.#sending.has(conversation)) return;
    this.#sending.add(conversation);
    let next: Outgoing | undefined;
    while ((next = this.state.outgoing.find((each) => each.conversation === conversation && each.state !== 'refused'))) {
      const answer = await ask(api.POST('/conversations/{id}/messages', {
        params: { path: { id: conversation }, header: { 'Idempotency-Key': next.key } }, body: { text: next.text },
      }));
      if (answer.problem === undefined) {
        this.#apply({ is: 'sent', key: next.key, message: answer.data });
      } else {
        const again = passes(answer.problem.status);
        this.#apply({ is: 'not-sent', key: next.key, problem: answer.problem, again });
        if (again) {
          clearTimeout(this.#sendAgain);
          this.#sendAgain = setTimeout(() => this.#sendAll(), kSendAgainMs);
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

/** randomUUID() exists only under TLS or on localhost. */
function drawKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const kContext = Symbol('mailbox');
export const provideMailbox = (mailbox: Mailbox): Mailbox => setContext(kContext, mailbox);
export const useMailbox = (): Mailbox => getContext<Mailbox>(kContext);
