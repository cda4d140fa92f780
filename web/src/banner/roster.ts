// The one list of colleagues and conversations: who stands where, and who is found by a search.
// Pure: values in, values out.

import { fold, words } from '../i18n/fold';
import type { BasicType, Colleague } from '@pastille/client/live/frames';
import type { Conversation } from '../stores/conversations';

export interface Indexed {
  readonly colleague: Colleague;
  readonly folded: string;
}

export const kMostPinned = 50;

/** Everyone, in an order, by id. */
export type Roster = ReadonlyMap<string, Indexed>;

/** Everyone but oneself by name, as the locale sorts, with the name ready to be searched. Of ten
 *  thousand hardly any change at a time: from the order before, the new one is soon made. */
export function byName(
  people: ReadonlyMap<string, Colleague>,
  self: string,
  locale: string,
  before: Roster = new Map(),
): Roster {
  const collator = new Intl.Collator(locale, { numeric: true });
  const all: Indexed[] = [];
  const add = (colleague: Colleague, was: Indexed | undefined) => {
    if (colleague.id !== self)
      all.push(was?.colleague === colleague ? was : { colleague, folded: fold(colleague.display_name) });
  };
  for (const [id, was] of before) {
    const colleague = people.get(id);
    if (colleague !== undefined) add(colleague, was);
  }
  for (const [id, colleague] of people) if (!before.has(id)) add(colleague, undefined);
  all.sort(
    (a, b) =>
      collator.compare(a.colleague.display_name, b.colleague.display_name) || compare(a.colleague.id, b.colleague.id),
  );
  return new Map(all.map((each) => [each.colleague.id, each]));
}

/** Unread first, then pinned, then recent conversations, then everyone by name; each person once.
 *  A conversation without a message is no recent one: opening somebody does not move them. */
export function order(everyone: Roster, conversations: Iterable<Conversation>, pinned: readonly string[]): string[] {
  const spoken = [...conversations]
    .filter((each) => each.last_message !== null)
    .sort((a, b) => compare(b.last_message?.at, a.last_message?.at) || compare(a.id, b.id));
  const users = new Set<string>();
  for (const each of spoken) if (each.unread > 0) users.add(each.with);
  for (const user of pinned) if (everyone.has(user)) users.add(user);
  for (const each of spoken) users.add(each.with);
  for (const user of everyone.keys()) users.add(user);
  return [...users];
}

/** Those of an order who are in a team and show a type. Who has written and was not read yet is never left out. */
export function sift(
  users: readonly string[],
  { team, type }: { team: string | null; type: BasicType | null },
  of: {
    readonly everyone: Roster;
    /** undefined: not known, or not yet. */
    readonly typeOf: (user: string) => BasicType | undefined;
    readonly unread: ReadonlySet<string>;
  },
): readonly string[] {
  if (team === null && type === null) return users;
  return users.filter((user) => {
    if (of.unread.has(user)) return true;
    const colleague = of.everyone.get(user)?.colleague;
    if (colleague === undefined) return false;
    return (team === null || colleague.teams.includes(team)) && (type === null || of.typeOf(user) === type);
  });
}

export interface Found {
  readonly users: readonly string[];
  /** Of them, those whose name alone does not say why they were found, and whose status does not either. */
  readonly byTeam: ReadonlySet<string>;
}

/** Those of an order whose name, or name, teams and status together, hold every word. statusOf: what somebody shows,
 *  folded; '' where it is not known. */
export function search(
  query: string,
  users: readonly string[],
  everyone: Roster,
  teamNames: ReadonlyMap<string, string>,
  statusOf: (user: string) => string = () => '',
): Found {
  const wanted = words(query);
  if (wanted.length === 0) return { users, byTeam: new Set() };
  const teams = new Map([...teamNames].map(([id, name]) => [id, fold(name)]));
  const begins: string[] = [];
  const within: string[] = [];
  const byStatus: string[] = [];
  const byTeam: string[] = [];
  for (const user of users) {
    const found = everyone.get(user);
    if (found === undefined) continue;
    const holds = (text: string) => wanted.every((word) => text.includes(word));
    const named = `${found.folded} ${statusOf(user)}`;
    const inTeams = found.colleague.teams.map((team) => teams.get(team) ?? '').join(' ');
    if (holds(found.folded)) (wanted.every((word) => startsAWord(found.folded, word)) ? begins : within).push(user);
    else if (holds(named)) byStatus.push(user);
    else if (holds(`${named} ${inTeams}`)) byTeam.push(user);
  }
  return { users: [...begins, ...within, ...byStatus, ...byTeam], byTeam: new Set(byTeam) };
}

/** Pins or unpins; the newest pin stands first. Those who left make room. */
export function togglePin(pinned: readonly string[], user: string, known: (user: string) => boolean): string[] {
  const others = pinned.filter((each) => each !== user && known(each));
  return pinned.includes(user) ? others : [user, ...others];
}

function startsAWord(text: string, word: string): boolean {
  return text.startsWith(word) || text.includes(` ${word}`) || text.includes(`-${word}`) || text.includes(`'${word}`);
}

function compare(a: string | undefined, b: string | undefined): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
