// What went wrong, in the page's language. The server's detail is in English and exact: it is used
// where a general sentence would say less.
import { language, t } from './language.svelte';

/** The slugs of problems for which there are words of our own: `problem.SLUG`. */
const general = [
  'wrong-credentials',
  'too-many',
  'unavailable',
  'stale',
  'not-signed-in',
  'permission-missing',
  'own-status-only',
  'name-taken',
  'login-taken',
  'last-administrator',
  'role-in-use',
  'stale-version',
  'limit-reached',
  'external-sign-in',
  'not-found',
  'in-doubt',
  'secret-lost',
] as const;

export function explain(problem: {
  type: string;
  detail?: string;
  title: string;
  permission?: string;
  by?: string;
}): string {
  const slug = problem.type.split('/').pop() ?? '';
  const by = problem.by ?? '';
  if (by !== '' && slug === 'name-taken') return t('problem.name-taken-by', { by });
  if (by !== '' && slug === 'login-taken') return t('problem.login-taken-by', { by });
  const known = general.find((each) => each === slug);
  if (known !== undefined) return t(`problem.${known}`, { permission: problem.permission ?? '' });
  if (language.locale.startsWith('en')) return problem.detail ?? problem.title;
  return `${t('problem.other')} ${problem.detail ?? problem.title}`;
}
