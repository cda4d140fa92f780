// One's conversations as one pure function: (state, event) => state. The server's list is the truth;
// frames are hints that arrive sooner. Message ids are opaque: order is the order of the server.

import type { Problem, Schemas } from '@pastille/client/http/client';
import type { Frame, Message } from '@pastille/client/live/frames';

export type Conversation = Readonly<Schemas['Conversation']>;

/** What is loaded of a conversation: the newest messages, oldest first. */
export interface Thread {
  readonly messages: readonly Message[];
  /** The cursor of the page before the first one; null at the very beginning. */
  readonly older: string | null;
  /** There are newer messages than these, or may be: load the newest page again. */
  readonly behind: boolean;
  /** So many, from the first on, have none missing between them. Behind them stands what came after a gap,
   *  and what one has written oneself, whose answer may come before the frames of earlier messages. */
  readonly sure: number;
}

/** A message on its way. It stays until the server has it or its writer drops it. */
export interface Outgoing {
  /** The Idempotency-Key: however often it is sent, it is written once. */
  readonly key: string;
  readonly conversation: string;
  readonly text: string;
  readonly at: string;
  /** waiting: sent again as soon as the server can be reached. refused: only the writer can help. */
  readonly state: 'sending' | 'waiting' | 'refused';
  readonly problem: Problem | null;
  /** The message that it has become, seen before the answer came; it is not shown twice. */
  readonly arrived: string | null;
}

export interface ConversationsState {
  readonly me: string;
  readonly loaded: boolean;
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly threads: ReadonlyMap<string, Thread>;
  readonly outgoing: readonly Outgoing[];
}

export type ConversationsEvent =
  | Extract<Frame, { is: 'message' | 'read' }>
  /** Frames may have been missed. */
  | { is: 'missed' }
  | { is: 'listed'; items: readonly Conversation[]; complete: boolean }
  | { is: 'conversation'; conversation: Conversation }
  /** items newest first, as they come; from: the cursor asked with, null for the newest page.
   *  since: what came while it was under way. */
  | {
      is: 'page';
      conversation: string;
      items: readonly Message[];
      next: string | null;
      from: string | null;
      since: readonly Message[];
    }
  | { is: 'sending'; outgoing: Outgoing }
  | { is: 'again'; key: string; newKey: string }
  | { is: 'sent'; key: string; message: Message }
  | { is: 'not-sent'; key: string; problem: Problem; again: boolean }
  | { is: 'dropped'; key: string };

export const noConversations = (me: string): ConversationsState => ({
  me,
  loaded: false,
  conversations: new Map(),
  threads: new Map(),
  outgoing: [],
});

export function reduceConversations(state: ConversationsState, event: ConversationsEvent): ConversationsState {
  switch (event.is) {
    case 'listed':
      return { ...event.items.reduce(put, state), loaded: state.loaded || event.complete };
    case 'conversation':
      return put(state, event.conversation);
    case 'message':
      return arrive(state, event.message, heard);
    case 'read':
      return read(state, event.conversation, event.user, event.up_to);
    case 'missed':
      return { ...state, threads: new Map([...state.threads].map(([id, thread]) => [id, behind(thread)])) };
    case 'page':
      if (event.from === null)
        return withThread(state, event.conversation, newest(state.threads.get(event.conversation), event));
      return earlier(state, event);
    case 'sending':
      return { ...state, outgoing: [...state.outgoing, event.outgoing] };
    case 'again':
      return {
        ...state,
        outgoing: state.outgoing.map((each) =>
          each.key === event.key ? { ...each, key: event.newKey, state: 'sending', problem: null } : each,
        ),
      };
    case 'sent':
      return arrive(
        { ...state, outgoing: state.outgoing.filter((each) => each.key !== event.key) },
        event.message,
        answered,
      );
    case 'not-sent':
      return {
        ...state,
        outgoing: state.outgoing.map((each) =>
          each.key !== event.key
            ? each
            : { ...each, state: event.again ? 'waiting' : 'refused', problem: event.problem, arrived: null },
        ),
      };
    case 'dropped':
      return { ...state, outgoing: state.outgoing.filter((each) => each.key !== event.key) };
  }
}

export function totalUnread(state: ConversationsState): number {
  let total = 0;
  for (const each of state.conversations.values()) total += each.unread;
  return total;
}

export function conversationWith(state: ConversationsState, user: string): Conversation | undefined {
  for (const each of state.conversations.values()) if (each.with === user) return each;
  return undefined;
}

/** A text as the server will keep it: composed, trimmed, line feeds only, no controls and noncharacters. */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]|\p{NChar}/gu, '')
    .normalize('NFC')
    .trim();
}

/** An answer that was on its way while newer news came by a frame does not undo them. */
function put(state: ConversationsState, item: Conversation): ConversationsState {
  const before = state.conversations.get(item.id);
  if (before !== undefined && before.changed_at > item.changed_at) return state;
  const after = withConversation(state, item);
  const thread = state.threads.get(item.id);
  const last = item.last_message;
  if (thread === undefined || last === null || thread.messages.some((each) => each.id === last.id)) return after;
  return withThread(after, item.id, behind(thread));
}

function arrive(
  state: ConversationsState,
  message: Message,
  into: (thread: Thread, message: Message) => Thread,
): ConversationsState {
  const mine = message.from === state.me;
  let after = state;
  const conversation = state.conversations.get(message.conversation);
  const last = conversation?.last_message ?? null;
  if (conversation !== undefined && last?.id !== message.id && (last === null || last.at <= message.at)) {
    after = withConversation(after, {
      ...conversation,
      last_message: message,
      unread: mine ? 0 : conversation.unread + 1,
      // Writing reads.
      ...(mine ? { read_up_to: message.id } : { partner_read_up_to: message.id }),
      changed_at: conversation.changed_at > message.at ? conversation.changed_at : message.at,
    });
  }
  const thread = after.threads.get(message.conversation);
  if (thread !== undefined) after = withThread(after, message.conversation, into(thread, message));
  if (!mine) return after;
  const same = after.outgoing.find(
    (each) =>
      each.conversation === message.conversation &&
      each.arrived === null &&
      each.state === 'sending' &&
      tidyText(each.text) === message.text,
  );
  if (same === undefined) return after;
  return {
    ...after,
    outgoing: after.outgoing.map((each) => (each === same ? { ...each, arrived: message.id } : each)),
  };
}

function read(state: ConversationsState, id: string, user: string, upTo: string): ConversationsState {
  const conversation = state.conversations.get(id);
  if (conversation === undefined) return state;
  if (user !== state.me) return withConversation(state, { ...conversation, partner_read_up_to: upTo });
  return withConversation(state, {
    ...conversation,
    read_up_to: upTo,
    unread: conversation.last_message?.id === upTo ? 0 : conversation.unread,
  });
}

type Page = Extract<ConversationsEvent, { is: 'page' }>;

function behind(thread: Thread): Thread {
  return thread.behind ? thread : { ...thread, behind: true };
}

const endOf = (messages: readonly Message[]): string => messages.at(-1)?.at ?? '';

/** Frames come in the server's order. One of what a page has, or of what stands before it, says nothing new. */
function heard(thread: Thread, message: Message): Thread {
  const { messages, sure } = thread;
  const place = messages.findIndex((each) => each.id === message.id);
  if (place >= 0 && place < sure) return thread;
  if (thread.behind) return answered(thread, message);
  const known = messages.slice(0, sure);
  if (message.at < endOf(known)) return thread;
  if (message.at === endOf(known) && place < 0) return behind(thread); // of one instant: only the server knows the order
  const after = messages.slice(sure).filter((each) => each.id !== message.id);
  return { ...thread, messages: [...known, message, ...after], sure: sure + 1 };
}

function answered(thread: Thread, message: Message): Thread {
  const { messages, sure } = thread;
  if (messages.some((each) => each.id === message.id) || message.at < endOf(messages.slice(0, sure))) return thread;
  const after = [...messages.slice(sure), message].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { ...thread, messages: [...messages.slice(0, sure), ...after] };
}

/** The newest page joins what was loaded without a gap where they overlap; otherwise it replaces it. */
function newest(before: Thread | undefined, { items, next, since }: Page): Thread {
  const page = [...items].reverse();
  const ids = new Set(page.map((each) => each.id));
  const known = before?.messages.slice(0, before.sure) ?? [];
  const first = known.findIndex((each) => ids.has(each.id));
  const joins = before !== undefined && first >= 0;
  const sure = joins
    ? [...known.slice(0, first), ...page, ...known.slice(known.findLastIndex((each) => ids.has(each.id)) + 1)]
    : page;
  const after = before?.messages.slice(before.sure).filter(({ id, at }) => !ids.has(id) && at > endOf(sure)) ?? [];
  const thread = {
    messages: [...sure, ...after],
    older: joins ? before.older : next,
    behind: false,
    sure: sure.length,
  };
  return since.reduce(heard, thread);
}

/** A page that does not stand before the thread any more, as it has begun anew meanwhile, is not taken. */
function earlier(state: ConversationsState, { conversation, items, next, from }: Page): ConversationsState {
  const before = state.threads.get(conversation);
  if (before?.older !== from) return state;
  const ids = new Set(before.messages.map((each) => each.id));
  const more = [...items].reverse().filter((each) => !ids.has(each.id));
  return withThread(state, conversation, {
    ...before,
    messages: [...more, ...before.messages],
    older: next,
    sure: before.sure + more.length,
  });
}

function withConversation(state: ConversationsState, conversation: Conversation): ConversationsState {
  return { ...state, conversations: new Map(state.conversations).set(conversation.id, conversation) };
}

function withThread(state: ConversationsState, id: string, thread: Thread): ConversationsState {
  return { ...state, threads: new Map(state.threads).set(id, thread) };
}
