// Where a menu of its own size stands: under its button with the right edges in line; above it, or
// further left, where there is no room.

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

const kGap = 4;
const kEdge = 8;

export function menuPlace(button: Box, menu: Size, room: Size): { left: number; top: number } {
  const left = Math.min(Math.max(kEdge, button.right - menu.width), room.width - menu.width - kEdge);
  const below = button.bottom + kGap;
  const above = button.top - kGap - menu.height;
  const fitsBelow = below + menu.height + kEdge <= room.height;
  return {
    left: Math.max(kEdge, left),
    top: fitsBelow || above < kEdge ? Math.max(kEdge, Math.min(below, room.height - menu.height - kEdge)) : above,
  };
}
