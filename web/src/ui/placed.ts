// Where a popover stands in the window: under the whole width of its button, or beside a narrow one
// on the side with more room. Where there is too little room beside, it covers what is there.

/** under: as wide as the button; beside: next to it, its top at the button's. */
export type Side = 'under' | 'beside';
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Placed {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly maxHeight: number;
}

const kGap = 8;
const kWidth = 340;
const kLeastWidth = 264;

export function placed(button: Box, side: Side, room: Size): Placed {
  if (side === 'under') {
    const left = button.left + kGap;
    const top = button.bottom + kGap / 2;
    return { left, top, width: button.right - button.left - 2 * kGap, maxHeight: room.height - top - kGap };
  }
  const onLeft = button.left - 2 * kGap;
  const onRight = room.width - button.right - 2 * kGap;
  const width = Math.min(kWidth, Math.max(onLeft, onRight));
  if (width < kLeastWidth) {
    const top = button.bottom + kGap / 2;
    return { left: kGap, top, width: room.width - 2 * kGap, maxHeight: room.height - top - kGap };
  }
  const left = onLeft > onRight ? button.left - kGap - width : button.right + kGap;
  const top = Math.max(kGap, button.top + kGap);
  return { left, top, width, maxHeight: room.height - top - kGap };
}
