// What the audit says, for people: each known action has a sentence, a newer server's action has
// one that says so. A sentence comes in segments, so that names can be links.
import type { Schemas } from '@pastille/client/http/client';
import type { Key } from '../../i18n/en';

export type AuditItem = Schemas['AuditItem'];

export const kActions = [
  'status.create',
  'status.modify',
  'status.duplicate',
  'status.delete',
  'status.restore',
  'user.create',
  'user.modify',
  'user.disable',
  'user.enable',
  'user.erase',
  'user.invite',
  'user.password',
  'user.sign-out',
  'user.first-administrator',
  'user.renew',
  'user.renewal-accepted',
  'user.renewal-void',
  'team.create',
  'team.modify',
  'team.delete',
  'role.create',
  'role.modify',
  'role.delete',
] as const;
export type Action = (typeof kActions)[number];

export type TargetKind = 'status' | 'user' | 'team' | 'role';
const kKinds: Readonly<Record<string, TargetKind>> = {
  status: 'status',
  user: 'user',
  team: 'team',
  role: 'role',
  'own-status': 'user',
};

/** What the target of an action is: the action's first word says it. */
export function targetKind(action: string): TargetKind | null {
  return kKinds[action.split('.')[0] ?? ''] ?? null;
}

/** Of an address's id, for which no action is known: its first letter is all that tells. */
export function kindOf(id: string): TargetKind | null {
  return ({ s: 'status', u: 'user', t: 'team', r: 'role' } as const)[id.charAt(0)] ?? null;
}

export function sentenceKey({ action, outcome }: Pick<AuditItem, 'action' | 'outcome'>): Key {
  if (outcome === 'refused') return action === 'own-status.set' ? 'audit.refused.own-status' : 'audit.refused.other';
  return isKnown(action) ? `audit.did.${action}` : 'audit.did-other';
}

function isKnown(action: string): action is Action {
  return (kActions as readonly string[]).includes(action);
}

export type Segment = { readonly text: string } | { readonly slot: 'who' | 'what' };
/** Characters that no text of a catalogue holds; put in for names and found again. */
export const kSlots = { who: '\uE000', what: '\uE001' } as const;

export function segments(sentence: string): Segment[] {
  return sentence.split(/([\uE000\uE001])/u).flatMap((part): Segment[] => {
    if (part === kSlots.who) return [{ slot: 'who' }];
    if (part === kSlots.what) return [{ slot: 'what' }];
    return part === '' ? [] : [{ text: part }];
  });
}
