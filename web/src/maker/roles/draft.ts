// A role as a form holds it, and what another's save makes of it meanwhile.
import type { Schemas } from '@pastille/client/http/client';
import type { Key } from '../../i18n/en';
import { sameSet } from '../users/draft';

export type Role = Schemas['Role'];
export type Permission = Schemas['Permission'];

export interface RoleDraft {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

const kNameMost = 60;

export function nameFault(name: string): Key | undefined {
  const length = [...name.normalize('NFC').trim()].length;
  return length === 0 ? 'maker.fault.name-missing' : length > kNameMost ? 'maker.fault.name-long' : undefined;
}

/** In the order of the server's list, whatever order they were ticked in. */
export function ticked(
  all: readonly Permission[],
  chosen: readonly Permission[],
  one: Permission,
  on: boolean,
): Permission[] {
  return all.filter((each) => (each === one ? on : chosen.includes(each)));
}

export function patchOf(before: RoleDraft, after: RoleDraft): Schemas['RolePatch'] | null {
  const patch: Schemas['RolePatch'] = {};
  if (after.name.trim() !== before.name) patch.name = after.name.trim();
  if (!sameSet(before.permissions, after.permissions)) patch.permissions = [...after.permissions];
  return Object.keys(patch).length === 0 ? null : patch;
}

/** Each tick is a field of its own: theirs come in where mine were not moved, so only the name can
 *  clash. Null: nothing changed. */
export function merged(
  before: RoleDraft,
  mine: RoleDraft,
  theirs: RoleDraft,
  all: readonly Permission[],
): { draft: RoleDraft; clash: boolean } | null {
  if (before.name === theirs.name && sameSet(before.permissions, theirs.permissions)) return null;
  const untouched = mine.name.trim() === before.name;
  const permissions = all.filter((each) => {
    const moved = mine.permissions.includes(each) !== before.permissions.includes(each);
    return (moved ? mine : theirs).permissions.includes(each);
  });
  return {
    draft: { name: untouched ? theirs.name : mine.name, permissions },
    clash: !untouched && before.name !== theirs.name && mine.name.trim() !== theirs.name,
  };
}
