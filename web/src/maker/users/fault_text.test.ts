import { expect, it } from 'vitest';
import { faultText } from './fault_text';

it('has words of its own for what it knows', () => {
  expect(faultText('no_such_role', { role: 'Emperor', known: 'Agent' })).toBeDefined();
  expect(faultText('quote_open')).toBeDefined();
});

it('leaves to the server what it has no words for', () => {
  expect([faultText('invalid', {}), faultText('of_tomorrow', { a: 'b' }), faultText(undefined)]).toEqual([undefined, undefined, undefined]);
});
