// An account as a form holds it: what is wrong with it before it is sent, and what a patch says.
import type { Problem, Schemas } from '@pastille/client/http/client';
import type { Key } from '../../i18n/en';
import { isZone } from '../../i18n/zone_names';

export type User = Schemas['User'];

export interface PersonDraft {
  readonly login: string;
  readonly display_name: string;
  readonly role_id: string;
  readonly team_ids: readonly string[];
  /** '' here and in the zone: those of the person's device, at their first sign-in. */
  readonly locale: string;
  readonly time_zone: string;
}
export type PersonField = keyof PersonDraft;
export type PersonFaults = Partial<Record<PersonField, Key>>;

export const kFields = [
  'display_name',
  'login',
  'role_id',
  'team_ids',
  'locale',
  'time_zone',
] as const satisfies readonly PersonField[];
const kMost = { login: 128, display_name: 100, time_zone: 64 } as const;
const kTeamsMost = 50;

export function draftOf(user: User): PersonDraft {
  return {
    login: user.login,
    display_name: user.display_name,
    role_id: user.role_id,
    team_ids: user.teams,
    locale: user.unset.includes('locale') ? '' : user.locale,
    time_zone: user.unset.includes('time_zone') ? '' : user.time_zone,
  };
}

type Patch = Omit<Schemas['UserPatch'], 'pending_external'>;

/** Only what differs; teams are a set, their order says nothing. Null: nothing does. */
export function patchOf(before: PersonDraft, after: PersonDraft): Patch | null {
  const patch: Patch = {};
  for (const field of ['login', 'display_name', 'role_id', 'locale', 'time_zone'] as const) {
    const text = after[field].trim();
    if (text !== before[field]) patch[field] = text;
  }
  if (!sameSet(before.team_ids, after.team_ids)) patch.team_ids = [...after.team_ids];
  return Object.keys(patch).length === 0 ? null : patch;
}

/** What the server would refuse anyway, said in the page's language and before it is asked. `unset`: what may stay open. */
export function faultsOf(draft: PersonDraft, unset: Readonly<User['unset']>): PersonFaults {
  const faults: PersonFaults = {};
  const login = draft.login.trim();
  if (login === '') faults.login = 'users.fault.login-missing';
  else if (/\s/u.test(login)) faults.login = 'users.fault.login-space';
  else if (length(login) > kMost.login) faults.login = 'users.fault.too-long';
  const name = draft.display_name.trim();
  if (name === '') faults.display_name = 'users.fault.name-missing';
  else if (length(name) > kMost.display_name) faults.display_name = 'users.fault.too-long';
  if (draft.role_id === '') faults.role_id = 'users.fault.role-missing';
  if (draft.team_ids.length > kTeamsMost) faults.team_ids = 'users.fault.teams-many';
  const zone = draft.time_zone.trim();
  if (!(zone.length <= kMost.time_zone && isZone(zone)) && !(zone === '' && unset.includes('time_zone')))
    faults.time_zone = 'users.fault.time-zone';
  return faults;
}

/** The server's word on one field: of its errors, and of what two people cannot share. */
export function faultAt(problem: Problem | null, field: string): string | undefined {
  return problem?.errors?.find(({ pointer }) => pointer === `/${field}` || pointer.startsWith(`/${field}/`))?.detail;
}

export function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}

function length(text: string): number {
  return [...text.normalize('NFC')].length;
}

/** What another's save makes of a form under one's hands: untouched fields become theirs, touched
 *  ones stay; a clash is a field that both changed, each to something else. Null: nothing changed. */
export function merged(
  before: PersonDraft,
  mine: PersonDraft,
  theirs: PersonDraft,
): { draft: PersonDraft; clashes: PersonField[] } | null {
  let draft = mine;
  const clashes: PersonField[] = [];
  let changed = false;
  for (const field of kFields) {
    if (same(field, before, theirs)) continue;
    changed = true;
    if (same(field, mine, before)) draft = { ...draft, [field]: theirs[field] };
    else if (!same(field, mine, theirs)) clashes.push(field);
  }
  return changed ? { draft, clashes } : null;
}

function same(field: PersonField, some: PersonDraft, other: PersonDraft): boolean {
  return field === 'team_ids' ? sameSet(some.team_ids, other.team_ids) : some[field].trim() === other[field].trim();
}

export type PersonState = 'active' | 'invited' | 'disabled';

export function stateOf({ active, invited }: Pick<User, 'active' | 'invited'>): PersonState {
  return !active ? 'disabled' : invited ? 'invited' : 'active';
}
