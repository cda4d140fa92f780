import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '@pastille/client/http/client';
import { putInto, withTeam } from './membership';

describe('a person’s teams', () => {
  it('keep their order, the new one last, none twice', () => {
    expect(withTeam(['t1', 't2'], 't3', true)).toEqual(['t1', 't2', 't3']);
    expect(withTeam(['t1', 't2'], 't1', true)).toEqual(['t2', 't1']);
    expect(withTeam(['t1', 't2'], 't1', false)).toEqual(['t2']);
  });
});

describe('putting a person into a team', () => {
  afterEach(() => vi.restoreAllMocks());

  /** A server with one person, whom somebody else changes before the first `races` changes. */
  function server(races: number) {
    let person = { id: 'u1', login: 'ana', teams: ['t1'], version: 1 };
    const calls: string[] = [];
    const good = (data: unknown) => Promise.resolve({ data, response: new Response() }) as never;
    vi.spyOn(api, 'GET').mockImplementation(() => {
      calls.push('GET');
      return good(person);
    });
    vi.spyOn(api, 'PATCH').mockImplementation((_path, asked) => {
      calls.push('PATCH');
      const { params, body } = asked as unknown as {
        params: { header: Record<string, string> };
        body: { team_ids: string[] };
      };
      if (races-- > 0) person = { ...person, teams: [...person.teams, `t${10 + races}`], version: person.version + 1 };
      if (params.header['If-Match'] !== `"${person.version}"`) {
        const error = { type: '/problems/stale-version', title: 'Stale', status: 412, detail: 'x' };
        return Promise.resolve({ error, response: new Response(null, { status: 412 }) }) as never;
      }
      person = { ...person, teams: body.team_ids, version: person.version + 1 };
      return good(person);
    });
    return { calls, teams: () => person.teams };
  }

  it('keeps what somebody else changed in between', async () => {
    const { teams } = server(1);
    expect(await putInto('t2', 'u1', true)).toBeUndefined();
    expect(teams()).toEqual(['t1', 't10', 't2']);
  });
  it('changes nothing when it is so already', async () => {
    const { calls } = server(0);
    await putInto('t1', 'u1', true);
    expect(calls).toEqual(['GET']);
  });
  it('gives up in the end and says why', async () => {
    server(99);
    expect((await putInto('t2', 'u1', true))?.status).toBe(412);
  });
});
