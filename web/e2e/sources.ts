// What the pages are made of, read from their sources, for tests that must miss nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const kSources = join(import.meta.dirname, '../src');

/** A source file as it is: "maker/tabs.ts". */
export const source = (path: string): string => readFileSync(join(kSources, path), 'utf8');

/** The documents that the server gives, by their names. */
export function documents(): string[] {
  return readdirSync(join(kSources, '..'))
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.slice(0, -'.html'.length));
}

/** All components, by their paths. */
export function components(): string[] {
  return readdirSync(kSources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.svelte'))
    .sort();
}

/** Where something is used: "maker/Audit.svelte 1", and 2 for the second one in the same file. */
export function uses(what: RegExp): string[] {
  return components()
    .flatMap((path) => [...source(path).matchAll(what)].map((_, at) => `${path} ${at + 1}`))
    .sort();
}

/** The words in quotes of what stands between two texts of a file. */
export function quoted(path: string, from: string, to: string): string[] {
  const text = source(path);
  const begin = text.indexOf(from);
  const end = text.indexOf(to, begin + from.length);
  if (begin < 0 || end < 0) throw new Error(`${path} has no ${from} … ${to}`);
  return [...text.slice(begin + from.length, end).matchAll(/'([\w-]+)'/g)].map((match) => match[1] as string);
}
