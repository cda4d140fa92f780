// What one is about to show: the note and the end beside the choice of a status, for the menu and for
// Home alike. It follows what is shown (also from another tab) as long as one has not written oneself.
import { clock } from '../i18n/clock.svelte';
import { explain } from '../i18n/explain';
import { language, t } from '../i18n/language.svelte';
import { shortWhen } from '../i18n/when';
import { wallTime } from '../i18n/zone';
import type { Entry, Status } from '@pastille/client/live/frames';
import type { Problem } from '@pastille/client/http/client';
import type { SessionStore } from '../stores/session_store.svelte';
import { announcements } from '../ui/announcer.svelte';
import { choiceToSend, keptEnd, tidyNote } from './choice_to_send';
import { countUse } from './choices';
import { endInstant, endIsPossible, type ClearAfter } from './until';

export const kMostNote = 140;

export class OwnDraft {
  note = $state('');
  clear = $state<ClearAfter>('default');
  picked = $state('');
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  #shownNote = '';

  readonly noteLength = $derived([...tidyNote(this.note)].length);
  readonly noteTooLong = $derived(this.noteLength > kMostNote);

  constructor(private readonly session: SessionStore) {
    $effect.pre(() => {
      const shown = this.session.me?.note ?? '';
      if (shown === this.#shownNote) return;
      if (this.note === this.#shownNote) this.note = shown;
      this.#shownNote = shown;
    });
  }

  /** Whether something is written that is not yet shown. */
  get changed(): boolean {
    return this.clear !== 'default' || tidyNote(this.note) !== this.#shownNote;
  }

  endIsPossible(now: Date): boolean {
    return endIsPossible(this, now, this.session.self.time_zone);
  }

  /** The exact end of this status if it were chosen at this moment. */
  endOf(status: Status, now: Date): Date | null {
    return endInstant(this, this.keptEnd(status.id), status.default_duration_s, now, this.session.self.time_zone);
  }

  /** undefined: it is not what is shown, and its end is its own. */
  keptEnd(statusId: string): string | null | undefined {
    return keptEnd(statusId, this.session.me);
  }

  /** Opens the field for a time with something near: half an hour from now. */
  suggestTime(now: Date): void {
    if (this.picked === '') this.picked = wallTime(new Date(now.getTime() + 1_800_000), this.session.self.time_zone);
  }

  /** Shows it. False: it was not done, and why stands in `problem` or beside the field. */
  async send(statusId: string): Promise<boolean> {
    this.problem = null;
    if (this.noteTooLong || !this.endIsPossible(clock.now)) return false;
    this.busy = true;
    const outcome = await this.session.live.set(
      choiceToSend(statusId, this, this.session.me, this.session.self.time_zone),
    );
    this.busy = false;
    if ('problem' in outcome) {
      this.problem = outcome.problem;
      announcements.say(explain(outcome.problem));
      return false;
    }
    this.#done(outcome.entry);
    return true;
  }

  #done(entry: Entry): void {
    const { self, statusName } = this.session;
    countUse(self.id, entry.status);
    this.#shownNote = entry.note ?? '';
    this.note = this.#shownNote;
    this.clear = 'default';
    this.picked = '';
    const status = statusName.call(this.session, entry.status);
    announcements.say(
      entry.until === null
        ? t('own.now', { status })
        : t('own.now-until', { status, time: shortWhen(entry.until, language.locale, self.time_zone, clock.now) }),
    );
  }
}
