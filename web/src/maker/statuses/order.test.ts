import { describe, expect, it } from 'vitest';
import { moved, movedAmong } from './order';

const list = (...positions: number[]) => positions.map((position, at) => ({ id: 'abcdefgh'[at] ?? '', position }));

function after(before: { id: string; position: number }[], id: string, by: -1 | 1): string {
  const changes = new Map(moved(before, id, by).map((each) => [each.id, each.position]));
  return before
    .map((each) => ({ ...each, position: changes.get(each.id) ?? each.position }))
    .sort((some, other) => some.position - other.position)
    .map((each) => each.id)
    .join('');
}

describe('moving a status among all there are', () => {
  const all = (...positions: number[]) => list(...positions).map((each, at) => ({ ...each, system: at < 2 }));

  it('leaves those of the system first, and makes way for whoever it passes', () => {
    expect(movedAmong(all(0, 1, 2, 3), 'd', -1)).toEqual([
      { id: 'd', position: 2 },
      { id: 'c', position: 3 },
    ]);
    expect(movedAmong(all(0, 1, 20, 30), 'c', 1)).toEqual([{ id: 'c', position: 31 }]);
    expect(movedAmong(all(0, 1, 20, 30), 'c', -1)).toEqual([]);
  });
});

describe('moving a status in the list', () => {
  it('changes only its own position where there is room', () => {
    expect(moved(list(10, 20, 30), 'c', -1)).toEqual([{ id: 'c', position: 15 }]);
    expect(moved(list(10, 20, 30), 'a', 1)).toEqual([{ id: 'a', position: 25 }]);
    expect(moved(list(10, 20, 30), 'b', 1)).toEqual([{ id: 'b', position: 31 }]);
    expect(moved(list(10, 20), 'b', -1)).toEqual([{ id: 'b', position: 4 }]);
  });
  it('makes way where positions are next to each other or the same', () => {
    expect(after(list(5, 6, 7, 8), 'c', -1)).toBe('acbd');
    expect(after(list(0, 0, 0), 'a', 1)).toBe('bac');
    expect(after(list(0, 1), 'b', -1)).toBe('ba');
  });
  it('stays behind those that cannot be moved', () => {
    expect(moved(list(5, 6), 'b', -1, 4)).toEqual([
      { id: 'b', position: 5 },
      { id: 'a', position: 6 },
    ]);
    expect(moved(list(9, 10), 'b', -1, 4)).toEqual([{ id: 'b', position: 6 }]);
  });
  it('does nothing at an edge', () => {
    expect(moved(list(1, 2), 'a', -1)).toEqual([]);
    expect(moved(list(1, 2), 'b', 1)).toEqual([]);
    expect(moved(list(1, 2), 'x', 1)).toEqual([]);
  });
});
