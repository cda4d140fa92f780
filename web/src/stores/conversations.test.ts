import { describe, expect, it } from 'vitest';
import { unreachable } from '@pastille/client/http/client';
import type { Message } from '@pastille/client/live/frames';
import {
  conversationWith,
  noConversations,
  reduceConversations,
  tidyText,
  totalUnread,
  type Conversation,
  type ConversationsEvent,
  type ConversationsState,
  type Outgoing,
} from './conversations';

const me = 'u1';
const partner = 'u2';
const at = (minute: number) => `2026-01-01T08:${String(minute).padStart(2, '0')}:00.000Z`;
const message = (id: string, minute: number, from = partner, text = id): Message => ({
  id,
  conversation: 'c1',
  from,
  text,
  at: at(minute),
});
const conversation = (more: Partial<Conversation> = {}): Conversation => ({
  id: 'c1',
  with: partner,
  last_message: null,
  unread: 0,
  read_up_to: null,
  partner_read_up_to: null,
  changed_at: at(0),
  ...more,
});
const outgoing = (key: string, text = key): Outgoing => ({
  key,
  conversation: 'c1',
  text,
  at: at(1),
  state: 'sending',
  problem: null,
  arrived: null,
});
const listed = (...items: Conversation[]): ConversationsEvent => ({ is: 'listed', items, complete: true });
const run = (events: ConversationsEvent[], from: ConversationsState = noConversations(me)) =>
  events.reduce(reduceConversations, from);
const page = (
  items: Message[],
  next: string | null = null,
  from: string | null = null,
  since: Message[] = [],
): ConversationsEvent => ({ is: 'page', conversation: 'c1', items, next, from, since });
const ids = (state: ConversationsState) => state.threads.get('c1')?.messages.map((each) => each.id);

describe('unread messages', () => {
  it('count what the partner writes, once however often it is told', () => {
    const hello: ConversationsEvent = { is: 'message', message: message('m1', 1) };
    const state = run([listed(conversation()), hello, hello, { is: 'message', message: message('m2', 2) }]);
    expect(totalUnread(state)).toBe(2);
    expect(conversationWith(state, partner)?.last_message?.id).toBe('m2');
  });

  it('are not counted again when the list came before the frame', () => {
    const known = conversation({ unread: 2, last_message: message('m2', 2), changed_at: at(2) });
    const state = run([
      listed(known),
      { is: 'message', message: message('m1', 1) },
      { is: 'message', message: message('m2', 2) },
    ]);
    expect(totalUnread(state)).toBe(2);
  });

  it('end when one reads the last one on another device, and stay when one reads a part', () => {
    const known = conversation({ unread: 2, last_message: message('m2', 2), changed_at: at(2) });
    expect(totalUnread(run([listed(known), { is: 'read', conversation: 'c1', user: me, up_to: 'm1' }]))).toBe(2);
    expect(totalUnread(run([listed(known), { is: 'read', conversation: 'c1', user: me, up_to: 'm2' }]))).toBe(0);
  });

  it('end when one answers', () => {
    const state = run([
      listed(conversation({ unread: 1, last_message: message('m1', 1) })),
      { is: 'message', message: message('m2', 2, me) },
    ]);
    expect(totalUnread(state)).toBe(0);
    expect(conversationWith(state, partner)?.read_up_to).toBe('m2');
  });

  it('are not undone by an answer that is older than the last frame', () => {
    const state = run([
      listed(conversation()),
      { is: 'message', message: message('m1', 5) },
      { is: 'conversation', conversation: conversation({ changed_at: at(4) }) },
    ]);
    expect(totalUnread(state)).toBe(1);
  });
});

describe("the partner's read mark", () => {
  it('follows what they read and what they write', () => {
    let state = run([listed(conversation()), { is: 'read', conversation: 'c1', user: partner, up_to: 'm1' }]);
    expect(conversationWith(state, partner)?.partner_read_up_to).toBe('m1');
    state = run([{ is: 'message', message: message('m2', 2) }], state);
    expect(conversationWith(state, partner)?.partner_read_up_to).toBe('m2');
  });
});

describe('a thread', () => {
  it('is loaded backwards in pages and grows with each message', () => {
    const state = run([
      listed(conversation()),
      page([message('m4', 4), message('m3', 3)], 'earlier'),
      { is: 'message', message: message('m5', 5) },
      page([message('m2', 2), message('m1', 1)], null, 'earlier'),
    ]);
    expect(ids(state)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(state.threads.get('c1')?.older).toBeNull();
  });

  it('joins the newest page where it overlaps and keeps what came meanwhile', () => {
    const state = run([
      listed(conversation()),
      page([message('m2', 2), message('m1', 1)], 'earlier'),
      { is: 'message', message: message('m4', 4) },
      page([message('m3', 3), message('m2', 2)], 'other'),
    ]);
    expect(ids(state)).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(state.threads.get('c1')?.older).toBe('earlier');
  });

  it('begins anew when more came than a page holds, rather than hide a gap', () => {
    const state = run([
      listed(conversation()),
      page([message('m1', 1)]),
      page([message('m9', 9), message('m8', 8)], 'earlier'),
    ]);
    expect(ids(state)).toEqual(['m8', 'm9']);
    expect(state.threads.get('c1')?.older).toBe('earlier');
  });

  it('refuses an earlier page that does not stand before it any more', () => {
    const state = run([
      listed(conversation()),
      page([message('m5', 5)], 'before5'),
      page([message('m9', 9)], 'before9'),
      page([message('m4', 4)], null, 'before5'),
    ]);
    expect(ids(state)).toEqual(['m9']);
  });

  it('knows that it is behind when the list names a message that it has not', () => {
    const behind = run([
      listed(conversation()),
      page([message('m1', 1)]),
      listed(conversation({ last_message: message('m7', 7), changed_at: at(7) })),
    ]);
    expect(behind.threads.get('c1')?.behind).toBe(true);
    expect(run([page([message('m7', 7), message('m1', 1)])], behind).threads.get('c1')?.behind).toBe(false);
  });
});

describe('a thread after frames may have been missed', () => {
  const known = run([listed(conversation()), page([message('m2', 2), message('m1', 1)], 'before1')]);
  const missed: ConversationsEvent = { is: 'missed' };
  const later: ConversationsEvent = { is: 'message', message: message('m9', 9) };

  it('is behind until it has been read again, whatever arrives and is listed before', () => {
    let state = run([missed, later, { is: 'sent', key: 'k', message: message('m10', 10, me) }], known);
    state = run([listed(conversation({ last_message: message('m10', 10, me), changed_at: at(10) }))], state);
    expect(state.threads.get('c1')?.behind).toBe(true);
    state = run(
      [page([message('m10', 10, me), message('m9', 9), message('m3', 3), message('m2', 2)], 'before2')],
      state,
    );
    expect(state.threads.get('c1')?.behind).toBe(false);
    expect(ids(state)).toEqual(['m1', 'm2', 'm3', 'm9', 'm10']);
  });

  it('does not take what came after the gap for what stood before it', () => {
    const state = run([missed, later, page([message('m9', 9), message('m8', 8)], 'before8')], known);
    expect(ids(state)).toEqual(['m8', 'm9']);
    expect(state.threads.get('c1')?.older).toBe('before8');
  });

  it('has what came while it was read for the first time', () => {
    const state = run([listed(conversation()), later, page([message('m1', 1)], null, null, [message('m9', 9)])]);
    expect(ids(state)).toEqual(['m1', 'm9']);
  });
});

describe('writing', () => {
  const begun = run([listed(conversation()), page([])]);

  it('shows a message once, whether the answer or the frame comes first', () => {
    const written = message('m1', 1, me, 'hello');
    const frame: ConversationsEvent = { is: 'message', message: written };
    const answer: ConversationsEvent = { is: 'sent', key: 'k1', message: written };
    for (const order of [
      [frame, answer],
      [answer, frame],
    ]) {
      const start = run([{ is: 'sending', outgoing: outgoing('k1', ' hello ') }], begun);
      const state = run(order, start);
      expect(ids(state)).toEqual(['m1']);
      expect(state.outgoing).toEqual([]);
    }
    const between = run([{ is: 'sending', outgoing: outgoing('k1', 'hello') }, frame], begun);
    expect(between.outgoing.filter((each) => each.arrived === null)).toEqual([]);
  });

  it('keeps what did not get through until it is sent or dropped', () => {
    let state = run(
      [
        { is: 'sending', outgoing: outgoing('k1') },
        { is: 'not-sent', key: 'k1', problem: unreachable, again: true },
      ],
      begun,
    );
    expect(state.outgoing).toMatchObject([{ key: 'k1', state: 'waiting', problem: unreachable }]);
    state = run([{ is: 'not-sent', key: 'k1', problem: unreachable, again: false }], state);
    expect(state.outgoing).toMatchObject([{ state: 'refused' }]);
    expect(run([{ is: 'dropped', key: 'k1' }], state).outgoing).toEqual([]);
  });

  it('shows one again that seemed to have arrived and had not', () => {
    const state = run(
      [
        { is: 'sending', outgoing: outgoing('k1', 'ok') },
        { is: 'message', message: message('m1', 1, me, 'ok') },
        { is: 'not-sent', key: 'k1', problem: unreachable, again: true },
      ],
      begun,
    );
    expect(state.outgoing).toMatchObject([{ key: 'k1', arrived: null }]);
  });

  it('sends again in its old place', () => {
    const state = run(
      [
        { is: 'sending', outgoing: outgoing('k1') },
        { is: 'sending', outgoing: outgoing('k2') },
        { is: 'not-sent', key: 'k1', problem: unreachable, again: false },
        { is: 'again', key: 'k1', newKey: 'k3' },
      ],
      begun,
    );
    expect(state.outgoing.map((each) => [each.key, each.state])).toEqual([
      ['k3', 'sending'],
      ['k2', 'sending'],
    ]);
  });

  it('tidies a text as the server does', () => {
    expect(tidyText('  a\r\nb\rc\u0007\td e\u0301 \n')).toBe('a\nb\nc\td \u00e9');
  });
});

it('never changes the state that it was given', () => {
  const state = Object.freeze(run([listed(conversation()), page([message('m1', 1)])]));
  const threads = new Map(state.threads);
  run([{ is: 'message', message: message('m2', 2) }], state);
  expect(state.threads).toEqual(threads);
});
