import { describe, expect, it } from 'vitest';
import { placed } from './placed';

const box = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

describe('where a popover stands', () => {
  it('is under its button, within its width, down to the end of the window', () => {
    expect(placed(box(1100, 0, 340, 64), 'under', { width: 1440, height: 860 })).toEqual({
      left: 1108,
      top: 68,
      width: 324,
      maxHeight: 784,
    });
  });
  it('is left of a rail at the right edge and right of a rail at the left edge', () => {
    const room = { width: 1440, height: 860 };
    expect(placed(box(1368, 0, 72, 64), 'beside', room)).toMatchObject({ left: 1020, width: 340, top: 8 });
    expect(placed(box(0, 0, 72, 64), 'beside', room)).toMatchObject({ left: 80, width: 340 });
  });
  it('is narrower in a narrow window, and covers the rail where even that does not fit', () => {
    expect(placed(box(0, 0, 72, 64), 'beside', { width: 380, height: 600 })).toMatchObject({ left: 80, width: 292 });
    expect(placed(box(0, 0, 72, 64), 'beside', { width: 320, height: 600 })).toEqual({
      left: 8,
      top: 68,
      width: 304,
      maxHeight: 524,
    });
  });
});
