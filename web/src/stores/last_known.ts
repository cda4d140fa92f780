// What was last known, for a start without the server: who one is, and the circles that were on view.
// Small, on this device, without notes and messages, and gone with the session.
import type { Schemas } from '@pastille/client/http/client';
import { device } from './device_storage';
import type { Colleague, Entry, Status } from '@pastille/client/live/frames';
import type { LiveState } from '@pastille/client/live/reducer';

export interface LastKnown {
  readonly format: 1;
  readonly signedIn: Schemas['SignedIn'];
  readonly me: Entry | null;
  readonly entries: readonly Entry[];
  readonly people: readonly Colleague[];
  readonly statuses: readonly Status[];
}

const kKey = 'pastille.remembered';
const kMost = 300;

export function lastKnownOf(state: LiveState, signedIn: Schemas['SignedIn']): LastKnown {
  const withoutNote = (entry: Entry): Entry => ({ ...entry, note: null });
  const entries = [...state.entries.values()].slice(0, kMost).map(withoutNote);
  const used = new Set(entries.map((each) => each.status));
  if (state.me !== null) used.add(state.me.status);
  return {
    format: 1,
    signedIn,
    entries,
    me: state.me === null ? null : withoutNote(state.me),
    people: entries.flatMap((each) => state.people.get(each.user) ?? []),
    statuses: [...used].flatMap((each) => state.statuses.get(each) ?? []),
  };
}

let over = false;

export function saveLastKnown(what: LastKnown): void {
  if (!over) device.set(kKey, JSON.stringify(what));
}

export function loadLastKnown(): LastKnown | null {
  try {
    const kept = JSON.parse(device.get(kKey) ?? 'null') as LastKnown | null;
    return kept?.format === 1 ? kept : null;
  } catch {
    return null;
  }
}

/** For good: this page, which is about to go, keeps nothing any more. */
export function forgetLastKnown(): void {
  over = true;
  device.set(kKey, null);
}
