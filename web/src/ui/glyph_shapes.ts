// The five types as shapes in a box of 12 by 12, told apart by outline and not by colour alone: a body
// in the type's colour, a mark on it. Used wherever a circle is drawn, in pages and in the icon of the tab.
import type { BasicType } from '@pastille/client/live/frames';

export interface GlyphShape {
  readonly body: string;
  /** The body is a ring or its outline is rounded: how wide its stroke is. */
  readonly stroke?: number;
  /** Only the stroke: a ring. */
  readonly hollow?: boolean;
  readonly mark?: string;
  /** The mark is a surface; otherwise a line. */
  readonly solidMark?: boolean;
}

export const glyphShapes: Readonly<Record<BasicType, GlyphShape>> = {
  connected: { body: 'M6 .4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 6 .4Z', mark: 'M3.3 6.2 5.2 8.1 8.8 4.2' },
  absent: { body: 'M6.7.4A5.6 5.6 0 1 0 11.6 7.7 4.7 4.7 0 0 1 6.7.4Z' },
  busy: { body: 'M6 .3 11.7 6 6 11.7.3 6Z', stroke: 0.5, mark: 'M3.8 6h4.4' },
  in_a_call: {
    body: 'M3.1.4h5.8a2.7 2.7 0 0 1 2.7 2.7v5.8a2.7 2.7 0 0 1-2.7 2.7H3.1A2.7 2.7 0 0 1 .4 8.9V3.1A2.7 2.7 0 0 1 3.1.4Z',
    mark: 'M4.1 2.8c.4-.2.9 0 1 .4l.4 1.1c.1.3 0 .6-.2.8l-.5.4c.4.9 1.1 1.6 2 2l.4-.5c.2-.2.5-.3.8-.2l1.1.4c.4.1.6.5.5.9-.3.9-.9 1.4-1.6 1.3C5.2 9.2 3.2 7 2.9 4.5c-.1-.8.4-1.4 1.2-1.7Z',
    solidMark: true,
  },
  offline: { body: 'M6 1.3a4.7 4.7 0 1 1 0 9.4A4.7 4.7 0 0 1 6 1.3Z', stroke: 1.8, hollow: true },
};

/** What somebody shows is not known, or of a type that came with a newer server: none of the five. */
export const unknownShape: GlyphShape = { body: 'M6 3a3 3 0 1 1 0 6A3 3 0 0 1 6 3Z' };
