import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Three documents (sign-in, Banner, Maker) and the embeddable element. Hashed names under assets/
// are served as immutable; the server adds the policy headers.
export default defineConfig({
  plugins: [svelte()],
  base: '/',
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        index: 'index.html',
        banner: 'banner.html',
        maker: 'maker.html',
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
  test: { include: ['src/**/*.test.ts'] },
});
