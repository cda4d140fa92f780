import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { serviceWorkerShell } from './service_worker_build.ts';

// Three documents (sign-in, Banner, Maker) and the embeddable element. Hashed names under assets/
// are served as immutable; the server adds the policy headers.
export default defineConfig({
  plugins: [svelte(), serviceWorkerShell()],
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
        service_worker: 'src/service_worker/service_worker.ts',
      },
      // Browsers ask for the service worker under one name for ever.
      output: { entryFileNames: ({ name }) => (name === 'service_worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
  test: { include: ['src/**/*.test.ts'] },
});
