// The icon of the tab: what one shows oneself, with a spot when messages wait.
import type { BasicType } from '@pastille/client/live/frames';
import { glyphShapes } from '../ui/glyph_shapes';

// Seen on light and on dark tab strips alike, which a page is not told about.
const kColours: Readonly<Record<BasicType, string>> = {
  connected: '#1f9a4e',
  absent: '#d97f06',
  busy: '#e0384d',
  in_a_call: '#8257e6',
  offline: '#8791a1',
};

/** lastKnown: paler, as in the page. */
export function faviconSvg(type: BasicType, unread: boolean, lastKnown = false): string {
  const shape = glyphShapes[type];
  const colour = kColours[type];
  const fill = shape.hollow === true ? 'none' : colour;
  const stroke =
    shape.stroke === undefined ? '' : ` stroke="${colour}" stroke-width="${shape.stroke}" stroke-linejoin="round"`;
  const mark =
    shape.mark === undefined
      ? ''
      : shape.solidMark === true
        ? `<path d="${shape.mark}" fill="#fff"/>`
        : `<path d="${shape.mark}" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`;
  const spot = unread
    ? '<circle cx="9.6" cy="2.4" r="2.9" fill="#fff"/><circle cx="9.6" cy="2.4" r="2.2" fill="#2f51d6"/>'
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-.5 -.5 13 13"><g${lastKnown ? ' opacity=".5"' : ''}><path d="${shape.body}" fill="${fill}"${stroke}/>${mark}</g>${spot}</svg>`;
}

export function faviconUrl(type: BasicType, unread: boolean, lastKnown = false): string {
  return `data:image/svg+xml,${encodeURIComponent(faviconSvg(type, unread, lastKnown))}`;
}

/** "(3) Pastille": what waits is seen in the title of the tab. */
export function titleWith(unread: number, title: string): string {
  return unread === 0 ? title : `(${unread > 99 ? '99+' : unread}) ${title}`;
}
