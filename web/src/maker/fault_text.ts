// What is wrong in a file that is brought in, in the reader's language: by the server's code and parameters.
import type { Key } from '../i18n/en';
import { t } from '../i18n/language.svelte';

const kKnown = [
  'not_utf8',
  'empty_file',
  'quote_open',
  'quote_misplaced',
  'column_missing',
  'column_twice',
  'too_many_cells',
  'too_long',
  'too_many_lines',
  'login_taken',
  'login_twice',
  'no_such_role',
  'no_such_team',
  'no_such_language',
  'no_such_time_zone',
  'not_yes_or_no',
  'required',
  'null',
  'type',
  'unknown',
  'read_only',
  'choice',
  'no_such',
  'length',
  'characters',
  'number',
  'not_a_type',
  'not_an_emoji',
  'not_a_duration',
  'not_a_number',
] as const;

/** What a field takes, where the server says no more than that it is not that. */
const kRules: Readonly<Record<string, Key>> = {
  type: 'statuses.fault.type',
  icon: 'statuses.fault.icon',
  default_duration_s: 'statuses.fault.duration',
  position: 'statuses.fault.position',
};

/** `field` as the file has it. undefined: there are no words for it here; the server's own say it. */
export function faultText(
  code: string | undefined,
  params: Readonly<Record<string, string>> = {},
  field = '',
): string | undefined {
  const known = kKnown.find((each) => each === code);
  if (known !== undefined) return t(`import.fault.${known}`, { field, ...params });
  const rule = Object.hasOwn(kRules, field) ? kRules[field] : undefined;
  return rule === undefined || (code !== undefined && code !== 'invalid') ? undefined : t(rule);
}
