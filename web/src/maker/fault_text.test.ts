import { expect, it } from 'vitest';
import { faultText } from './fault_text';

it('has words of its own for what it knows', () => {
  expect(faultText('no_such_role', { role: 'Emperor', known: 'Agent' })).toBeDefined();
  expect(faultText('quote_open')).toBeDefined();
});

it('leaves to the server what it has no words for', () => {
  expect([faultText('invalid', {}), faultText('of_tomorrow', { a: 'b' }), faultText(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('names the field that there is not', () => {
  expect(faultText('unknown', {}, 'colour')).toBeDefined();
});

it('says what a field takes where the server says no more', () => {
  expect([faultText('invalid', {}, 'icon'), faultText(undefined, {}, 'position')]).toEqual([
    'statuses.fault.icon',
    'statuses.fault.position',
  ]);
  expect([
    faultText('invalid', {}, 'name'),
    faultText('invalid', {}, 'constructor'),
    faultText('of_tomorrow', {}, 'icon'),
  ]).toEqual([undefined, undefined, undefined]);
});
