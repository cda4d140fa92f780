// The HTTP side of the contract, typed by api/openapi.yaml. A refusal is a value: `problem`.
import createClient from 'openapi-fetch';
import { readRetryAfter } from './again';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

export const api = createClient<paths>({ baseUrl: '/api/v1', credentials: 'same-origin' });
// What is read may come from another node than the frame that it is read for, or than one's own change.
api.use({
  onRequest({ request }) {
    if (request.method === 'GET') request.headers.set('Pastille-Position', 'newest');
  },
});

/** What to show when the server could not be reached at all. */
export const unreachable: Problem = {
  type: '/problems/unavailable', title: 'Not reachable', status: 503,
  detail: 'The server cannot be reached. Check the network and try again.',
};

export type Answer<T> =
  | { data: T; response: Response; problem?: undefined }
  /** retryAfterS: when the server said how long to wait. */
  | { data?: undefined; problem: Problem; retryAfterS?: number | null };

/** Runs a call of the client; a lost network becomes a problem like any other. */
export async function ask<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Answer<T>> {
  try {
    const { data, error, response } = await call;
    if (error === undefined && response.ok) return { data: data as T, response };
    const retryAfterS = readRetryAfter(response.headers.get('Retry-After'), new Date());
    return { problem: isProblem(error) ? error : { ...unreachable, status: response.status }, retryAfterS };
  } catch {
    return { problem: unreachable };
  }
}

export function slug(problem: { type: string }): string {
  return problem.type.split('/').pop() ?? '';
}

/** A fault that passes by itself: no network, a server or a proxy before it that is not ready. */
export function passes(problem: { status: number }): boolean {
  return problem.status >= 502 && problem.status <= 504;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'type' in value && 'status' in value;
}
