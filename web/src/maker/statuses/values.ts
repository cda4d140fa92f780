// Fields of a status and their values in words, for what changed and what clashes.
import type { Key } from '../../i18n/en';
import { language, t } from '../../i18n/language.svelte';
import { durationText } from '../../i18n/when';
import { languageWord } from './languages';
import { basicTypes } from '../../ui/basic_types';

const kLabels: Readonly<Record<string, Key>> = {
  name: 'statuses.name',
  type: 'statuses.type',
  tags: 'statuses.tags',
  icon: 'statuses.icon',
  default_duration_s: 'statuses.duration',
  position: 'statuses.position',
};

export function fieldLabel(field: string): string {
  if (field.startsWith('names.'))
    return t('statuses.name-in', { language: languageWord(field.slice('names.'.length), language.locale) });
  const key = kLabels[field];
  return key === undefined ? field : t(key);
}

/** null: there is none. */
export function valueText(field: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join(', ');
  if (field === 'type') {
    const type = basicTypes.find((each) => each === value);
    if (type !== undefined) return t(`type.${type}`);
  }
  if (field === 'default_duration_s' && typeof value === 'number') return durationText(value, language.locale);
  if (typeof value === 'number') return new Intl.NumberFormat(language.locale).format(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
