// People of the same name, told apart by their teams: all that everyone may know of a colleague. Pure.
import { foldName } from '../i18n/fold';
import type { Colleague } from '@pastille/client/live/frames';

type People = ReadonlyMap<string, Colleague>;

/** By name, those that are more than one. Reckoned once for a directory, which is never changed but replaced. */
const reckoned = new WeakMap<People, ReadonlyMap<string, readonly Colleague[]>>();

/** Folding ten thousand names takes a moment: each once, as hardly any of them changes. */
const folded = new WeakMap<Colleague, string>();

function nameOf(colleague: Colleague): string {
  let name = folded.get(colleague);
  if (name === undefined) folded.set(colleague, (name = foldName(colleague.display_name)));
  return name;
}

function shared(people: People): ReadonlyMap<string, readonly Colleague[]> {
  let found = reckoned.get(people);
  if (found === undefined) {
    const byName = new Map<string, Colleague[]>();
    for (const each of people.values()) {
      const all = byName.get(nameOf(each));
      if (all === undefined) byName.set(nameOf(each), [each]);
      else all.push(each);
    }
    found = new Map([...byName].filter(([, all]) => all.length > 1));
    reckoned.set(people, found);
  }
  return found;
}

export function hasNamesake(user: string, people: People): boolean {
  const all = shared(people);
  const colleague = all.size > 0 ? people.get(user) : undefined;
  return colleague !== undefined && all.has(nameOf(colleague));
}

/** What tells them from who has the same name: their teams; where these are the same, or none, their id as well. */
export function toldApart(user: string, people: People, teamNames: ReadonlyMap<string, string>): string {
  const colleague = people.get(user);
  if (colleague === undefined || !hasNamesake(user, people)) return '';
  const teams = (of: Colleague): string =>
    of.teams
      .map((team) => teamNames.get(team) ?? '')
      .filter((name) => name !== '')
      .sort()
      .join(', ');
  const own = teams(colleague);
  const others = shared(people).get(nameOf(colleague)) ?? [];
  const alike = others.some((each) => each.id !== user && teams(each) === own);
  return [own, alike ? user : ''].filter((part) => part !== '').join(' · ');
}
