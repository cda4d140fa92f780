// One's tokens for programs, as they are read.
import { api, ask, type Schemas, type Told } from '@pastille/client/http/client';

export type Token = Schemas['Token'];

export async function readTokens(signal: AbortSignal): Promise<Told<readonly Token[]>> {
  const answer = await ask(api.GET('/me/tokens', { signal }));
  return answer.data === undefined ? answer : { data: answer.data.items };
}
