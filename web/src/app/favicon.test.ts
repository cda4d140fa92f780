import { basicTypes } from '../ui/basic_types';
import { describe, expect, it } from 'vitest';
import { glyphShapes } from '../ui/glyph_shapes';
import { faviconSvg, faviconUrl, titleWith } from './favicon';

describe('the icon of the tab', () => {
  it('has an outline of its own for each type', () => {
    for (const type of basicTypes) expect(faviconSvg(type, false)).toContain(glyphShapes[type].body);
    expect(new Set(basicTypes.map((type) => glyphShapes[type].body)).size).toBe(5);
  });
  it('is hollow for Offline alone', () => {
    expect(basicTypes.filter((type) => faviconSvg(type, false).includes('fill="none" stroke="#8791a1"'))).toEqual([
      'offline',
    ]);
  });
  it('has a spot while messages wait', () => {
    expect(faviconSvg('busy', true)).toContain('<circle');
    expect(faviconSvg('busy', false)).not.toContain('<circle');
  });
  it('is paler while it is the last known', () => {
    expect(faviconSvg('busy', false, true)).toContain('opacity');
    expect(faviconSvg('busy', false)).not.toContain('opacity');
  });
  it('is an address that needs no server', () => {
    const url = faviconUrl('absent', false);
    expect(url).toMatch(/^data:image\/svg\+xml,%3Csvg/);
    expect(decodeURIComponent(url.slice(url.indexOf(',') + 1))).toBe(faviconSvg('absent', false));
  });
});

it.each([
  [0, 'Pastille'],
  [3, '(3) Pastille'],
  [99, '(99) Pastille'],
  [100, '(99+) Pastille'],
])('%i unread', (unread, title) => {
  expect(titleWith(unread, 'Pastille')).toBe(title);
});
