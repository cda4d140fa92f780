// The HTTP side of the contract, typed by api/openapi.yaml. A refusal is a value: `problem`.
import type createClient from 'openapi-fetch';
import { readRetryAfter } from './backoff.ts';
import { InDoubt, request, type Init } from './request.ts';
import type { components, paths } from '../contract.ts';

export type Schemas = components['schemas'];
/** The server's problems, and two of the way to it. */
export type Problem = Omit<Schemas['Problem'], 'type'> & {
  type: Schemas['Problem']['type'] | '/problems/in-doubt' | '/problems/secret-lost';
};

type Api = Pick<ReturnType<typeof createClient<paths>>, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;

/** All calls, for programs: with the origin of the server, as `https://status.example.org`, and what says who calls. */
export function apiOf(origin: string, headers: Readonly<Record<string, string>>): Api {
  const by = (method: string) => (path: string, init?: Init) => request(method, path, init, origin, headers);
  const calls = { GET: by('GET'), POST: by('POST'), PUT: by('PUT'), PATCH: by('PATCH'), DELETE: by('DELETE') };
  return calls as unknown as Api;
}

/** All calls, for a page of the server itself, with its cookie. */
export const api = apiOf('', {});

/** What to show when the server could not be reached at all. */
export const unreachable: Problem = {
  type: '/problems/unavailable',
  title: 'Not reachable',
  status: 503,
  detail: 'The server cannot be reached. Check the network and try again.',
};

/** A change that may have been made: the answer did not come. */
export const inDoubt: Problem = {
  type: '/problems/in-doubt',
  title: 'No answer came',
  status: 503,
  detail: 'It may have been made, or not.',
};

/** It was made; the answer with what is shown once did not come. */
const secretLost: Problem = {
  type: '/problems/secret-lost',
  title: 'The secret was lost',
  status: 409,
  detail: 'It was made. Its secret is shown only once.',
};

export type Answer<T> =
  | { data: T; response: Response; problem?: undefined }
  /** retryAfterS: when the server said how long to wait. */
  | { data?: undefined; problem: Problem; retryAfterS?: number | null };

/** The same without what came by HTTP: for what is put together of several answers. */
export type Told<Data> =
  { data: Data; problem?: undefined } | { data?: undefined; problem: Problem; retryAfterS?: number | null };

/** Runs a call of the client; a lost network becomes a problem like any other. */
export async function ask<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Answer<T>> {
  try {
    const { data, error, response } = await call;
    if (typeof data === 'object' && data !== null && 'secret_shown' in data) return { problem: secretLost };
    if (error === undefined && response.ok) return { data: data as T, response };
    const retryAfterS = readRetryAfter(response.headers.get('Retry-After'), new Date());
    return { problem: isProblem(error) ? error : { ...unreachable, status: response.status }, retryAfterS };
  } catch (error) {
    return { problem: error instanceof InDoubt ? inDoubt : unreachable };
  }
}

export function slug(problem: { type: string }): string {
  return problem.type.split('/').pop() ?? '';
}

/** A fault that passes by itself: no network, a server or a proxy before it that is not ready. */
export function passes(problem: { status: number }): boolean {
  return problem.status >= 502 && problem.status <= 504;
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'type' in value && 'status' in value;
}
