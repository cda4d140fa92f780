import { expect, it } from 'vitest';
import { hasSemicolons } from './import_file';

it('sees a spreadsheet’s semicolons in the head alone', () => {
  expect(hasSemicolons('login;display_name;role\r\nana;Ana;Agent')).toBe(true);
  expect(hasSemicolons('login,display_name,teams\nana,Ana,North;South')).toBe(false);
  expect(hasSemicolons('')).toBe(false);
});
