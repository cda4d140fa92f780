import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, apiOf, ask } from './client.ts';

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}
type Fate = Response | 'lost' | 'silent';

/** What happens to each request, in their order; then always the last one again. */
let fates: Fate[] = [];
let sent: Sent[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push({ url, method: init.method ?? '', headers: init.headers as Record<string, string>, body: init.body });
    const fate = fates.length > 1 ? fates.shift() : fates[0];
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      if (fate === 'lost') reject(new TypeError('Failed to fetch'));
      else if (fate !== 'silent' && fate !== undefined) resolve(fate.clone());
    });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const json = (status: number, body: unknown): Response => Response.json(body, { status });
const gone = json(404, { type: '/problems/not-found', title: 'Not found', status: 404 });
async function within<T>(ms: number, answer: Promise<T>): Promise<T | 'still waiting'> {
  let now: T | 'still waiting' = 'still waiting';
  void answer.then((value) => (now = value));
  await vi.advanceTimersByTimeAsync(ms);
  return now;
}

it('asks whichever server answers for the newest, and lets it decide on changes itself', async () => {
  fates = [json(200, {})];
  await api.GET('/tags');
  await api.PATCH('/teams/{id}', { params: { path: { id: 'a/b' } }, body: { name: 'Night' } });
  expect(sent.map(({ headers }) => headers['Pastille-Position'])).toEqual(['newest', undefined]);
  expect(sent.map(({ url }) => url)).toEqual(['/api/v1/tags', '/api/v1/teams/a%2Fb']);
});

it('writes a query as the server reads it', async () => {
  fates = [json(200, {})];
  await api.GET('/statuses', { params: { query: { tag: ['a b', 'c'], deleted: true } } });
  expect(sent[0]?.url).toBe('/api/v1/statuses?tag=a+b&tag=c&deleted=true');
});

it('asks another server than that of the page, with a token', async () => {
  fates = [json(200, {})];
  await apiOf('https://status.example.org', { Authorization: 'Bearer pst_1' }).GET('/tags');
  expect(sent[0]?.url).toBe('https://status.example.org/api/v1/tags');
  expect(sent[0]?.headers).toMatchObject({ Authorization: 'Bearer pst_1' });
});

describe('a question', () => {
  it('that nobody answers ends, and is asked once more', async () => {
    fates = ['silent', json(200, { items: [] })];
    expect(await within(10_100, ask(api.GET('/tags')))).toMatchObject({ data: { items: [] } });
    fates = ['silent'];
    expect(await within(20_100, ask(api.GET('/tags')))).toMatchObject({ problem: { type: '/problems/unavailable' } });
    expect(sent).toHaveLength(4);
  });

  it('that a page in the way answers is not answered', async () => {
    fates = [new Response('<html>Sign in to the Wi-Fi</html>', { headers: { 'Content-Type': 'text/html' } })];
    expect(await ask(api.GET('/tags'))).toMatchObject({ problem: { type: '/problems/unavailable' } });
  });
});

describe('a change', () => {
  const make = () => ask(api.POST('/teams', { body: { name: 'Night' } }));
  const key = (of: Sent | undefined) => of?.headers['Idempotency-Key'];

  it('whose answer is lost is asked again under its key: it is made once', async () => {
    fates = ['lost', json(201, { id: 't1', name: 'Night' })];
    expect(await within(1_100, make())).toMatchObject({ data: { id: 't1' } });
    expect(key(sent[0])).toMatch(/^[0-9a-f]{32}$/);
    expect(key(sent[1])).toBe(key(sent[0]));
  });

  it('that gets no answer at all is not said to be undone, and keeps its key for who tries again', async () => {
    fates = ['silent'];
    expect(await within(31_100, make())).toMatchObject({ problem: { type: '/problems/in-doubt' } });
    fates = [json(201, { id: 't1', name: 'Night' })];
    expect(await make()).toMatchObject({ data: { id: 't1' } });
    expect(new Set(sent.map(key)).size).toBe(1);
    await make();
    expect(key(sent.at(-1)), 'another one').not.toBe(key(sent[0]));
  });

  it('that never left was not made', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    fates = ['lost'];
    expect(await within(1_100, make())).toMatchObject({ problem: { type: '/problems/unavailable' } });
  });

  it('is in doubt when a proxy answers in place of its server', async () => {
    fates = [new Response('Bad gateway', { status: 502 })];
    expect(await within(1_100, make())).toMatchObject({ problem: { type: '/problems/in-doubt' } });
    fates = [json(503, { type: '/problems/stale', title: 'Stale', status: 503 })];
    expect(await make(), 'the server itself').toMatchObject({ problem: { type: '/problems/stale' } });
  });

  it('that was made the first time is done, whatever the second says', async () => {
    fates = ['lost', gone];
    expect(
      (await within(1_100, ask(api.DELETE('/teams/{id}', { params: { path: { id: 't1' } } })))) as object,
    ).not.toHaveProperty('problem');
    const rename = (name: string) => {
      fates = [
        'lost',
        json(412, {
          type: '/problems/stale-version',
          title: '',
          status: 412,
          current: { id: 't1', name: 'Night', version: 3 },
        }),
      ];
      return within(
        1_100,
        ask(
          api.PATCH('/teams/{id}', { params: { path: { id: 't1' }, header: { 'If-Match': '"2"' } }, body: { name } }),
        ),
      );
    };
    expect(await rename('Night')).toMatchObject({ data: { version: 3 } });
    expect(await rename('Day'), 'of somebody else').toMatchObject({ problem: { type: '/problems/stale-version' } });
    fates = [gone];
    expect(await ask(api.DELETE('/teams/{id}', { params: { path: { id: 't1' } } }))).toMatchObject({
      problem: { status: 404 },
    });
  });

  it('with a password is made once and asked once', async () => {
    fates = ['lost'];
    const change = ask(
      api.PUT('/me/password', { body: { current_password: 'a', new_password: 'b', keep_tokens: [] } }),
    );
    expect(await within(2_000, change)).toMatchObject({ problem: { type: '/problems/in-doubt' } });
    expect(sent).toHaveLength(1);
  });

  it('whose secret came with the lost answer says so', async () => {
    fates = ['lost', json(201, { id: 'k1', secret_shown: true })];
    const made = ask(api.POST('/me/tokens', { body: { name: 'Desk', scopes: ['read'] } }));
    expect(await within(1_100, made)).toMatchObject({ problem: { type: '/problems/secret-lost' } });
  });
});
