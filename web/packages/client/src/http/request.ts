// One request to the server, and its end: an answer, or none within its time. What does no harm when it
// is asked twice is asked once more. A change that got no answer is in doubt: made, or not made. It knows
// no page; who wants to hear of every answer puts a listener into `replies`.
//
// openapi-fetch gives the types (client.ts) and not this: its hooks see one fetch, so that a time for the whole,
// asking again under the same key and telling "not made" from "not known" would stand around it all the same,
// and the Banner's first paint has no room for both.

export interface Init {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, string>>;
  };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly bodySerializer?: (body: unknown) => BodyInit;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly response: Response;
  readonly data?: unknown;
  readonly error?: unknown;
}

/** A change was sent, and no answer came. */
export class InDoubt extends Error {}

/** Nothing came in its time. */
class Late extends Error {}

/** Who hears of every answer, whatever was asked; null: none came. */
export const replies = new Set<(reply: Reply | null) => void>();

const readMs = 10_000;
const changeMs = 15_000;
/** Passwords are made slow on purpose, and wait in a queue when a shift begins. */
const passwordMs = 60_000;
const fileMs = 600_000;
/** For what follows after the head of an answer. */
const bodyMs = 30_000;
const onceMoreMs = 1_000;

const withPassword = /^\/(session|invitation|me\/password)$/;
/** Of changes in doubt, by what was asked: who asks the same again means the same. */
const keys = new Map<string, string>();

export async function request(
  method: string,
  path: string,
  init: Init = {},
  origin = '',
  credentials: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { params = {}, body, headers, signal, bodySerializer = JSON.stringify } = init;
  const url = origin + addressOf(path, params);
  const content = body === undefined ? null : bodySerializer(body);
  const reads = method === 'GET' || params.query?.['dry_run'] === true;
  const fields: Record<string, string> = {
    ...(content === null ? {} : { 'Content-Type': 'application/json' }),
    ...credentials,
    ...headers,
    ...params.header,
  };
  // What is read may come from another node than the frame that it is read for, or than one's own change.
  if (method === 'GET') fields['Pastille-Position'] = 'newest';
  const same = `${url} ${typeof content === 'string' ? content : ''}`;
  if (method === 'POST' && !reads && !withPassword.test(path))
    fields['Idempotency-Key'] ??= keys.get(same) ?? drawKey();
  const key = fields['Idempotency-Key'];
  const twice = reads || (method === 'POST' ? key !== undefined : !withPassword.test(path) || method === 'DELETE');
  const ms = content instanceof Blob ? fileMs : withPassword.test(path) ? passwordMs : reads ? readMs : changeMs;

  for (let first = true, left = false; ; first = false) {
    // A browser that says that it has no network sends nothing.
    left ||= globalThis.navigator?.onLine !== false;
    try {
      const reply = await once(url, { method, headers: fields, body: content, credentials: 'same-origin' }, ms, signal);
      if (!reads && isNone(reply)) throw new Error('no answer');
      keys.delete(same);
      const told = first ? reply : settled(method, path, body, reply);
      for (const listener of replies) listener(told);
      return told;
    } catch (error) {
      if (signal?.aborted !== true) for (const listener of replies) listener(null);
      if (first && twice && signal?.aborted !== true && (!reads || error instanceof Late)) {
        if (!reads) await new Promise((resolve) => setTimeout(resolve, onceMoreMs));
        continue;
      }
      if (reads || !left) throw error;
      if (key !== undefined && (content === null || typeof content === 'string')) keys.set(same, key);
      throw new InDoubt();
    }
  }
}

/** For one intent. randomUUID() exists only under TLS or on localhost. */
export function drawKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function once(url: string, init: RequestInit, ms: number, signal: AbortSignal | undefined): Promise<Reply> {
  const over = new AbortController();
  const end = () => over.abort();
  const late = () => over.abort(new Late());
  let timer = setTimeout(late, ms);
  signal?.addEventListener('abort', end);
  try {
    if (signal?.aborted === true) end();
    const response = await fetch(url, { ...init, signal: over.signal });
    clearTimeout(timer);
    timer = setTimeout(late, bodyMs);
    const text = response.status === 204 ? '' : await response.text();
    // A page of somebody else in the way, as of a hotel's network, is no answer either.
    if (response.ok) return { response, data: text === '' ? undefined : JSON.parse(text) };
    return { response, error: parsed(text) };
  } catch (error) {
    throw over.signal.reason instanceof Late ? over.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/** The answer to what was asked a second time. What is already as it was to be was made the first time. */
function settled(method: string, path: string, body: unknown, reply: Reply): Reply {
  const { response, error } = reply;
  if (method === 'DELETE' && (response.status === 404 || (path === '/session' && response.status === 401))) {
    return { response: new Response(null, { status: 204 }) };
  }
  const current = typeof error === 'object' && error !== null && 'current' in error ? error.current : undefined;
  if (method !== 'PATCH' || response.status !== 412 || !holds(current, body)) return reply;
  return { response: new Response(null, { status: 200 }), data: current };
}

/** Whether what is there is what a merge patch makes of it. */
function holds(there: unknown, patch: unknown): boolean {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
    return JSON.stringify(there ?? null) === JSON.stringify(patch);
  if (typeof there !== 'object' || there === null) return false;
  return Object.entries(patch).every(([name, value]) => holds((there as Record<string, unknown>)[name], value));
}

/** A proxy whose server was gone says nothing of what the server did. */
function isNone({ response, error }: Reply): boolean {
  return response.status >= 502 && response.status <= 504 && (typeof error !== 'object' || error === null);
}

function addressOf(path: string, { path: places = {}, query = {} }: NonNullable<Init['params']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (each !== undefined && each !== null) search.append(name, String(each));
    }
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(places[name])));
  return `/api/v1${filled}${search.size === 0 ? '' : `?${search}`}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
