import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { budget } from './budget.ts';
import { bundled } from './bundled.ts';
import { serviceWorkerShell } from './service_worker_build.ts';

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}
const kBanner = join(import.meta.dirname, 'src/app/banner.ts');
let atOnce: Set<string> | undefined;

/** What the Banner needs before it can show anything. It is one file, which compresses better than
 *  twenty; the Maker needs it too, and sign-in fetches it for what follows. */
function neededAtOnce(modules: Modules): ReadonlySet<string> {
  if (atOnce !== undefined) return atOnce;
  atOnce = new Set();
  const open = [...(modules.getModuleInfo(kBanner)?.importedIds ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (atOnce.has(id)) continue;
    atOnce.add(id);
    open.push(...(modules.getModuleInfo(id)?.importedIds ?? []));
  }
  return atOnce;
}

// Three documents (sign-in, Banner, Maker) and the embeddable element. Hashed names under assets/
// are served as immutable; the server adds the policy headers.
export default defineConfig({
  plugins: [svelte(), serviceWorkerShell(), budget(), bundled('../build/web-packages.json')],
  resolve: { alias: { '@pastille/client': join(import.meta.dirname, 'packages/client/src') } },
  base: '/',
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: {
      polyfill: false,
      // A part that is loaded later needs its styles first; its scripts are mostly there already.
      resolveDependencies: (_, files, { hostType }) =>
        hostType === 'html' ? files : files.filter((file) => file.endsWith('.css')),
    },
    rollupOptions: {
      input: {
        index: 'index.html',
        banner: 'banner.html',
        maker: 'maker.html',
        service_worker: 'src/service_worker/service_worker.ts',
      },
      output: {
        // Browsers ask for the service worker under one name for ever.
        entryFileNames: ({ name }) => (name === 'service_worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: [{ name: (id, modules) => (neededAtOnce(modules).has(id) ? 'core' : null) }] },
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
  test: { include: ['*.test.ts', 'src/**/*.test.ts', 'packages/**/*.test.ts'] },
});
