import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../i18n/clock.svelte';
import { FakeSocket } from '@pastille/client/live/fake_socket';
import { SessionStore } from './session_store.svelte';

const self = (version: number, pinned: string[]) => ({
  id: 'u1',
  login: 'me',
  display_name: 'Me',
  locale: 'en',
  time_zone: 'UTC',
  unset: [],
  status_at_sign_in: 'connected' as const,
  pinned,
  role: { id: 'r1', name: 'Agent' },
  teams: [],
  version,
});
const notSignedIn = { type: '/problems/not-signed-in', title: 'Not signed in', status: 401 };
type Answers = (
  method: string,
  path: string,
  body: { pinned: string[] },
  match: string | undefined,
) => Promise<[number, object]>;
let answers: Answers = () => Promise.resolve([200, {}]);
let ended: string[] = [];
let session: SessionStore;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  ended = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { protocol: 'http:', host: 'pastille.test' });
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal(
    'fetch',
    async (
      url: string,
      { method, body, headers }: { method: string; body: string | null; headers: Record<string, string> },
    ) => {
      const [status, answer] = await answers(
        method,
        url,
        JSON.parse(body ?? 'null') as { pinned: string[] },
        headers['If-Match'],
      );
      return Response.json(answer, { status, headers: { Date: new Date(Date.now() + 1_200_000).toUTCString() } });
    },
  );
  session = new SessionStore({ user: self(1, []), permissions: [] }, (how) => ended.push(how));
});
afterEach(() => {
  session.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('says at once that the session has ended when only HTTP can tell', async () => {
  answers = () => Promise.resolve([401, notSignedIn]);
  FakeSocket.all[0]?.ends(1006);
  await vi.advanceTimersByTimeAsync(10);
  expect(ended).toEqual(['ended']);
});

describe('changes that build on what is there', () => {
  const pin = (user: string) => session.changeFrom((now) => ({ pinned: [user, ...now.pinned] }));

  it('are all made, though they come quickly, and somebody else is faster', async () => {
    let there = self(1, []);
    answers = (_method, _path, { pinned }, match) => {
      if (there.version === 2) there = self(3, ['u9', ...there.pinned]); // in another tab
      if (match !== `"${there.version}"`)
        return Promise.resolve([412, { ...notSignedIn, type: '/problems/stale-version', status: 412, current: there }]);
      there = self(there.version + 1, pinned);
      return Promise.resolve([200, there]);
    };
    expect(await Promise.all([pin('u2'), pin('u3')])).toEqual([undefined, undefined]);
    expect(there.pinned).toEqual(['u3', 'u9', 'u2']);
    expect(session.self.pinned).toEqual(there.pinned);
  });

  it('are not undone by what is older, whichever way it comes', async () => {
    answers = () => Promise.resolve([200, self(5, ['u5'])]);
    await pin('u5');
    FakeSocket.all[0]?.opens();
    FakeSocket.all[0]?.says({ is: 'self', user: self(4, ['u4']), permissions: ['audit.read'] });
    expect([session.self.pinned, session.permissions]).toEqual([['u5'], ['audit.read']]);
  });
});

it('goes by the time of the server, whatever the clock of the device says', async () => {
  answers = () => Promise.resolve([200, { user: self(1, []), permissions: [] }]);
  FakeSocket.all[0]?.ends(1006);
  await vi.advanceTimersByTimeAsync(10);
  expect(Math.abs(clock.now.getTime() - Date.now() - 1_200_000)).toBeLessThan(2_000);
  await vi.advanceTimersByTimeAsync(3_000);
  FakeSocket.all.at(-1)?.opens();
  FakeSocket.all.at(-1)?.says({ is: 'at', seq: 1, now: new Date(Date.now() - 600_000).toISOString() });
  expect(clock.now.getTime() - Date.now()).toBe(-600_000);
});
