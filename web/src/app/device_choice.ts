// A new person has no language and time zone until their first page, which takes those of its device.
import { api, ask, type Schemas } from '../api/client';
import { deviceLanguage } from '../i18n/language.svelte';

type Self = Schemas['Self'];

/** Gives them as they are then; refused or not, one is signed in. */
export async function chooseForDevice(user: Self): Promise<Self> {
  if (user.unset.length === 0) return user;
  const device = { locale: deviceLanguage(), time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const body = Object.fromEntries(user.unset.map((field) => [field, device[field]]));
  const answer = await ask(api.PATCH('/me', { body }));
  return answer.data ?? user;
}
