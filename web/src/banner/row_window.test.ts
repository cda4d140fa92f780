import { describe, expect, it } from 'vitest';
import { rowAfterKey, Rows, rowWindow, scrollToHold, scrollToShow } from './row_window';

const rows = new Rows(10_000, 0);

describe('the window of rows', () => {
  it.each([
    [0, 560, { first: 0, end: 14 }],
    [30, 560, { first: 0, end: 15 }],
    [56 * 100, 560, { first: 96, end: 114 }],
    [56 * 9_990, 560, { first: 9_986, end: 10_000 }],
    [56 * 12_000, 560, { first: 10_000, end: 10_000 }],
    [0, 0, { first: 0, end: 4 }],
  ])('at %i px of a %i px page', (top, height, expected) => {
    expect(rowWindow(top, height, rows, 4)).toEqual(expected);
  });
  it('is empty without rows', () => {
    expect(rowWindow(300, 560, new Rows(0, 0), 4)).toEqual({ first: 0, end: 0 });
  });
  it('knows the tall rows at the top', () => {
    const some = new Rows(10, 2);
    expect([0, 1, 2, 3, 10].map((index) => some.top(index))).toEqual([0, 76, 152, 208, 600]);
    expect([0, 75, 76, 152, 208].map((y) => Math.floor(some.at(y)))).toEqual([0, 0, 1, 2, 3]);
    expect(rowWindow(0, 152, some, 0)).toEqual({ first: 0, end: 2 });
    expect(rowWindow(140, 100, some, 0)).toEqual({ first: 1, end: 4 });
  });
});

describe('scrolling', () => {
  it('moves only as far as a row needs to be seen', () => {
    expect(scrollToShow(3, 0, 560, rows)).toBe(0);
    expect(scrollToShow(10, 0, 560, rows)).toBe(56);
    expect(scrollToShow(2, 300, 560, rows)).toBe(112);
    expect(scrollToShow(1, 0, 100, new Rows(10, 2))).toBe(52);
  });
  it('holds a row where it is when others come before it, except at the top', () => {
    expect(scrollToHold(560, 616, 500)).toBe(556);
    expect(scrollToHold(560, 616, 0)).toBe(0);
    expect(scrollToHold(560, null, 500)).toBe(500);
    expect(scrollToHold(560, 0, 500)).toBe(0);
  });
});

describe('keys', () => {
  it('lead from row to row and stop at the ends', () => {
    expect(rowAfterKey('ArrowDown', 0, 3, 2)).toBe(1);
    expect(rowAfterKey('ArrowUp', 0, 3, 2)).toBe(0);
    expect(rowAfterKey('PageDown', 0, 3, 2)).toBe(2);
    expect(rowAfterKey('PageUp', 2, 3, 2)).toBe(0);
    expect(rowAfterKey('Home', 2, 3, 2)).toBe(0);
    expect(rowAfterKey('End', 0, 3, 2)).toBe(2);
    expect(rowAfterKey('a', 0, 3, 2)).toBeNull();
    expect(rowAfterKey('End', 0, 0, 2)).toBeNull();
  });
});
