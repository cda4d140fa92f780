// A shift begins: more people sign in than wait for their password's check. The server says when to come back, and the
// page comes back by itself, not sooner. The queue is filled by real requests; the page's clock is turned by hand.
import { answered, expect, PASSWORD, test, unique } from './fixtures';
import { pause } from '../../tests/lib/patience.js';

const kQueue = 200; // PasswordPool::kWaiting

test('a full queue of sign-ins: the page waits as long as it is told and some more, and then signs in by itself', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(503));
  const crowd = unique('crowd');
  const name = unique('late');
  await org.account(name);
  const page = await open(null, '/');
  await page.clock.install();
  await page.getByLabel('Username', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);

  // Each of another network and with another login, since of one of these only some passwords are in work at once. Who
  // was turned away tries again, who was answered does so once more: the queue stays full until the page was refused.
  let rush = true;
  const retryAfter: number[] = [];
  const others: number[] = [];
  const push = async (_: unknown, number: number): Promise<void> => {
    while (rush) {
      const answer = await fetch(`${org.server.origin}/api/v1/session`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Forwarded-For': `198.51.${100 + (number >> 7)}.${number & 127}`,
        },
        body: JSON.stringify({ login: `${crowd}${number}`, password: PASSWORD }),
      }).catch(() => null); // the server is stopped below
      if (answer?.status === 503) {
        retryAfter.push(Number(answer.headers.get('Retry-After')));
        await pause(50);
      } else if (answer !== null && answer.status !== 401 && answer.status !== 429) others.push(answer.status);
    }
  };
  const pushing = Array.from({ length: kQueue + 60 }, push);
  await expect.poll(() => retryAfter.length, { message: 'nobody was turned away' }).toBeGreaterThan(0);
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
  const [refused] = await Promise.all([
    page.waitForResponse(
      (response) => response.url().endsWith('/api/v1/session') && response.request().method() === 'POST',
    ),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  rush = false;
  expect(refused.status()).toBe(503);
  const told = Number(refused.headers()['retry-after']);
  expect(Math.min(told, ...retryAfter)).toBeGreaterThanOrEqual(5);
  expect(Math.max(told, ...retryAfter)).toBeLessThanOrEqual(20);
  expect(new Set(retryAfter).size, 'they are spread').toBeGreaterThan(1);
  await expect(page.getByRole('status').filter({ hasText: 'Trying again' })).toBeVisible();
  // A server that starts has an empty queue: nobody needs to wait here until 200 passwords are checked.
  await org.server.restart();
  await Promise.all(pushing);
  expect(others).toEqual([]);

  // Not a moment sooner than told, and then spread over 3 s.
  let again = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/session') && request.method() === 'POST') again++;
  });
  await page.clock.runFor(told * 1000 - 1);
  expect(again).toBe(0);
  await page.clock.runFor(3001);
  await page.clock.resume();
  await expect(page).toHaveURL(/\/banner$/);
  expect(again).toBe(1);
});
