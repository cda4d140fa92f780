import { expect, it } from 'vitest';
import { outdated } from './versions';

it.each([
  [[], []],
  [['0.1.0', '0.1.0'], []],
  [
    ['0.10.0', '0.9.1', '0.10.0', '0.2.0'],
    ['0.2.0', '0.9.1'],
  ],
])('of %j these are older than the newest: %j', (versions, older) => {
  expect([...outdated(versions)]).toEqual(older);
});
