// What stands in the form of a status: from a status, to the body of a request, and merged with what
// somebody else saved meanwhile.
import type { Schemas } from '@pastille/client/http/client';
import { foldName } from '../../i18n/fold';

export type Status = Schemas['Status'];
export type ChosenType = Schemas['ChosenType'];

export const chosenTypes: readonly ChosenType[] = ['connected', 'absent', 'busy', 'in_a_call'];
export const kMostTags = 20;
export const kMostNames = 20;
export const kLongestName = 60;
export const kLongestTag = 40;
export const kMostPosition = 1_000_000;
export const kLeastDuration = 60;
export const kMostDuration = 2_592_000;
const kIconBytes = 32;

export interface Draft {
  readonly name: string;
  /** By language tag; an empty one is no translation. */
  readonly names: Readonly<Record<string, string>>;
  readonly type: ChosenType | null;
  readonly tags: readonly string[];
  readonly icon: string;
  readonly default_duration_s: number | null;
  /** Null: after all others. */
  readonly position: number | null;
}

export const emptyDraft: Draft = {
  name: '',
  names: {},
  type: null,
  tags: [],
  icon: '',
  default_duration_s: null,
  position: null,
};

type Definition = Pick<Status, 'name' | 'names' | 'type' | 'tags' | 'icon' | 'default_duration_s' | 'position'>;

export function draftOf(status: Definition): Draft {
  return {
    name: status.name,
    names: { ...status.names },
    type: status.type === 'offline' ? null : status.type,
    tags: [...status.tags],
    icon: status.icon ?? '',
    default_duration_s: status.default_duration_s,
    position: status.position,
  };
}

const tidy = (text: string) => text.normalize('NFC').trim();

/** As the server will keep it: texts trimmed, empty translations left out. */
export function settled(draft: Draft): Draft {
  const names = Object.entries(draft.names)
    .map(([locale, name]) => [locale, tidy(name)] as const)
    .filter(([, name]) => name !== '');
  return { ...draft, name: tidy(draft.name), names: Object.fromEntries(names), icon: draft.icon.trim() };
}

export function newBody(draft: Draft): Schemas['NewStatus'] {
  const { name, names, type, tags, icon, default_duration_s, position } = settled(draft);
  return {
    name,
    names: { ...names },
    type: type ?? 'connected',
    tags: [...tags],
    icon: icon === '' ? null : icon,
    default_duration_s,
    ...(position === null ? {} : { position }),
  };
}

/** Only what differs, as a merge patch: a translation that is gone is null. */
export function patchBetween(before: Draft, after: Draft): Schemas['StatusPatch'] {
  const was = settled(before);
  const is = settled(after);
  const patch: Schemas['StatusPatch'] = {};
  const names: Record<string, string | null> = {};
  for (const locale of new Set([...Object.keys(was.names), ...Object.keys(is.names)])) {
    if (was.names[locale] !== is.names[locale]) names[locale] = is.names[locale] ?? null;
  }
  if (was.name !== is.name) patch.name = is.name;
  if (Object.keys(names).length > 0) patch.names = names;
  if (was.type !== is.type && is.type !== null) patch.type = is.type;
  if (!sameTags(was.tags, is.tags)) patch.tags = [...is.tags];
  if (was.icon !== is.icon) patch.icon = is.icon === '' ? null : is.icon;
  if (was.default_duration_s !== is.default_duration_s) patch.default_duration_s = is.default_duration_s;
  if (was.position !== is.position && is.position !== null) patch.position = is.position;
  return patch;
}

export function unchanged(before: Draft, after: Draft): boolean {
  return Object.keys(patchBetween(before, after)).length === 0;
}

function sameTags(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((tag, at) => tag === others[at]);
}

/** One grapheme cluster of at most 32 bytes that is an emoji, or nothing. */
export function iconFits(icon: string): boolean {
  const text = icon.trim();
  if (text === '') return true;
  const graphemes = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
  return graphemes.length === 1 && new TextEncoder().encode(text).length <= kIconBytes;
}

export function nameFits(name: string): boolean {
  const length = [...tidy(name)].length;
  return length >= 1 && length <= kLongestName && !/\p{Cc}/u.test(name);
}

/** Tags with these added: trimmed, cut at the limit, and two that differ in case or accents are one. */
export function withTags(tags: readonly string[], more: readonly string[]): string[] {
  const all = [...tags];
  for (const each of more) {
    const tag = [...tidy(each)].slice(0, kLongestTag).join('').trim();
    if (tag !== '' && all.length < kMostTags && !all.some((other) => foldName(other) === foldName(tag))) all.push(tag);
  }
  return all;
}

/** What is wrong with it before the server is asked, by the pointer that the server would use. */
export type Fault = 'name' | 'type' | 'icon' | 'duration' | 'position';
export function faultsOf(draft: Draft): Map<string, Fault> {
  const faults = new Map<string, Fault>();
  if (!nameFits(draft.name)) faults.set('/name', 'name');
  for (const [locale, name] of Object.entries(draft.names)) {
    if (tidy(name) !== '' && !nameFits(name)) faults.set(`/names/${locale}`, 'name');
  }
  if (draft.type === null) faults.set('/type', 'type');
  if (!iconFits(draft.icon)) faults.set('/icon', 'icon');
  if (draft.default_duration_s !== null && !within(draft.default_duration_s, kLeastDuration, kMostDuration))
    faults.set('/default_duration_s', 'duration');
  if (draft.position !== null && !within(draft.position, 0, kMostPosition)) faults.set('/position', 'position');
  return faults;
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
