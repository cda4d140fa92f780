// What is sent when one chooses a status, from what stands in the fields and what one shows now.
import type { Entry } from '@pastille/client/live/frames';
import type { Choice } from '../stores/presence_store.svelte';
import { endToSend, type End } from './until';

export interface Fields extends End {
  readonly note: string;
}

/** As the server will keep it: one line without white space at its ends. */
export function tidyNote(note: string): string {
  return note.replace(/\s+/gu, ' ').normalize('NFC').trim();
}

/** The end of the status that is shown already, which choosing it again keeps; another status has an
 *  end of its own: undefined. */
export function keptEnd(statusId: string, shown: Entry | null): string | null | undefined {
  return shown !== null && shown.status === statusId ? shown.until : undefined;
}

/** A note that one has not touched belongs to the status it was written for: another does not take it over. */
export function choiceToSend(statusId: string, fields: Fields, shown: Entry | null, timeZone: string): Choice {
  const note = tidyNote(fields.note);
  const untouched = note === (shown?.note ?? '');
  const belongs = !untouched || shown?.status === statusId;
  return {
    status_id: statusId,
    note: belongs && note !== '' ? note : null,
    ...endToSend(fields, keptEnd(statusId, shown), timeZone),
  };
}
