import { describe, expect, it } from 'vitest';
import { changeRows, isDeleted, isFirst, lastName, type HistoryItem } from './history';

const created: HistoryItem = {
  id: '1',
  at: '2026-11-23T10:00:00.000Z',
  by: 'u1',
  action: 'created',
  changes: [
    { field: 'name', before: null, after: 'Coffee' },
    { field: 'tags', before: [], after: [] },
    { field: 'icon', before: null, after: null },
    { field: 'type', before: null, after: 'absent' },
  ],
};
const modified: HistoryItem = {
  id: '2',
  at: '2026-11-23T11:00:00.000Z',
  by: 'u2',
  action: 'modified',
  changes: [
    { field: 'name', before: 'Coffee', after: 'Tea' },
    { field: 'tags', before: ['Break'], after: [] },
  ],
};
const deleted: HistoryItem = { id: '3', at: '2026-11-23T12:00:00.000Z', by: null, action: 'deleted', changes: [] };

describe('R8: the history of a status', () => {
  it('says what a new one had and leaves out what it had not', () => {
    expect(changeRows(created).map(({ field }) => field)).toEqual(['name', 'type']);
    expect(changeRows(created).every(isFirst)).toBe(true);
  });
  it('says before and after of each changed field', () => {
    expect(changeRows(modified)).toEqual([
      { field: 'name', before: 'Coffee', after: 'Tea' },
      { field: 'tags', before: ['Break'], after: [] },
    ]);
    expect(changeRows(modified).some(isFirst)).toBe(false);
  });
  it('tells that it is deleted, and its last name', () => {
    expect(isDeleted([deleted, modified, created])).toBe(true);
    expect(isDeleted([{ ...deleted, action: 'restored' }, deleted])).toBe(false);
    expect(lastName([deleted, modified, created])).toBe('Tea');
    expect(lastName([deleted])).toBeNull();
  });
});
