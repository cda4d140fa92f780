// What went wrong, in the page's language. The server's detail is in English and exact: it is used
// where a general sentence would say less.
import type { Key } from './en';
import { language, t } from './language.svelte';

const general: Record<string, Key> = {
  'wrong-credentials': 'problem.wrong-credentials',
  'too-many': 'problem.too-many',
  unavailable: 'problem.unavailable',
  stale: 'problem.stale',
  'not-signed-in': 'problem.not-signed-in',
  'permission-missing': 'problem.permission-missing',
  'own-status-only': 'problem.own-status-only',
  'name-taken': 'problem.name-taken',
  'login-taken': 'problem.login-taken',
  'last-administrator': 'problem.last-administrator',
  'role-in-use': 'problem.role-in-use',
  'stale-version': 'problem.stale-version',
  'limit-reached': 'problem.limit-reached',
  'external-sign-in': 'problem.external-sign-in',
  'not-found': 'problem.not-found',
};

export function explain(problem: { type: string; detail?: string; title: string; permission?: string; by?: string }): string {
  const slug = problem.type.split('/').pop() ?? '';
  const by = problem.by ?? '';
  if (by !== '' && slug === 'name-taken') return t('problem.name-taken-by', { by });
  if (by !== '' && slug === 'login-taken') return t('problem.login-taken-by', { by });
  const key = general[slug];
  if (key !== undefined) return t(key, { permission: problem.permission ?? '' });
  if (language.locale.startsWith('en')) return problem.detail ?? problem.title;
  return `${t('problem.other')} ${problem.detail ?? problem.title}`;
}
