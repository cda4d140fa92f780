// Putting a person into a team and taking them out. A person's teams are one list, replaced whole:
// it is read anew before each change, and tried again when somebody else was faster.
import { api, ask, slug, type Problem, type Schemas } from '@pastille/client/http/client';

type User = Schemas['User'];
export type Team = Schemas['Team'];
const kTries = 3;

export function withTeam(teams: readonly string[], team: string, within: boolean): string[] {
  return within ? [...teams.filter((each) => each !== team), team] : teams.filter((each) => each !== team);
}

export async function putInto(team: string, user: string, within: boolean): Promise<Problem | undefined> {
  for (let tries = 1; ; tries++) {
    const now = await ask(api.GET('/users/{id}', { params: { path: { id: user } } }));
    if (now.problem !== undefined) return now.problem;
    const person = now.data as User;
    if (person.teams.includes(team) === within) return undefined;
    const answer = await ask(
      api.PATCH('/users/{id}', {
        params: { path: { id: user }, header: { 'If-Match': `"${person.version}"` } },
        body: { team_ids: withTeam(person.teams, team, within) },
      }),
    );
    if (answer.problem === undefined) return undefined;
    if (slug(answer.problem) !== 'stale-version' || tries === kTries) return answer.problem;
  }
}
