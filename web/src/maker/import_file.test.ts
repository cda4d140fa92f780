import { expect, it } from 'vitest';
import { hasSemicolons, inOrder } from './import_file';

it('sees a spreadsheet’s semicolons in the head alone', () => {
  expect(hasSemicolons('login;display_name;role\r\nana;Ana;Agent')).toBe(true);
  expect(hasSemicolons('login,display_name,teams\nana,Ana,North;South')).toBe(false);
  expect(hasSemicolons('')).toBe(false);
});

it('tells faults from the beginning of the file to its end', () => {
  const fault = (at: number | null, field: string) => ({ at, field, detail: '' });
  expect(inOrder([fault(5, 'a'), fault(1, 'b'), fault(null, ''), fault(1, 'c')]).map(({ field }) => field)).toEqual(['', 'b', 'c', 'a']);
});
