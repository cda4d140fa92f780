import { expect, it } from 'vitest';
import { inOrder } from './import_file';

it('tells faults from the beginning of the file to its end', () => {
  const fault = (at: number | null, field: string) => ({ at, field, detail: '' });
  expect(inOrder([fault(5, 'a'), fault(1, 'b'), fault(null, ''), fault(1, 'c')]).map(({ field }) => field)).toEqual([
    '',
    'b',
    'c',
    'a',
  ]);
});
