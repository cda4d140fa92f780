import { expect, it } from 'vitest';
import { asked, narrowed, readPeopleQuery } from './query';

const read = (text: string) => readPeopleQuery(new URLSearchParams(text));

it('asks for everyone by name when the address says nothing, or nonsense', () => {
  for (const text of ['', 'active=maybe&sort=age', 'q=%20']) {
    expect(asked(read(text))).toEqual({});
    expect(narrowed(read(text))).toBe(false);
  }
});

it('takes over what narrows', () => {
  const query = read('q=ana&team=t1&role=r2&active=false&sort=-name');
  expect(asked(query)).toEqual({ q: 'ana', team: 't1', role: 'r2', active: false, sort: '-name' });
  expect(narrowed(query)).toBe(true);
});
