import { expect, test } from 'vitest';
import { packageOf } from './bundled.ts';

test('a module belongs to the innermost package that it lies in', () => {
  expect(packageOf('/x/web/node_modules/svelte/src/internal/client/index.js')).toBe('/x/web/node_modules/svelte');
  expect(packageOf('/x/web/node_modules/@scope/part/dist/a.js')).toBe('/x/web/node_modules/@scope/part');
  expect(packageOf('/x/web/node_modules/a/node_modules/b/c.js')).toBe('/x/web/node_modules/a/node_modules/b');
  expect(packageOf('\0/x/web/node_modules/svelte/x.js')).toBe('/x/web/node_modules/svelte');
});

test('a module of ours belongs to none', () => {
  expect(packageOf('/x/web/src/app/banner.ts')).toBeNull();
  expect(packageOf('\0vite/preload-helper.js')).toBeNull();
});
