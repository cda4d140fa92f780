// What a person shows, in words. Before the server has told it, it is not known: that is not Offline.
import { t } from '../i18n/language.svelte';
import type { Entry } from '@pastille/client/live/frames';
import type { SessionStore } from '../stores/session_store.svelte';

export function shownName(entry: Entry | undefined, session: SessionStore): string {
  return entry === undefined ? '…' : session.statusName(entry.status) || t(`type.${entry.type}`);
}
