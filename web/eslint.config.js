// What the compiler cannot see. Prettier decides about looks: nothing here does.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  globalIgnores(['packages/client/src/contract.ts', 'packages/client/build', 'public']),
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Types are the compiler's: it knows all names.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // $props() is taken apart with let: some of it may be bound.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // svelte-check reads them, with the options of the build.
      'svelte/no-unused-svelte-ignore': 'off',
      // A collection that is replaced whole needs no reactive one, whose code would be in the Banner's first paint.
      'svelte/prefer-svelte-reactivity': 'off',
      // {' '} keeps a space at the end of a line.
      'svelte/no-useless-mustaches': 'off',
      // A value for the next time that a $derived runs is used.
      'no-useless-assignment': 'off',
    },
  },
  {
    // The client serves programs as well as pages: it knows no page and no framework. Two steps up lead out of it.
    files: ['packages/client/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^svelte($|/)|\\.svelte($|\\.)|^(\\.\\./){2}',
              message: '@pastille/client imports nothing of the pages and no framework.',
            },
          ],
        },
      ],
    },
  },
  { files: ['**/*.mjs'], rules: { 'no-console': 'off' } },
  // Playwright finds by this pattern which fixtures a function wants.
  { files: ['e2e/**'], rules: { 'no-empty-pattern': 'off' } },
);
