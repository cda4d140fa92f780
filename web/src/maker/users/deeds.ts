// What one can do to a person's access, with its consequences in words; the list and the person's
// own page offer the same deeds.
import { api, ask, type Problem } from '@pastille/client/http/client';
import { t } from '../../i18n/language.svelte';
import type { User } from './draft';

export type Deed = 'disable' | 'enable' | 'sign-out' | 'erase';

export interface Asking {
  readonly title: string;
  readonly lead: string;
  readonly points: readonly string[];
  readonly stays: readonly string[];
  readonly action: string;
  readonly typed?: string;
  readonly done: string;
}

/** Which deeds make sense; enabling needs no question, so it is none here. */
export function deedsFor(user: Pick<User, 'active'>): readonly Exclude<Deed, 'enable'>[] {
  return user.active ? ['sign-out', 'disable'] : ['erase'];
}

export function asking(deed: Exclude<Deed, 'enable'>, user: User): Asking {
  const name = user.display_name;
  switch (deed) {
    case 'sign-out':
      return {
        title: t('users.sign-out-title', { name }),
        lead: t('users.sign-out-lead', { name }),
        points: [
          t('users.sign-out-point.sessions', { name }),
          t('users.sign-out-point.tokens'),
          t('users.sign-out-point.recorded'),
        ],
        stays: [],
        action: t('users.sign-out'),
        done: t('users.signed-out', { name }),
      };
    case 'disable':
      return {
        title: t('users.disable-title', { name }),
        lead: t('users.disable-lead', { name }),
        points: [t('users.disable-point.access'), t('users.disable-point.tokens'), t('users.disable-point.seen')],
        stays: [t('users.disable-stays.account'), t('users.disable-stays.conversations')],
        action: t('users.disable'),
        done: t('users.disabled', { name }),
      };
    case 'erase':
      return {
        title: t('users.erase-title', { name }),
        lead: t('users.erase-lead'),
        points: [t('users.erase-point.account'), t('users.erase-point.history'), t('users.erase-point.access')],
        stays: [t('users.erase-stays.conversations'), t('users.erase-stays.trail')],
        typed: user.login,
        action: t('users.erase'),
        done: t('users.erased', { name }),
      };
  }
}

/** Does it to the person as they were shown: who changed meanwhile is not touched unseen. */
export async function carryOut(deed: Deed, user: User): Promise<Problem | undefined> {
  const path = { id: user.id };
  const header = { 'If-Match': `"${user.version}"` };
  switch (deed) {
    case 'sign-out':
      return (await ask(api.DELETE('/users/{id}/sessions', { params: { path } }))).problem;
    case 'erase':
      return (await ask(api.DELETE('/users/{id}', { params: { path, header } }))).problem;
    default:
      return (await ask(api.PATCH('/users/{id}', { params: { path, header }, body: { active: deed === 'enable' } })))
        .problem;
  }
}
