// The frames of the live protocol, as api/asyncapi.yaml describes them (../contract.ts is made of it).
// decode() is the one place where bytes from outside become these types.
import type { components } from '../contract.ts';

type Schemas = components['schemas'];

export type BasicType = Schemas['Type'];
export type Entry = Readonly<Schemas['PersonEntry']>;
export type Gone = Readonly<Schemas['GoneEntry']>;
export type BoardItem = Entry | Gone;
/** A status without what only its own page shows: its version, who changed it and when. */
export type Status = Readonly<
  Omit<Schemas['CatalogueStatus'], 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>
>;
export type Colleague = Readonly<Schemas['Person']>;
export type Message = Readonly<Schemas['Message']>;
export type Counts = Readonly<Schemas['Counts']>;

/** As people and their programs get it: only a page of `element_origins` is told no `me`. */
type Ready = Schemas['Ready'] & { me: Entry };
/** Of each status what Status has: a test or a store need not write the rest. */
type Catalogue = Omit<Schemas['CatalogueFrame'], 'statuses'> & { statuses: readonly Status[] };

/** What the server says. */
export type Frame =
  | Ready
  | Schemas['BoardFrame']
  | Schemas['Changes']
  | Schemas['At']
  | Schemas['CountsFrame']
  | Catalogue
  | Schemas['PeopleFrame']
  | Schemas['SelfFrame']
  | Schemas['Config']
  | Schemas['MessageFrame']
  | Schemas['ReadFrame']
  | Schemas['ConversationsFrame']
  | Schemas['Done']
  | Schemas['Refused']
  | Schemas['StaleFrame']
  | Schemas['Fresh'];

/** What a client says. */
export type Request = Schemas['Open'] | Schemas['Follow'] | Schemas['Set'] | Schemas['Clear'];

/** Does not compile when a kind of Frame is missing. */
const known: Readonly<Record<Frame['is'], true>> = {
  ready: true,
  board: true,
  changes: true,
  at: true,
  counts: true,
  catalogue: true,
  people: true,
  self: true,
  config: true,
  message: true,
  read: true,
  conversations: true,
  done: true,
  refused: true,
  stale: true,
  fresh: true,
};

/** null for a frame of a newer server, which the contract lets us ignore. */
export function decode(text: string): Frame | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('is' in value)) return null;
  return typeof value.is === 'string' && Object.hasOwn(known, value.is) ? (value as Frame) : null;
}

export function isGone(item: BoardItem): item is Gone {
  return 'gone' in item;
}
