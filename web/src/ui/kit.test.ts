// Dialogs, forms and announcements are made of what stands in this folder: nothing beside it does them anew.
import { describe, expect, it } from 'vitest';

const files: Readonly<Record<string, string>> = import.meta.glob('../**/*.{svelte,ts}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sources = Object.entries(files)
  .filter(([path]) => !path.endsWith('.test.ts'))
  .map(([path, text]) => [path.replace('../', ''), text] as const);

/** The files that have it, by their paths below src. */
const having = (what: RegExp): string[] =>
  sources
    .filter(([, text]) => what.test(text))
    .map(([path]) => path)
    .sort();
const pathOf = (path: string): string => (path.startsWith('./') ? `ui/${path.slice(2)}` : path);

describe('the kit', () => {
  it('alone opens dialogs', () => {
    expect(having(/<dialog\b/).map(pathOf)).toEqual(['ui/Dialog.svelte']);
    expect(having(/\.showModal\(/).map(pathOf)).toEqual(['ui/dialog_focus.ts']);
  });

  it('asks alone before what is unsaved goes', () => {
    expect(having(/'beforeunload'/).map(pathOf)).toEqual(['ui/unsaved.ts']);
  });
});

describe('every form', () => {
  it('says itself what is wrong, not the browser in its own language', () => {
    const forms = sources.flatMap(([path, text]) =>
      [...text.matchAll(/<form\b[^]*?>\n/g)].map(([tag]) => [pathOf(path), tag] as const),
    );
    expect(forms.length).toBeGreaterThan(10);
    expect(forms.filter(([, tag]) => !tag.includes('novalidate'))).toEqual([]);
  });
});

describe('every part that is fetched later', () => {
  it('says what is shown where it cannot be fetched: else that is an error which nobody handles', () => {
    const waits = sources.flatMap(([path, text]) =>
      [...text.matchAll(/\{#await [^]*?\{\/await\}/g)].map(([wait]) => [pathOf(path), wait] as const),
    );
    expect(waits.length).toBeGreaterThan(15);
    expect(waits.filter(([, wait]) => !wait.includes('{:catch'))).toEqual([]);
  });
});
