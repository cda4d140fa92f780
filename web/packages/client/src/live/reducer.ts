// The live state of a page as one pure function: (state, event) => state. No browser, no clock.
// Wherever an entry comes from, the one with the greater rev wins, so order does not matter.

import { isGone, type BoardItem, type Colleague, type Counts, type Entry, type Frame, type Status } from './frames.ts';

export type Link = 'connecting' | 'live' | 'reconnecting' | 'ended';

/** The name under which a client asks for the board of nobody, to hear whether the server is there. */
export const stillThere = 'still-there';

export interface LiveState {
  readonly link: Link;
  /** The server cannot commit: what is shown is the last known. */
  readonly stale: boolean;
  readonly epoch: string | null;
  readonly seq: number;
  /** Boards asked for and not yet complete: until then seq is no position to resume from. */
  readonly boardsOpen: number;
  readonly me: Entry | null;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Entries are those of everyone: who has none is offline. */
  readonly everyone: boolean;
  /** Who is on the pages of a board of everyone that have come; null: none is under way. */
  readonly whole: ReadonlySet<string> | null;
  readonly counts: Counts | null;
  readonly statuses: ReadonlyMap<string, Status>;
  /** Up to here nothing of the catalogue is missing; changes that came since may be shown already. */
  readonly catalogueVersion: number;
  readonly people: ReadonlyMap<string, Colleague>;
  readonly peopleVersion: number;
  /** What the server says it has; a page that is behind fetches what changed. */
  readonly catalogueWanted: number;
  readonly peopleWanted: number;
}

export type LiveEvent =
  | Frame
  | { is: 'link'; link: Link }
  /** Of an earlier start: shown as last known until the server answers. */
  | {
      is: 'remembered';
      me: Entry | null;
      entries: readonly Entry[];
      people: readonly Colleague[];
      statuses: readonly Status[];
    }
  /** anew: on a connection that has just opened; the boards of the one before will not come. all: of everyone. */
  | { is: 'asked-board'; anew: boolean; all?: boolean }
  /** everyone: who has no entry is unknown from now on. */
  | { is: 'unfollowed'; users: readonly string[]; everyone?: boolean }
  | ({ is: 'loaded-catalogue'; statuses: readonly Status[] } & Loaded)
  | ({ is: 'loaded-people'; users: readonly Colleague[] } & Loaded);

/** An answer to a read of what changed since a version, or of all. */
interface Loaded {
  readonly since: number;
  readonly version: number;
  /** Without it, it is whole. */
  readonly gone?: readonly string[];
}

export const initial: LiveState = {
  link: 'connecting',
  stale: false,
  epoch: null,
  seq: 0,
  boardsOpen: 0,
  me: null,
  entries: new Map(),
  everyone: false,
  whole: null,
  counts: null,
  statuses: new Map(),
  catalogueVersion: 0,
  people: new Map(),
  peopleVersion: 0,
  catalogueWanted: 0,
  peopleWanted: 0,
};

export function reduce(state: LiveState, event: LiveEvent): LiveState {
  switch (event.is) {
    case 'link':
      return { ...state, link: event.link };
    case 'remembered':
      if (state.epoch !== null) return state;
      return {
        ...state,
        link: 'reconnecting',
        me: event.me,
        entries: new Map(event.entries.map((each) => [each.user, each])),
        people: new Map(event.people.map((each) => [each.id, each])),
        statuses: new Map(event.statuses.map((each) => [each.id, each])),
      };
    case 'asked-board':
      return {
        ...state,
        boardsOpen: event.anew ? 1 : state.boardsOpen + 1,
        whole: event.all === true ? new Set() : state.whole,
      };
    case 'ready': {
      const known = merge(event.resumed ? state : begun(state, event.epoch), [event.me], event.me.user);
      return {
        ...known,
        link: 'live',
        stale: event.stale,
        epoch: event.epoch,
        seq: event.seq,
        me: event.resumed ? known.me : event.me,
        boardsOpen: event.resumed ? 0 : state.boardsOpen,
        everyone: event.resumed && state.everyone,
        whole: event.resumed ? null : state.whole,
        catalogueWanted: event.catalogue,
        peopleWanted: event.people,
      };
    }
    case 'board':
      if (event.ref === stillThere) return at(state, event.seq);
      return {
        ...(event.all ? wholeBoard : merge)(state, event.users, state.me?.user, event),
        seq: Math.max(state.seq, event.seq),
        boardsOpen: event.more ? state.boardsOpen : Math.max(0, state.boardsOpen - 1),
      };
    case 'changes':
      return { ...merge(state, event.users, state.me?.user), seq: Math.max(state.seq, event.seq) };
    case 'done':
      return merge(state, [event.entry], state.me?.user);
    case 'at':
      return at(state, event.seq);
    case 'fresh':
      return { ...state, seq: Math.max(state.seq, event.seq), stale: false };
    case 'stale':
      return { ...state, stale: true };
    case 'counts':
      return { ...state, counts: { by_type: event.by_type, by_status: event.by_status } };
    case 'catalogue':
      return {
        ...state,
        statuses: patched(state.statuses, event.statuses, event.gone),
        catalogueVersion: advanced(state.catalogueVersion, state.catalogueWanted, event.version),
        catalogueWanted: Math.max(state.catalogueWanted, event.version),
      };
    case 'people':
      return {
        ...state,
        people: patched(state.people, event.users, event.gone),
        peopleVersion: advanced(state.peopleVersion, state.peopleWanted, event.version),
        peopleWanted: Math.max(state.peopleWanted, event.version),
      };
    case 'loaded-catalogue':
      if (tooLate(event, state.catalogueVersion)) return { ...state };
      if (saysNothing(event, state.catalogueVersion)) return state;
      return {
        ...state,
        statuses: patched(event.gone === undefined ? new Map() : state.statuses, event.statuses, event.gone ?? []),
        catalogueVersion: event.version,
      };
    case 'loaded-people':
      if (tooLate(event, state.peopleVersion)) return { ...state };
      if (saysNothing(event, state.peopleVersion)) return state;
      return {
        ...state,
        people: patched(event.gone === undefined ? new Map() : state.people, event.users, event.gone ?? []),
        peopleVersion: event.version,
      };
    case 'unfollowed': {
      const entries = new Map(state.entries);
      for (const user of event.users) if (user !== state.me?.user) entries.delete(user);
      return { ...state, entries, everyone: state.everyone && event.everyone !== true };
    }
    case 'self':
    case 'config':
    case 'message':
    case 'read':
    case 'conversations':
    case 'refused':
      return state; // for those who listen to frames themselves
  }
}

/** The same state where nothing is new: then nothing that is shown is looked at anew. */
function at(state: LiveState, seq: number): LiveState {
  return seq > state.seq ? { ...state, seq } : state;
}

/** The position to come back with, or null when a fresh board is needed. */
export function resumable(state: LiveState): { epoch: string; seq: number } | null {
  return state.epoch !== null && state.boardsOpen === 0 ? { epoch: state.epoch, seq: state.seq } : null;
}

/** A server that does not know one's epoch may have lost what one has: versions mean nothing there. */
function begun(state: LiveState, epoch: string): LiveState {
  const anew = state.epoch === null || state.epoch === epoch ? {} : { catalogueVersion: 0, peopleVersion: 0 };
  return { ...state, ...anew, entries: new Map() };
}

/** A change that comes while something before it is missing leaves that missing. */
function advanced(version: number, wanted: number, to: number): number {
  return wanted > version ? version : Math.max(version, to);
}

/** What is known was thrown away after this was asked: to be asked again, so a new state. */
function tooLate(loaded: Loaded, version: number): boolean {
  return loaded.gone !== undefined && loaded.since > version;
}

function saysNothing(loaded: Loaded, version: number): boolean {
  return loaded.version < version || (loaded.gone !== undefined && loaded.version === version);
}

function merge(state: LiveState, items: readonly BoardItem[], me: string | undefined): LiveState {
  const entries = new Map(state.entries);
  let own = state.me;
  for (const item of items) {
    const before = entries.get(item.user);
    if (before !== undefined && before.rev > item.rev) continue;
    if (isGone(item)) {
      entries.delete(item.user);
    } else {
      entries.set(item.user, item);
      if (item.user === me) own = item;
    }
  }
  return { ...state, entries, me: own };
}

/** Who is on none of its pages is offline, unless they have come since. */
function wholeBoard(
  state: LiveState,
  items: readonly BoardItem[],
  me: string | undefined,
  { seq, more }: { seq: number; more: boolean },
): LiveState {
  const known = merge(state, items, me);
  const whole = new Set(state.whole);
  for (const { user } of items) whole.add(user);
  if (more) return { ...known, whole };
  const entries = new Map([...known.entries].filter(([user, { rev }]) => user === me || rev > seq || whole.has(user)));
  return { ...known, entries, everyone: true, whole: null };
}

function patched<T extends { readonly id: string }>(
  before: ReadonlyMap<string, T>,
  changed: readonly T[],
  gone: readonly string[],
): ReadonlyMap<string, T> {
  const after = new Map(before);
  for (const each of changed) after.set(each.id, each);
  for (const id of gone) after.delete(id);
  return after;
}
