import { describe, expect, it } from 'vitest';
import { menuPlace } from './menu_place';

const room = { width: 1000, height: 600 };
const menu = { width: 180, height: 160 };
const button = (left: number, top: number) => ({ left, top, right: left + 32, bottom: top + 32 });

describe('the place of a menu', () => {
  it('is under its button, right edges in line', () => {
    expect(menuPlace(button(700, 100), menu, room)).toEqual({ left: 552, top: 136 });
  });
  it('is above it near the lower edge', () => {
    expect(menuPlace(button(700, 540), menu, room)).toEqual({ left: 552, top: 376 });
  });
  it('stays within a narrow or a low window', () => {
    expect(menuPlace(button(10, 100), menu, room).left).toBe(8);
    expect(menuPlace(button(10, 80), menu, { width: 320, height: 200 }).top).toBe(32);
  });
});
