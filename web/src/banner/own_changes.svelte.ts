// Watches what one shows and keeps the notice about a change that was not one's own doing.
import { nameIn, type SessionStore } from '../stores/session_store.svelte';
import { language, t } from '../i18n/language.svelte';
import { announcements } from '../ui/announcer.svelte';
import { noticeOf, type Notice, type Shown } from './ended';

export class OwnChanges {
  notice = $state.raw<Notice | null>(null);
  #shown: Shown | null = null;

  constructor(private readonly session: SessionStore) {
    $effect(() => this.#follow());
  }

  /** The notice as a sentence. */
  get text(): string {
    const me = this.session.me;
    if (this.notice === null || me === null) return '';
    const names = {
      status: nameIn(this.notice.before.status, language.locale),
      now: this.session.statusName(me.status),
    };
    return this.notice.what === 'ended' ? t('own.ended', names) : t('own.deleted', names);
  }

  dismiss(): void {
    this.notice = null;
  }

  #follow(): void {
    const { me, statuses, catalogueVersion, catalogueWanted } = this.session.live.state;
    // After a reconnection the entry comes before the catalogue that explains it.
    if (me === null || catalogueVersion < catalogueWanted) return;
    const status = statuses.get(me.status);
    if (status === undefined) return; // deleted a moment ago: the entry that follows says where one went
    if (this.#shown !== null && this.#shown.entry.status !== me.status) {
      this.notice = noticeOf(this.#shown, me, statuses);
      if (this.notice !== null) announcements.say(this.text);
    }
    this.#shown = { entry: me, status };
  }
}
