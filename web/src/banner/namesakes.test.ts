import { expect, it } from 'vitest';
import type { Colleague } from '@pastille/client/live/frames';
import { hasNamesake, toldApart } from './namesakes';

const everyone = (...people: [id: string, name: string, ...teams: string[]][]): ReadonlyMap<string, Colleague> =>
  new Map(people.map(([id, display_name, ...teams]) => [id, { id, display_name, teams }]));
const teams = new Map([
  ['t1', 'Support'],
  ['t2', 'Sales'],
  ['t3', 'Night'],
]);

it('tells people of one name apart by their teams', () => {
  const people = everyone(['u1', 'Maria Lopez', 't1'], ['u2', 'María  López', 't3', 't2'], ['u3', 'Ann', 't1']);
  expect(['u1', 'u2', 'u3', 'u9'].map((user) => toldApart(user, people, teams))).toEqual([
    'Support',
    'Night, Sales',
    '',
    '',
  ]);
  expect(['u1', 'u3'].map((user) => hasNamesake(user, people))).toEqual([true, false]);
});

it('tells them apart by what never changes where their teams are the same', () => {
  const people = everyone(['u1', 'Li', 't1'], ['u2', 'Li', 't1'], ['u3', 'Li', 't2'], ['u4', 'Bo'], ['u5', 'Bo']);
  expect(['u1', 'u2', 'u3', 'u4'].map((user) => toldApart(user, people, teams))).toEqual([
    'Support · u1',
    'Support · u2',
    'Sales',
    'u4',
  ]);
});

it('takes names for the same that are it to people: バス is not ハス', () => {
  expect(hasNamesake('u1', everyone(['u1', 'バス'], ['u2', 'ハス']))).toBe(false);
});
