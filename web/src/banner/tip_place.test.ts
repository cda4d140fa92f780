import { expect, it } from 'vitest';
import { tipPlace } from './tip_place';

const page = { width: 1000, height: 700 };
const tip = { width: 200, height: 60 };
const circle = (left: number, top: number) => ({ left, top, width: 36, height: 36 });

it('stands to the left, in the middle of the row', () => {
  expect(tipPlace(circle(700, 300), tip, page, false)).toEqual({ left: 494, top: 288 });
});
it('stands to the right of a strip at the left edge, when nothing is there', () => {
  expect(tipPlace(circle(18, 300), tip, page, true)).toEqual({ left: 60, top: 288 });
});
it('stands below when neither side is free, and above at the bottom', () => {
  expect(tipPlace(circle(18, 300), tip, page, false)).toEqual({ left: 18, top: 342 });
  expect(tipPlace(circle(18, 650), tip, page, false)).toEqual({ left: 18, top: 584 });
  expect(tipPlace(circle(18, 300), tip, { width: 210, height: 700 }, true)).toEqual({ left: 10, top: 342 });
});
it('never leaves the page', () => {
  expect(tipPlace(circle(700, 2), tip, page, false).top).toBe(0);
  expect(tipPlace(circle(700, 690), tip, page, false).top).toBe(640);
});
