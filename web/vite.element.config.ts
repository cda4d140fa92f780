import { join } from 'node:path';
import { defineConfig } from 'vite';
import { oneFile } from './budget.ts';

// The embeddable element: one module under one name, without a part that it would have to fetch.
export default defineConfig({
  publicDir: false,
  plugins: [oneFile(4)],
  resolve: { alias: { '@pastille/client': join(import.meta.dirname, 'packages/client/src') } },
  build: {
    outDir: '../build/web',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: 'src/elements/pastille_dot.ts',
      output: { entryFileNames: 'elements/pastille-dot.js' },
    },
  },
});
