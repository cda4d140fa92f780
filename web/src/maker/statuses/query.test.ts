import { describe, expect, it } from 'vitest';
import { asked, narrowed, readStatusQuery, toggled, writeStatusQuery } from './query';

const read = (text: string) => readStatusQuery(new URLSearchParams(text));

describe('the filters in the address', () => {
  it('R3, R4: come back as they were written', () => {
    for (const address of [
      '',
      '?q=caf%C3%A9',
      '?tag=Break&tag=Team',
      '?q=a+b&tag=x&type=in_a_call&sort=-updated_at&deleted=true',
    ]) {
      expect(writeStatusQuery(read(address))).toBe(address);
    }
  });
  it('reads what is wrong as not said', () => {
    expect(read('?type=asleep&sort=colour&deleted=1&tag=&tag=a&tag=a')).toEqual({
      text: '',
      tags: ['a'],
      type: null,
      sort: 'position',
      deleted: false,
    });
  });
  it('asks the server for what is said and no more', () => {
    expect(asked(read(''))).toEqual({ sort: 'position' });
    expect(asked(read('?q=+tea+&tag=a&tag=b&type=busy&sort=-name&deleted=true'))).toEqual({
      q: 'tea',
      tag: ['a', 'b'],
      type: 'busy',
      sort: '-name',
      deleted: true,
    });
  });
  it('knows when a search or a filter may be why nothing is shown', () => {
    expect(narrowed(read('?sort=name&deleted=true'))).toBe(false);
    expect(narrowed(read('?tag=a'))).toBe(true);
  });
  it('adds and takes away a tag', () => {
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  });
});
