// A server is updated while a page is open: the page says that there is a newer version, and still works until it is
// reloaded. Without the server, the newest version that the browser keeps is shown.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { binary } from '../../tests/lib/server.js';
import { expect, lostServer, test, unique } from './fixtures';

/** The end of the name of a script. */
const kHashed = /(-[A-Za-z0-9_-]{8})\.js\b/g;

/** The program with pages of its own, whose scripts have the names of this release. */
function released(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pastille-release-'));
  const web = join(folder, 'web');
  cpSync(binary, join(folder, 'pastille'));
  cpSync(join(dirname(binary), 'web'), web, { recursive: true, filter: (path) => !/\.(gz|br)$/.test(path) });
  const scripts = readdirSync(join(web, 'assets')).filter((file) => file.endsWith('.js'));
  const texts = [
    ...scripts.map((file) => `assets/${file}`),
    'index.html',
    'banner.html',
    'maker.html',
    'service_worker.js',
  ];
  for (const file of texts) {
    let text = readFileSync(join(web, file), 'utf8').replaceAll(kHashed, `$1.${name}.js`);
    if (file === 'service_worker.js') text = text.replace(/"version":"\w+"/, `"version":"${name}"`);
    if (/assets\/(banner|maker)-/.test(file))
      text += `;document.documentElement.dataset.release=${JSON.stringify(name)};`;
    rmSync(join(web, file));
    writeFileSync(join(web, file.replaceAll(kHashed, `$1.${name}.js`)), text);
  }
  return join(folder, 'pastille');
}

const releaseOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['release']);
const newer = (page: Page) => page.getByRole('button', { name: 'Reload' });

test('a newer release is said, taken when one wants, and begins without the server; an old page goes on', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  const [first, second] = [released('first'), released('second')];
  await org.server.stop();
  org.server.program = first;
  await org.server.start();
  const page = await open(await org.person(unique('me')), '/banner', { installed: true });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(await releaseOf(page)).toBe('first');
  await expect(newer(page)).toBeHidden();

  await org.server.stop();
  org.server.program = second;
  await org.server.start();
  await expect(newer(page)).toBeVisible({ timeout: 30_000 });

  await test.step('the old page opens what it had not opened before', async () => {
    await page.getByRole('link', { name: 'Conversations' }).click();
    await expect(page.getByRole('searchbox', { name: 'Search colleagues' })).toBeVisible();
    expect(await releaseOf(page)).toBe('first');
  });

  await test.step('a reload shows the newer one, with the server and without', async () => {
    await newer(page).click();
    await expect.poll(() => releaseOf(page)).toBe('second');
    await expect(newer(page)).toBeHidden();
    await org.server.stop();
    await page.reload();
    await expect(page.getByText('Reconnecting… Showing last known statuses.')).toBeVisible();
    expect(await releaseOf(page)).toBe('second');
    await org.server.start();
    await expect(page.getByText('Reconnecting…')).toBeHidden({ timeout: 20_000 });
  });
  for (const program of [first, second]) rmSync(dirname(program), { recursive: true });
});
