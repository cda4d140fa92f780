// Puts the service worker's list of files in front of it: the documents, what they begin with, the
// whole Banner, the languages, and the icons. Anything else is kept when it is first used.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin, Rollup } from 'vite';

const kWorker = 'service_worker.js';
const kDocuments = ['index.html', 'banner.html', 'maker.html'];
const kPublic = ['icon.svg', 'icon-192.png', 'manifest.webmanifest'];
/** Entries of which also the parts that are loaded later are kept. */
const kWhole = ['banner'];

export function serviceWorkerShell(): Plugin {
  return {
    name: 'service-worker-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[kWorker];
        if (worker?.type !== 'chunk') throw new Error(`There is no ${kWorker}.`);
        if (worker.imports.length > 0)
          throw new Error(`${kWorker} must be one file; it imports ${worker.imports.join(', ')}.`);
        const entries = Object.values(bundle).filter(
          (each): each is Rollup.OutputChunk => each.type === 'chunk' && each.isEntry && each !== worker,
        );
        const assets = new Set<string>();
        for (const entry of entries.filter((each) => kDocuments.includes(`${each.name}.html`)))
          collect(entry, kWhole.includes(entry.name), bundle, assets);
        const contents = createHash('sha256');
        for (const name of [...kDocuments, ...assets].sort()) contents.update(name).update(source(bundle[name]));
        for (const name of kPublic) contents.update(readFileSync(`public/${name}`));
        const files = [
          ...kDocuments.map((name) => `/${name.replace(/(index)?\.html$/, '')}`),
          ...[...assets].sort().map((name) => `/${name}`),
          ...kPublic.map((name) => `/${name}`),
        ];
        const shell = { version: contents.digest('hex').slice(0, 16), files };
        worker.code = `self.shell=${JSON.stringify(shell)};\n${worker.code}`;
      },
    },
  };
}

function collect(chunk: Rollup.OutputChunk, whole: boolean, bundle: Rollup.OutputBundle, into: Set<string>): void {
  if (into.has(chunk.fileName)) return;
  into.add(chunk.fileName);
  for (const css of chunk.viteMetadata?.importedCss ?? []) into.add(css);
  // Languages are loaded by every page, each its own.
  const later = chunk.dynamicImports.filter((name) => whole || isLanguage(bundle[name]));
  for (const name of [...chunk.imports, ...later]) {
    const next = bundle[name];
    if (next?.type === 'chunk') collect(next, whole, bundle, into);
  }
}

function isLanguage(file: Rollup.OutputBundle[string] | undefined): boolean {
  return file?.type === 'chunk' && /\/src\/i18n\/[a-z]{2}\.ts$/.test(file.facadeModuleId ?? '');
}

function source(file: Rollup.OutputBundle[string] | undefined): string | Uint8Array {
  if (file === undefined) throw new Error('A file of the shell is missing.');
  return file.type === 'chunk' ? file.code : file.source;
}
