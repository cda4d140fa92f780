import { describe, expect, it } from 'vitest';
import { rowAfterKey, rowWindow, scrollToHold, scrollToShow } from './row_window';

describe('the window of rows', () => {
  it.each([
    [0, 560, { first: 0, end: 14 }],
    [30, 560, { first: 0, end: 15 }],
    [56 * 100, 560, { first: 96, end: 114 }],
    [56 * 9_990, 560, { first: 9_986, end: 10_000 }],
    [56 * 12_000, 560, { first: 10_000, end: 10_000 }],
    [0, 0, { first: 0, end: 4 }],
  ])('at %i px of a %i px page', (top, height, expected) => {
    expect(rowWindow(top, height, 56, 10_000, 4)).toEqual(expected);
  });
  it('is empty without rows', () => {
    expect(rowWindow(300, 560, 56, 0, 4)).toEqual({ first: 0, end: 0 });
  });
});

describe('scrolling', () => {
  it('moves only as far as a row needs to be seen', () => {
    expect(scrollToShow(3, 0, 560, 56)).toBe(0);
    expect(scrollToShow(10, 0, 560, 56)).toBe(56);
    expect(scrollToShow(2, 300, 560, 56)).toBe(112);
  });
  it('holds a row where it is when others come before it, except at the top', () => {
    expect(scrollToHold(10, 11, 500, 56)).toBe(556);
    expect(scrollToHold(10, 11, 0, 56)).toBe(0);
    expect(scrollToHold(10, -1, 500, 56)).toBe(500);
    expect(scrollToHold(10, 0, 500, 56)).toBe(0);
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
