import { describe, expect, it } from 'vitest';
import { weigh } from './budget';

const noise = (length: number): string => {
  let seed = 1;
  return Array.from({ length }, () => String.fromCharCode(33 + ((seed = (seed * 48_271) % 2_147_483_647) % 90))).join(
    '',
  );
};
const chunk = (fileName: string, size: number, more: object = {}) => ({
  fileName,
  code: noise(size),
  imports: [],
  name: fileName,
  isEntry: false,
  isDynamicEntry: false,
  facadeModuleId: null,
  ...more,
});

describe('the weight of the pages', () => {
  const chunks = [
    chunk('core', 9_000),
    chunk('shared', 4_000, { imports: ['core'] }),
    chunk('banner', 500, { isEntry: true, imports: ['core'] }),
    chunk('maker', 500, { isEntry: true, imports: ['core', 'shared'] }),
    chunk('menu', 3_000, { isDynamicEntry: true, imports: ['shared'], facadeModuleId: '/x/src/banner/OwnMenu.svelte' }),
    chunk('users', 3_000, {
      isDynamicEntry: true,
      imports: ['shared'],
      facadeModuleId: '/x/src/maker/users/Users.svelte',
    }),
  ];
  const bytes = (what: string) => weigh(chunks).find((each) => each.what === what)?.bytes ?? 0;

  it('is that of the entry and all that it imports', () => {
    expect(bytes('maker, first paint') - bytes('banner, first paint')).toBeGreaterThan(3_000);
  });
  it('is, for a part, what comes on top of its own page', () => {
    expect(bytes('banner/OwnMenu.svelte')).toBeGreaterThan(bytes('maker/users/Users.svelte') + 3_000);
  });
  it('has a limit for each', () => {
    expect(weigh(chunks).map(({ what, most }) => [what, most / 1024])).toEqual([
      ['banner, first paint', 40],
      ['maker, first paint', 95],
      ['banner/OwnMenu.svelte', 40],
      ['maker/users/Users.svelte', 20],
    ]);
  });
});
