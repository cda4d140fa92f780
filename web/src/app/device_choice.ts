// A new person has no language and time zone until their first page, which takes those of its device.
import { api, ask, type Schemas } from '@pastille/client/http/client';
import { kLanguageKey, nearestLanguage } from '../i18n/language.svelte';
import { device } from '../stores/device_storage';

type Self = Schemas['Self'];

/** The language that this device used last; without one, the first of the browser's that there is here. */
export function deviceLanguage(): string {
  const offered = (each: string): boolean => nearestLanguage([each]) !== 'en' || /^en\b/i.test(each);
  return device.get(kLanguageKey) ?? navigator.languages.find(offered) ?? 'en';
}

/** Gives them as they are then; refused or not, one is signed in. */
export async function chooseForDevice(user: Self): Promise<Self> {
  if (user.unset.length === 0) return user;
  const theirs = { locale: deviceLanguage(), time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const body = Object.fromEntries(user.unset.map((field) => [field, theirs[field]]));
  const answer = await ask(api.PATCH('/me', { body }));
  return answer.data ?? user;
}
