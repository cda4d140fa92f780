// The statuses that nearly every contact centre wants, offered to an organisation that has none of its own.
import type { Schemas } from '../../api/client';
import { nearestLanguage } from '../../i18n/language.svelte';
import { durationText } from '../../i18n/when';
import type { ChosenType } from './draft';

export interface Starter {
  readonly key: 'coffee' | 'lunch' | 'training' | 'meeting' | 'on-call' | 'back-office';
  readonly names: Readonly<Record<'en' | 'fr', string>>;
  readonly type: ChosenType;
  readonly icon: string;
  readonly duration: number | null;
  readonly tag: Readonly<Record<'en' | 'fr', string>>;
}

const kBreak = { en: 'Break', fr: 'Pause' };
const kTeam = { en: 'Team', fr: 'Équipe' };
const kDuty = { en: 'Duty', fr: 'Service' };

export const starters: readonly Starter[] = [
  { key: 'coffee', names: { en: 'Coffee break', fr: 'Pause café' }, type: 'absent', icon: '☕', duration: 900, tag: kBreak },
  { key: 'lunch', names: { en: 'Lunch', fr: 'Déjeuner' }, type: 'absent', icon: '🍽️', duration: 3_600, tag: kBreak },
  { key: 'training', names: { en: 'Training', fr: 'En formation' }, type: 'busy', icon: '🎓', duration: null, tag: kTeam },
  { key: 'meeting', names: { en: 'Meeting', fr: 'En réunion' }, type: 'busy', icon: '👥', duration: 3_600, tag: kTeam },
  { key: 'on-call', names: { en: 'On call', fr: 'D’astreinte' }, type: 'connected', icon: '📟', duration: null, tag: kDuty },
  { key: 'back-office', names: { en: 'Back office', fr: 'Travail administratif' }, type: 'busy', icon: '🗂️', duration: null, tag: kDuty },
];

/** Named in the organisation's language, which is that of whoever ticks them, and translated to both. */
export function bodyOf(starter: Starter, locale: string): Schemas['NewStatus'] {
  const main = nearestLanguage([locale]);
  return {
    name: starter.names[main], names: { ...starter.names }, type: starter.type, icon: starter.icon,
    default_duration_s: starter.duration, tags: [starter.tag[main]],
  };
}

export function described(starter: Starter, locale: string): { name: string; duration: string | null } {
  return { name: starter.names[nearestLanguage([locale])], duration: starter.duration === null ? null : durationText(starter.duration, locale) };
}
