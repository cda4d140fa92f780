import { describe, expect, it } from 'vitest';
import { nextSort, sortedBy } from './sort';

describe('the order of a list', () => {
  it('goes up first, then down', () => {
    expect(nextSort('', 'name')).toBe('name');
    expect(nextSort('name', 'name')).toBe('-name');
    expect(nextSort('-name', 'name')).toBe('name');
    expect(nextSort('-name', 'type')).toBe('type');
  });
  it('leaves the standard order out of the address', () => {
    expect(nextSort('', 'name', 'name')).toBe('-name');
    expect(nextSort('-name', 'name', 'name')).toBe('');
  });
  it('is told to who cannot see the arrow', () => {
    expect(sortedBy('name', 'name')).toBe('ascending');
    expect(sortedBy('-name', 'name')).toBe('descending');
    expect(sortedBy('type', 'name')).toBeNull();
  });
});
