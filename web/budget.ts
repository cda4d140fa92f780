// How much script a page may fetch before it shows anything, and a part when it is first opened; gzip.
// More than that is a failed build: a page grows by a line at a time, and nobody notices.
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const kKilobyte = 1024;

/** By the entry of a page, in kilobytes. The Banner's is the strip, which is painted before the panel. */
const kPages: Readonly<Record<string, number>> = { banner: 40, maker: 95 };
/** By the source of what is loaded later: what comes on top of the page that it is loaded into. */
const kParts: readonly { readonly of: RegExp; readonly page: string; readonly most: number }[] = [
  { of: /\/src\/banner\/Home\.svelte$/, page: 'banner', most: 8 },
  { of: /\/src\/banner\/\w+\.svelte$/, page: 'banner', most: 40 },
  { of: /\/src\/maker\/.*\.svelte$/, page: 'maker', most: 20 },
  { of: /\/src\/i18n\/maker_\w+\.ts$/, page: 'maker', most: 10 },
  { of: /\/src\/i18n\/\w+\.ts$/, page: 'maker', most: 8 },
];

interface Chunk {
  readonly fileName: string;
  readonly code: string;
  readonly imports: readonly string[];
  readonly name: string;
  readonly isEntry: boolean;
  readonly isDynamicEntry: boolean;
  readonly facadeModuleId: string | null;
}

export interface Found {
  readonly what: string;
  readonly bytes: number;
  readonly most: number;
}

/** What each page and part weighs, with what it imports; what is there already is not counted again. */
export function weigh(chunks: readonly Chunk[]): Found[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const withImports = (chunk: Chunk, seen = new Set<Chunk>()): Set<Chunk> => {
    if (seen.has(chunk)) return seen;
    seen.add(chunk);
    for (const each of chunk.imports) {
      const imported = byName.get(each);
      if (imported !== undefined) withImports(imported, seen);
    }
    return seen;
  };
  const weight = (of: Iterable<Chunk>): number =>
    [...of].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
  const pages = new Map(chunks.filter((chunk) => chunk.isEntry).map((chunk) => [chunk.name, withImports(chunk)]));

  const found: Found[] = [];
  for (const [page, most] of Object.entries(kPages)) {
    found.push({ what: `${page}, first paint`, bytes: weight(pages.get(page) ?? []), most: most * kKilobyte });
  }
  for (const chunk of chunks.filter((each) => each.isDynamicEntry)) {
    const part = kParts.find(({ of }) => of.test(chunk.facadeModuleId ?? ''));
    if (part === undefined) continue;
    const there = pages.get(part.page) ?? new Set<Chunk>();
    const more = [...withImports(chunk)].filter((each) => !there.has(each));
    found.push({
      what: chunk.facadeModuleId?.split('/src/')[1] ?? chunk.name,
      bytes: weight(more),
      most: part.most * kKilobyte,
    });
  }
  return found;
}

export function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_, bundle) {
      const found = weigh(Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? [each] : [])));
      const missing = Object.keys(kPages).filter(
        (page) => !found.some((each) => each.what.startsWith(page) && each.bytes > 0),
      );
      const over = found.filter((each) => each.bytes > each.most);
      for (const page of missing) this.error(`There is no page "${page}" to weigh.`);
      this.info(found.map(told).join('\n'));
      if (over.length > 0) this.error(`Too much script.\n${over.map(told).join('\n')}`);
    },
  };
}

/** For a build of one file that fetches nothing else. */
export function oneFile(most: number): Plugin {
  return {
    name: 'budget of one file',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const each of Object.values(bundle)) {
        if (each.type !== 'chunk') continue;
        if (each.imports.length > 0)
          this.error(`${each.fileName} imports ${each.imports.join(', ')}; it must be one file.`);
        const found = { what: each.fileName, bytes: gzipSync(each.code, { level: 9 }).length, most: most * kKilobyte };
        this.info(told(found));
        if (found.bytes > found.most) this.error(`Too much script.\n${told(found)}`);
      }
    },
  };
}

const told = ({ what, bytes, most }: Found): string =>
  `${what}: ${(bytes / kKilobyte).toFixed(1)} KB of script, at most ${most / kKilobyte}`;
