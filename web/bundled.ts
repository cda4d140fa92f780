// Which packages ended in the pages, for scripts/sbom: every module of a chunk that stands below
// node_modules, by its package. Written beside the pages, not into them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'vite';

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The package that a module belongs to; null: it is our own. */
export function packageOf(module: string): string | null {
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replace(/^\0/, ''));
  return found?.[1] ?? null;
}

export function bundled(file: string): Plugin {
  return {
    name: 'bundled',
    apply: 'build',
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const each of Object.values(bundle)) {
        if (each.type !== 'chunk') continue;
        for (const [module, { renderedLength }] of Object.entries(each.modules)) {
          const folder = packageOf(module);
          if (folder !== null && renderedLength > 0) folders.add(folder);
        }
      }
      const packages = [...folders].map((folder): Bundled => {
        const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Bundled;
        return { name, version, license };
      });
      packages.sort((a, b) => (a.name < b.name ? -1 : 1));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(packages, null, 2)}\n`);
    },
  };
}
