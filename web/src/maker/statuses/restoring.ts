// Brings a deleted status back; its name may be taken by now.
import { api, ask, slug, type Problem } from '@pastille/client/http/client';
import { explain } from '../../i18n/explain';
import { t } from '../../i18n/language.svelte';
import { announcements } from '../../ui/announcer.svelte';

/** What went wrong in words, or null. */
export async function restore(id: string, name: string): Promise<string | null> {
  const answer = await ask(api.POST('/statuses/{id}/restore', { params: { path: { id } } }));
  if (answer.problem !== undefined) return refusal(answer.problem, name);
  announcements.say(t('statuses.restored', { name }));
  return null;
}

function refusal(problem: Problem, name: string): string {
  return slug(problem) === 'name-taken' ? t('statuses.restore-taken', { name }) : explain(problem);
}
