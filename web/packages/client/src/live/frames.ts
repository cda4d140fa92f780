// The frames of the live protocol (api/asyncapi.yaml), as far as the pages use them.
// decode() is the one place where bytes from outside become these types.

export type BasicType = 'connected' | 'absent' | 'busy' | 'in_a_call' | 'offline';

export interface Entry {
  readonly user: string;
  readonly status: string;
  readonly type: BasicType;
  readonly note: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly rev: number;
}
export interface Gone {
  readonly user: string;
  readonly gone: true;
  readonly rev: number;
}
export type BoardItem = Entry | Gone;

export interface Status {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly type: BasicType;
  readonly system: boolean;
  readonly tags: readonly string[];
  readonly icon: string | null;
  readonly position: number;
  readonly default_duration_s: number | null;
}
export interface Colleague {
  readonly id: string;
  readonly display_name: string;
  readonly teams: readonly string[];
  /** When their sign-in was renewed last. */
  readonly renewed_at?: string;
}
export interface Message {
  readonly id: string;
  readonly conversation: string;
  readonly from: string;
  readonly text: string;
  readonly at: string;
}
export interface Counts {
  readonly by_type: Readonly<Record<BasicType, number>>;
  readonly by_status: Readonly<Record<string, number>>;
}
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly permission?: string;
}
export interface Self {
  readonly id: string;
  readonly login: string;
  readonly display_name: string;
  readonly locale: string;
  readonly time_zone: string;
  readonly status_at_sign_in: 'connected' | 'last';
  readonly pinned: string[];
}

export type Frame =
  | {
      is: 'ready';
      epoch: string;
      seq: number;
      me: Entry;
      catalogue: number;
      people: number;
      heartbeat_s: number;
      resumed: boolean;
      stale: boolean;
    }
  | {
      is: 'board';
      seq: number;
      users: readonly BoardItem[];
      all: boolean;
      more: boolean;
      unknown?: readonly string[];
      ref?: string;
    }
  | { is: 'changes'; seq: number; users: readonly BoardItem[] }
  | { is: 'at'; seq: number; now: string }
  | ({ is: 'counts'; seq: number } & Counts)
  | { is: 'catalogue'; version: number; statuses: readonly Status[]; gone: readonly string[] }
  | { is: 'people'; version: number; users: readonly Colleague[]; gone: readonly string[] }
  | { is: 'self'; user: Self; permissions: readonly string[] }
  | { is: 'config'; what: 'roles' | 'teams' | 'users' | 'audit' }
  | { is: 'message'; message: Message }
  | { is: 'read'; conversation: string; user: string; up_to: string }
  | { is: 'conversations' }
  | { is: 'done'; ref: string; entry: Entry }
  | { is: 'refused'; ref?: string; problem: Problem }
  | { is: 'stale'; since: string }
  | { is: 'fresh'; seq: number };

const known = new Set<string>([
  'ready',
  'board',
  'changes',
  'at',
  'counts',
  'catalogue',
  'people',
  'self',
  'config',
  'message',
  'read',
  'conversations',
  'done',
  'refused',
  'stale',
  'fresh',
]);

/** null for a frame of a newer server, which the contract lets us ignore. */
export function decode(text: string): Frame | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('is' in value)) return null;
  return typeof value.is === 'string' && known.has(value.is) ? (value as Frame) : null;
}

export function isGone(item: BoardItem): item is Gone {
  return 'gone' in item;
}
