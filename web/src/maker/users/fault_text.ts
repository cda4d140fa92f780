// What is wrong in a file of people, in the reader's language.
import { t } from '../../i18n/language.svelte';

const kKnown = [
  'not_utf8', 'empty_file', 'quote_open', 'quote_misplaced', 'column_missing', 'column_twice', 'too_many_cells', 'too_long', 'too_many_lines',
  'login_taken', 'login_twice', 'no_such_role', 'no_such_team', 'no_such_language', 'no_such_time_zone', 'not_yes_or_no',
] as const;

/** undefined: there are no words for it here; the server's own say it. */
export function faultText(code: string | undefined, params: Readonly<Record<string, string>> = {}): string | undefined {
  const known = kKnown.find((each) => each === code);
  return known === undefined ? undefined : t(`import.fault.${known}`, params);
}
