// The pages as something installed: manifest and icons, a start without the server, the icon and the
// title of the tab, and notifications that are asked for only on a click.
import type { Locator, Page } from '@playwright/test';
import { faviconUrl } from '../src/app/favicon';
import { expect, lostServer, test, unique, wholeBrowser } from './fixtures';

test.use(wholeBrowser);

const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const radio = (page: Page, name: string): Locator => page.getByRole('main').getByRole('radio', { name, exact: true });
const icon = (page: Page): Locator => page.locator('link[rel="icon"]');
const row = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
const kHigh = { viewport: { width: 380, height: 4_000 } };

/** The service worker has the shell, and answers for this page. */
const installed = (page: Page): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        if (navigator.serviceWorker.controller !== null) resolve();
        else navigator.serviceWorker.addEventListener('controllerchange', () => resolve());
      }),
  );

test('each page has the manifest, which Chromium takes, and its icons are what it says', async ({ org, open }) => {
  const page = await open(org.admin, '/banner');
  for (const path of ['/', '/banner', '/maker']) {
    const html = await (await page.request.get(path)).text();
    expect(html).toContain('rel="manifest"');
  }
  const devtools = await page.context().newCDPSession(page);
  const { url, errors, data } = await devtools.send('Page.getAppManifest');
  expect([url, errors]).toEqual([`${org.server.origin}/manifest.webmanifest`, []]);
  const manifest = JSON.parse(data ?? '') as {
    name: string;
    start_url: string;
    display: string;
    icons: { src: string; sizes: string; type: string; purpose?: string }[];
  };
  expect(manifest).toMatchObject({ name: 'Pastille', start_url: '/banner', display: 'standalone' });
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await page.request.get(src);
    expect([answer.status(), answer.headers()['content-type']], src).toEqual([200, type]);
    const file = await answer.body();
    // The size that a PNG says of itself stands at its beginning.
    if (type === 'image/png') expect(`${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`, src).toBe(sizes);
  }
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
});

test('after a first visit the Banner opens while the server is away, says so, and shows the last known', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  const name = `Aaron ${unique('known')}`;
  const aaron = await org.person(unique('aaron'), { display_name: name });
  const theirs = await open(aaron, '/banner');
  await radio(theirs, 'Busy').click();
  const me = await org.person(unique('me'));
  const page = await open(me, '/banner', { installed: true, ...kHigh });
  await radio(page, 'In a call').click();
  await expect(own(page)).toContainText('In a call');
  await page.getByRole('link', { name: 'Conversations' }).click();
  await expect(row(page, name).locator('svg.busy')).toBeVisible();
  await installed(page);

  await theirs.context().close();
  await org.server.stop();
  await page.reload();
  await expect(page.getByText('Reconnecting… Showing last known statuses.')).toBeVisible();
  await expect(own(page)).toContainText('In a call');
  await expect(own(page).locator('svg.in_a_call.last-known')).toBeVisible();
  await expect(row(page, name).locator('svg.busy.last-known')).toBeVisible();
  await row(page, name).locator('.circle').hover();
  await expect(page.getByRole('tooltip')).toContainText('Last known: the connection is lost.');
  await expect(icon(page)).toHaveAttribute('href', faviconUrl('in_a_call', false, true));

  // What one had not opened before is there as well, and tells what it cannot do.
  await page.getByRole('link', { name: 'Home' }).click();
  await radio(page, 'Busy').click();
  await expect(
    page.getByRole('main').getByText('The server cannot be reached. Nothing was changed; try again in a moment.'),
  ).toBeVisible();

  await org.server.start();
  await page.evaluate(() => dispatchEvent(new Event('online'))); // sooner than by itself
  await expect(page.getByText('Reconnecting…')).toBeHidden({ timeout: 20_000 });
  await expect(radio(page, 'Absent')).toBeVisible();
  await page.getByRole('link', { name: 'Conversations' }).click();
  // Who was there when the server stopped keeps what they showed for the grace.
  await expect(row(page, name).locator('svg.busy:not(.last-known)')).toBeVisible();
});

test('who was never signed in here finds the server away, told at once and tried again', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  const page = await open(null, '/', { installed: true });
  await installed(page);
  await org.server.stop();
  await page.goto('/banner');
  await expect(page.getByRole('heading', { name: 'The server cannot be reached right now.' })).toBeVisible();
  await expect(page.getByText(/Trying again in \d+ seconds?…/)).toBeVisible();
  await org.server.start();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  allow(/status of 401/);
});

test("the icon of the tab carries one's own type, its title what is unread", async ({ org, open }) => {
  const me = await org.person(unique('me'));
  const name = `Ann ${unique('writes')}`;
  const ann = await org.person(unique('ann'), { display_name: name });
  const page = await open(me, '/banner', kHigh);
  await expect(icon(page)).toHaveAttribute('href', faviconUrl('connected', false));
  await radio(page, 'Busy').click();
  await expect(icon(page)).toHaveAttribute('href', faviconUrl('busy', false));
  await expect(page).toHaveTitle('Home · Pastille');

  const { id } = await ann.get('openConversation', { body: { with: me.me.id } });
  for (const text of ['Hello', 'Are you there?']) await ann.get('sendMessage', { id, body: { text } });
  await expect(page).toHaveTitle('(2) Home · Pastille');
  await expect(icon(page)).toHaveAttribute('href', faviconUrl('busy', true));
  await page.getByRole('link', { name: /^Conversations/ }).click();
  await row(page, name).getByRole('button').first().click();
  await expect(page).toHaveTitle(`${name} · Pastille`);
  await expect(icon(page)).toHaveAttribute('href', faviconUrl('busy', false));
});

test('the browser is asked for notifications on a click, not before', async ({ org, open }) => {
  const me = await org.person(unique('me'));
  const page = await open(me, '/banner/profile', { installed: true });
  const box = page.getByRole('checkbox', { name: 'Show a notification for a new message' });
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked);
  await page.addInitScript(() => {
    const times = window as unknown as { asked: number };
    const ask = Notification.requestPermission.bind(Notification);
    times.asked = 0;
    Notification.requestPermission = () => {
      times.asked++;
      return ask();
    };
  });

  await test.step('a browser that blocks them is named as the reason', async () => {
    await page.reload();
    await expect(box).not.toBeChecked();
    expect(await asked()).toBe(0);
    await box.click();
    await expect(box).not.toBeChecked();
    await expect(box).toHaveAccessibleDescription(/The browser blocks notifications of this site\./);
    expect(await asked()).toBe(1);
  });

  await page.context().grantPermissions(['notifications'], { origin: org.server.origin });
  for (const path of ['/maker', '/banner/profile']) {
    await page.goto(path);
    await expect(own(page)).toContainText('Connected');
    expect(await asked()).toBe(0);
  }
  await expect(box).not.toBeChecked();
  await box.click();
  await expect(box).toBeChecked();
  expect(await asked()).toBe(1);
  await page.reload();
  await expect(box).toBeChecked();
  expect(await asked()).toBe(0);
  await box.click();
  await expect(box).not.toBeChecked();
  expect(await asked()).toBe(0);
});
