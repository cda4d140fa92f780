// <pastille-dot> in pages of other origins, served here: one that is listed, one that is not.
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { Live } from '../../tests/lib/live.js';
import { organisation } from '../../tests/lib/organisation.js';
import { expect, expectAccessible, test, type Organisation, type Person } from './fixtures';

let desk: HttpServer;
let stranger: HttpServer;
let own: Organisation;
let watcher: Person;
let colleague: Person;
let token: string;

/** Pages with one circle each, from an origin of their own and with a strict policy. */
async function serve(): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://host').searchParams;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src ${own.server.origin}; connect-src ${own.server.origin}; style-src 'nonce-cut'`,
    );
    response.end(`<!doctype html><html lang="${query.get('lang') ?? 'en'}"><title>Desk</title>
      ${query.has('cut') ? '<style nonce="cut">main { overflow: hidden; width: 90px; height: 90px; margin: 30px 0 0 auto }</style>' : ''}<main><h1>Desk</h1>
      <p>Zoë <pastille-dot user="${colleague.me.id}" ${query.has('token') ? `token="${token}"` : ''}></pastille-dot></p></main>
      <script type="module" src="${own.server.origin}/elements/pastille-dot.js"></script></html>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}
const origin = (server: HttpServer): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test.beforeAll(async () => {
  desk = await serve();
  stranger = await serve();
  own = await organisation({ settings: { element_origins: [origin(desk)] } });
  watcher = await own.person('watcher');
  colleague = await own.person('colleague');
  await own.status('Coffee break', { names: { fr: 'Pause café' }, icon: '☕' });
  token = (await watcher.get('createMyToken', { body: { name: 'desk', scopes: ['read'] }, status: 201 })).token;
});
test.afterAll(async () => {
  desk.close();
  stranger.close();
  await own.close();
});

async function signIn(page: Page): Promise<void> {
  const [name, value] = (watcher.cookie ?? '').split('=', 2) as [string, string];
  await page.context().addCookies([{ name, value, url: own.server.origin, httpOnly: true, sameSite: 'Lax' }]);
}
/** The colleague comes and shows this; how to go. */
async function shows(name: string, note: string): Promise<() => Promise<unknown>> {
  const live = await Live.connect(colleague);
  const status = (await own.admin.get('listStatuses', { query: { q: name } })).items[0];
  await colleague.call('setMyStatus', { body: { status_id: status.id, note } });
  return () => live.close();
}

for (const how of ['the cookie', 'a token'] as const) {
  test(`shows a colleague in a listed page, live, by ${how}`, async ({ page }) => {
    if (how === 'the cookie') await signIn(page);
    const leave = await shows('Coffee break', 'back soon');
    await page.goto(`${origin(desk)}/${how === 'a token' ? '?token' : ''}`);
    const dot = page.getByRole('img', { name: /^Coffee break, back soon, since/ });
    await expect(dot).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Tab');
    await expect(dot).toBeFocused();
    const tip = page.locator('pastille-dot p');
    await expect(tip).toContainText('back soon');
    await page.keyboard.press('Escape');
    await expect(tip).toBeHidden();
    await leave();
    await (
      await shows('Busy', 'a case')
    )();
    await expect(page.getByRole('img', { name: /^Busy, a case/ })).toBeVisible();
  });
}

test('speaks the language of the page', async ({ page }) => {
  await signIn(page);
  const leave = await shows('Coffee break', '');
  await page.goto(`${origin(desk)}/?lang=fr`);
  await expect(page.getByRole('img', { name: /^Pause café, depuis/ })).toBeVisible();
  await leave();
});

for (const how of ['the cookie', 'a token'] as const) {
  test(`shows nothing in a page that is not listed, by ${how}`, async ({ page }) => {
    await signIn(page);
    const refused = page.waitForEvent('requestfailed');
    await page.goto(`${origin(stranger)}/${how === 'a token' ? '?token' : ''}`);
    await refused;
    await expect(page.getByRole('img', { name: 'Status unknown' })).toBeVisible();
    await expect(page.locator('pastille-dot .unknown')).toBeVisible();
  });
}

test('has its tip whole where the page cuts off what leaves its frame, and within the window', async ({ page }) => {
  await signIn(page);
  const leave = await shows('Coffee break', 'back soon, after a long way to the machine and back');
  await page.goto(`${origin(desk)}/?cut`);
  await page.getByRole('img', { name: /^Coffee break/ }).hover();
  const tip = page.locator('pastille-dot p');
  await expect(tip).toContainText('☕ Coffee break');
  await expect
    .poll(() =>
      tip.evaluate((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const drawn = [
          [left + 4, top + 4],
          [right - 4, bottom - 4],
        ].every(([x = 0, y = 0]) => document.elementFromPoint(x, y)?.localName === 'pastille-dot');
        return drawn && left >= 0 && right <= innerWidth && bottom <= innerHeight;
      }),
    )
    .toBe(true);
  // One may go over to it, and it stays.
  await tip.hover();
  await expect(tip).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(tip).toBeHidden();
  await leave();
});

test('says that it is the last known while the server is away, and is live again by itself', async ({ page }) => {
  await signIn(page);
  const leave = await shows('Coffee break', 'back soon');
  await page.goto(origin(desk));
  await expect(page.getByRole('img', { name: /^Coffee break/ })).toBeVisible();
  await own.server.stop();
  await expect(page.getByRole('img', { name: /^Coffee break.*, last known$/ })).toBeVisible();
  await own.server.start();
  await expect(page.getByRole('img', { name: /^Coffee break(?!.*last known)/ })).toBeVisible({ timeout: 20_000 });
  await leave();
});

test('several circles share one stream; who is shown later is asked for as well', async ({ page }) => {
  await signIn(page);
  const leave = await shows('Coffee break', '');
  await page.goto(origin(desk));
  await expect(page.getByRole('img', { name: /^Coffee break/ })).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/live/events'))
      asked.push(new URL(request.url()).searchParams.getAll('user').join(' '));
  });
  await page.evaluate(
    ([again, other]) => {
      for (const user of [again, other]) {
        const dot = document.createElement('pastille-dot');
        dot.setAttribute('user', user);
        document.querySelector('main')?.append(dot);
      }
    },
    [colleague.me.id, watcher.me.id] as const,
  );
  await expect(page.getByRole('img', { name: /^Coffee break/ })).toHaveCount(2);
  await expect(page.getByRole('img', { name: /^Offline/ })).toBeVisible();
  expect(asked).toEqual([`${colleague.me.id} ${watcher.me.id}`]);
  await leave();
});

test('a page that nobody sees keeps no connection; seen again it is live by itself', async ({ page }) => {
  await signIn(page);
  const leave = await shows('Coffee break', '');
  await page.goto(origin(desk));
  await expect(page.getByRole('img', { name: /^Coffee break/ })).toBeVisible();
  const turn = (hidden: boolean) =>
    page.evaluate((to) => {
      Object.defineProperty(document, 'hidden', { value: to, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('/live/events'));
  await turn(true);
  await ended;
  await leave();
  await (
    await shows('Busy', 'a case')
  )();
  await turn(false);
  await expect(page.getByRole('img', { name: /^Busy, a case(?!.*last known)/ })).toBeVisible();
});
