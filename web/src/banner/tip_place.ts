// Where the tip stands beside what it explains. Pure arithmetic in the window's pixels.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

const kGap = 6;

/** To the left when there is room, for the strip stands at the right of a screen; else to the right
 *  when nothing of the row is there; else below, or above at the bottom edge. */
export function tipPlace(anchor: Box, tip: Size, page: Size, rightIsFree: boolean): { left: number; top: number } {
  const top = within(anchor.top + anchor.height / 2 - tip.height / 2, tip.height, page.height);
  if (anchor.left - kGap - tip.width >= 0) return { left: anchor.left - kGap - tip.width, top };
  const right = anchor.left + anchor.width + kGap;
  if (rightIsFree && right + tip.width <= page.width) return { left: right, top };
  const below = anchor.top + anchor.height + kGap;
  return {
    left: within(anchor.left, tip.width, page.width),
    top: below + tip.height <= page.height ? below : Math.max(0, anchor.top - kGap - tip.height),
  };
}

function within(start: number, length: number, most: number): number {
  return Math.max(0, Math.min(start, most - length));
}
