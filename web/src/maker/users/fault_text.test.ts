import { expect, it } from 'vitest';
import { faultText } from './fault_text';

it('says what is wrong with the names that the server gives', () => {
  expect(faultText('no_such_role', { role: 'Emperor', known: 'Agent' })).toContain('Emperor');
  expect(faultText('login_twice', { login: 'ana', line: '2' })).toContain('2');
});

it('leaves to the server what it has no words for', () => {
  expect([faultText('invalid', {}), faultText('of_tomorrow', { a: 'b' }), faultText(undefined)]).toEqual([undefined, undefined, undefined]);
});
