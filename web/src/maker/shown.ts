// What a person shows, in words. Before the server has told it, it is not known: that is not Offline.
import { t } from '../i18n/language.svelte';
import type { Entry } from '@pastille/client/live/frames';
import type { Workplace } from '../live/workplace.svelte';

export function shownName(entry: Entry | undefined, workplace: Workplace): string {
  return entry === undefined ? '…' : workplace.statusName(entry.status) || t(`type.${entry.type}`);
}
