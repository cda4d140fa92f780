// The statuses that nearly every contact centre wants, offered to an organisation that has none of its own.
import type { Schemas } from '@pastille/client/http/client';
import { nearestLanguage } from '../../i18n/language.svelte';
import { durationText } from '../../i18n/when';
import type { ChosenType } from './draft';

/** By language; every one of the pages at least in English. */
type Named = Readonly<Record<string, string> & { en: string }>;

export interface Starter {
  readonly key: 'coffee' | 'lunch' | 'training' | 'meeting' | 'on-call' | 'back-office';
  readonly names: Named;
  readonly type: ChosenType;
  readonly icon: string;
  readonly duration: number | null;
  readonly tag: Named;
}

const kBreak = { en: 'Break', fr: 'Pause' };
const kTeam = { en: 'Team', fr: 'Équipe' };
const kDuty = { en: 'Duty', fr: 'Service' };

export const starters: readonly Starter[] = [
  {
    key: 'coffee',
    names: { en: 'Coffee break', fr: 'Pause café' },
    type: 'absent',
    icon: '☕',
    duration: 900,
    tag: kBreak,
  },
  { key: 'lunch', names: { en: 'Lunch', fr: 'Déjeuner' }, type: 'absent', icon: '🍽️', duration: 3_600, tag: kBreak },
  {
    key: 'training',
    names: { en: 'Training', fr: 'En formation' },
    type: 'busy',
    icon: '🎓',
    duration: null,
    tag: kTeam,
  },
  { key: 'meeting', names: { en: 'Meeting', fr: 'En réunion' }, type: 'busy', icon: '👥', duration: 3_600, tag: kTeam },
  {
    key: 'on-call',
    names: { en: 'On call', fr: 'D’astreinte' },
    type: 'connected',
    icon: '📟',
    duration: null,
    tag: kDuty,
  },
  {
    key: 'back-office',
    names: { en: 'Back office', fr: 'Travail administratif' },
    type: 'busy',
    icon: '🗂️',
    duration: null,
    tag: kDuty,
  },
];

const inLanguage = (names: Named, locale: string): string => names[nearestLanguage([locale])] ?? names.en;

/** Named in the organisation's language, which is that of whoever ticks them, and translated to both. */
export function bodyOf(starter: Starter, locale: string): Schemas['NewStatus'] {
  return {
    name: inLanguage(starter.names, locale),
    names: { ...starter.names },
    type: starter.type,
    icon: starter.icon,
    default_duration_s: starter.duration,
    tags: [inLanguage(starter.tag, locale)],
  };
}

export function described(starter: Starter, locale: string): { name: string; duration: string | null } {
  return {
    name: inLanguage(starter.names, locale),
    duration: starter.duration === null ? null : durationText(starter.duration, locale),
  };
}
