import { describe, expect, it } from 'vitest';
import type { Entry, Status } from '@pastille/client/live/frames';
import { noticeOf, type Shown } from './ended';

const status = (id: string, type: Status['type'], system: boolean): Status => ({
  id,
  name: id,
  names: {},
  type,
  system,
  tags: [],
  icon: null,
  position: 0,
  default_duration_s: null,
});
const coffee = status('coffee', 'absent', false);
const statuses = new Map(
  [coffee, status('s1', 'connected', true), status('s2', 'absent', true), status('oncall', 'connected', false)].map(
    (each) => [each.id, each],
  ),
);
const without = new Map([...statuses].filter(([id]) => id !== 'coffee'));
const entry = (id: string, type: Entry['type'], more: Partial<Entry> = {}): Entry => ({
  user: 'u1',
  status: id,
  type,
  note: null,
  since: '2026-11-23T14:00:00.000Z',
  until: null,
  rev: 1,
  ...more,
});
const before: Shown = { entry: entry('coffee', 'absent', { until: '2026-11-23T14:30:00.000Z' }), status: coffee };
const connected = entry('s1', 'connected', { since: '2026-11-23T14:30:00.004Z', rev: 2 });

describe("a status that changed without one's own doing", () => {
  it('has ended when one is Connected from its end on', () => {
    expect(noticeOf(before, connected, statuses)).toEqual({ what: 'ended', before });
  });
  it('has not ended when one came back earlier, here or in another tab', () => {
    expect(noticeOf(before, { ...connected, since: '2026-11-23T14:29:59.999Z' }, statuses)).toBeNull();
  });
  it.each([
    ['another status', entry('oncall', 'connected', { since: '2026-11-23T15:00:00Z' })],
    ['a note', { ...connected, note: 'back' }],
    ['an end of its own', { ...connected, until: '2026-11-23T18:00:00Z' }],
    ['another type', entry('s2', 'absent', { since: '2026-11-23T15:00:00Z' })],
    ['being offline', entry('s5', 'offline', { since: null })],
  ])('was chosen when it has %s', (_, after) => {
    expect(noticeOf(before, after, statuses)).toBeNull();
  });
  it('had no end, so it cannot have come to it', () => {
    expect(noticeOf({ ...before, entry: entry('coffee', 'absent') }, connected, statuses)).toBeNull();
  });
  it('was deleted when the catalogue no longer has it and the system one of its type is shown', () => {
    const moved = entry('s2', 'absent', { until: before.entry.until, rev: 2 });
    expect(noticeOf(before, moved, without)).toEqual({ what: 'deleted', before });
    expect(noticeOf(before, moved, statuses)).toBeNull();
  });
  it('says nothing while the status is the same, whatever its note and end', () => {
    expect(noticeOf(before, entry('coffee', 'absent', { note: 'x', rev: 2 }), statuses)).toBeNull();
    expect(noticeOf(before, before.entry, without)).toBeNull();
  });
});
