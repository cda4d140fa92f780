// Why the server refused a new password, in the page's language: its length, or it is easy to guess.
import { t } from '../i18n/language.svelte';

export function passwordFault(password: string): string {
  const length = [...password.normalize('NFC')].length;
  return length < 8 || length > 128 ? t('password.length') : t('password.easy');
}
