// The sentence beside each field: first what the page itself sees, then the server's word.
import { slug, type Problem } from '@pastille/client/http/client';
import { explain } from '../../i18n/explain';
import { t } from '../../i18n/language.svelte';
import { faultAt, kFields, type PersonFaults, type PersonField } from './draft';

export function shownFaults(own: PersonFaults, problem: Problem | null): Partial<Record<PersonField, string>> {
  const shown: Partial<Record<PersonField, string>> = {};
  for (const field of kFields) {
    const key = own[field];
    const words = key === undefined ? faultAt(problem, field) : t(key);
    if (words !== undefined) shown[field] = words;
  }
  if (problem !== null && slug(problem) === 'login-taken') shown.login ??= explain(problem);
  return shown;
}
