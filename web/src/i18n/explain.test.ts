import { beforeAll, describe, expect, it, vi } from 'vitest';
import { explain } from './explain';
import { language } from './language.svelte';

const problem = (slug: string, by?: string) => ({
  type: `/problems/${slug}`,
  title: 'Taken',
  detail: 'It is taken.',
  ...(by === undefined ? {} : { by }),
});

describe.each([
  ['name-taken', 'This name is taken'],
  ['login-taken', 'This username is taken'],
])('%s', (slug, taken) => {
  beforeAll(async () => {
    vi.stubGlobal('document', { documentElement: {} });
    vi.stubGlobal('navigator', { languages: ['en'] });
    await language.use('en');
    return () => vi.unstubAllGlobals();
  });

  it('is said with the entry that has it', () => {
    expect(explain(problem(slug, 'Pause Café'))).toBe(
      `${taken} by “Pause Café”. Choose one that differs in more than case and accents.`,
    );
  });
  it('is said alone where nothing tells which entry that is', () => {
    expect(explain(problem(slug))).toBe(`${taken}. Choose another.`);
    expect(explain(problem(slug, ''))).toBe(`${taken}. Choose another.`);
  });
});
