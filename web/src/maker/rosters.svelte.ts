// The teams and roles of the organisation, whole: every table of people and every form names them.
// Read again when the server says that they changed.
import { api, ask, type Problem, type Schemas } from '../api/client';
import { t } from '../i18n/language.svelte';
import type { Workplace } from '../live/workplace.svelte';

export type Team = Schemas['Team'];
export type Role = Schemas['Role'];

const kPage = 200;

/** The built-in roles have a name in every language; the others are named by people. */
export function roleName(role: Pick<Role, 'name' | 'built_in' | 'permissions'>): string {
  if (!role.built_in) return role.name;
  return t(role.permissions.length === 0 ? 'roles.agent' : 'roles.administrator');
}

export class Rosters {
  /** Ordered by name, as the server orders them for this person; null until they came. */
  teams = $state.raw<readonly Team[] | null>(null);
  roles = $state.raw<readonly Role[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #teamNames = $derived(new Map(this.teams?.map(({ id, name }) => [id, name])));
  readonly #roleNames = $derived(new Map(this.roles?.map((role) => [role.id, roleName(role)])));
  readonly #reading = { teams: 0, roles: 0 };

  /** Call while a component is made: it goes on listening until that component is gone. */
  constructor(private readonly workplace: Workplace) {
    const withRoles = workplace.may('users.manage') || workplace.may('roles.manage');
    void this.readTeams();
    if (withRoles) void this.readRoles();
    $effect(() => workplace.live.listen((frame) => {
      // Counts of members move with people too.
      const people = frame.is === 'config' && frame.what === 'users';
      if (people || (frame.is === 'config' && frame.what === 'teams')) void this.readTeams();
      if (withRoles && (people || (frame.is === 'config' && frame.what === 'roles'))) void this.readRoles();
    }));
  }

  teamName(id: string): string {
    return this.#teamNames.get(id) ?? '';
  }

  roleName(id: string): string {
    return this.#roleNames.get(id) ?? '';
  }

  /** Whether one has all that the role holds: nobody gives or governs more than they have. */
  governs(id: string): boolean {
    const role = this.roles?.find((each) => each.id === id);
    return role === undefined || role.permissions.every((each) => this.workplace.may(each));
  }

  async readTeams(): Promise<void> {
    const turn = ++this.#reading.teams;
    const teams = await whole((cursor) => ask(api.GET('/teams', { params: { query: { limit: kPage, ...cursor } } })));
    if (turn !== this.#reading.teams) return; // a later reading is under way
    if ('problem' in teams) this.problem = teams.problem;
    else this.teams = teams.items;
  }

  async readRoles(): Promise<void> {
    const turn = ++this.#reading.roles;
    const roles = await whole((cursor) => ask(api.GET('/roles', { params: { query: { limit: kPage, ...cursor } } })));
    if (turn !== this.#reading.roles) return;
    if ('problem' in roles) this.problem = roles.problem;
    else this.roles = roles.items;
  }
}

type Page<Item> = { data: { items: Item[]; next: string | null }; problem?: undefined } | { data?: undefined; problem: Problem };

/** All pages of a list, in order. */
async function whole<Item>(page: (cursor: { cursor?: string }) => Promise<Page<Item>>): Promise<{ items: Item[] } | { problem: Problem }> {
  const items: Item[] = [];
  let next: string | null = null;
  do {
    const answer: Page<Item> = await page(next === null ? {} : { cursor: next });
    if (answer.problem !== undefined) return { problem: answer.problem };
    items.push(...answer.data.items);
    next = answer.data.next;
  } while (next !== null);
  return { items };
}
