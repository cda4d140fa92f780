// What the list of people is asked for, as it stands in the address.
export interface PeopleQuery {
  readonly q: string;
  readonly team: string;
  readonly role: string;
  readonly active: '' | 'true' | 'false';
  readonly sort: 'name' | '-name';
}

export function readPeopleQuery(address: URLSearchParams): PeopleQuery {
  const active = address.get('active');
  return {
    q: address.get('q') ?? '',
    team: address.get('team') ?? '',
    role: address.get('role') ?? '',
    active: active === 'true' || active === 'false' ? active : '',
    sort: address.get('sort') === '-name' ? '-name' : 'name',
  };
}

/** For the server: only what narrows. */
export function asked({ q, team, role, active, sort }: PeopleQuery): {
  q?: string;
  team?: string;
  role?: string;
  active?: boolean;
  sort?: 'name' | '-name';
} {
  return {
    ...(q.trim() === '' ? {} : { q: q.trim() }),
    ...(team === '' ? {} : { team }),
    ...(role === '' ? {} : { role }),
    ...(active === '' ? {} : { active: active === 'true' }),
    ...(sort === 'name' ? {} : { sort }),
  };
}

export function narrowed({ q, team, role, active }: PeopleQuery): boolean {
  return q.trim() !== '' || team !== '' || role !== '' || active !== '';
}
