// The Maker's Servers: which servers there are, how each is, and that it is kept up to date quietly.
import type { Page } from '@playwright/test';
import { organisation, PASSWORD } from '../../tests/lib/organisation.js';
import { freshFolder, ownDatabase, Server } from '../../tests/lib/server.js';
import type { Schemas } from '@pastille/client/http/client';
import { answered, expect, expectAccessible, expectNoSidewaysScroll, test as alone, unique } from './fixtures';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** What a server may answer, in place of what it does. */
const node = (more: Partial<Schemas['Node']>): Schemas['Node'] => ({
  id: 'd1',
  name: 'desk-1:8080',
  version: '0.2.0',
  self: false,
  started_at: '2026-01-05T08:00:00.000Z',
  seen_at: new Date().toISOString(),
  silent_ms: 300,
  behind: 0,
  present: 0,
  state: 'ready',
  ...more,
});
async function answering(page: Page, items: Schemas['Node'][]): Promise<void> {
  await page.route('**/api/v1/nodes', (route) =>
    route.fulfill({ json: { items, total: items.length, next: null, seq: 1200 } }),
  );
}

alone('a server alone is the one that serves the page, with who is connected to it', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/audit');
  await page.getByRole('link', { name: 'Audit' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Servers' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Servers' })).toBeVisible();
  await expect(page).toHaveTitle(/Servers · Maker/);
  const [only] = (await org.admin.get('listNodes')).items;
  const shown = row(page, only.name);
  await expect(shown).toContainText('this one');
  await expect(shown.getByRole('cell', { name: 'Ready', exact: true })).toBeVisible();
  await expect(shown.getByRole('cell', { name: 'Up to date', exact: true })).toBeVisible();
  await expect(shown).toContainText(only.version);
  await expect(shown.getByRole('cell', { name: '1', exact: true })).toBeVisible();
  await expect(page.getByText('1 server', { exact: true })).toBeVisible();
});

alone('silence, lag and different versions are told in words', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/statuses');
  await answering(page, [
    node({ id: 'd1', name: 'desk-1:8080', version: '0.10.0', self: true, present: 1234 }),
    node({ id: 'd2', name: 'desk-2:8080', version: '0.9.0', behind: 42, silent_ms: 7_400, state: 'silent' }),
    node({ id: 'd3', name: 'desk-3:8080', version: '0.10.0', behind: 1 }),
  ]);
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(row(page, 'desk-1')).toContainText('this one');
  await expect(row(page, 'desk-1')).toContainText('1,234');
  await expect(row(page, 'desk-1')).not.toContainText('older');
  await expect(row(page, 'desk-2')).toContainText('Silent');
  await expect(row(page, 'desk-2')).toContainText('0.9.0older');
  await expect(row(page, 'desk-2')).toContainText('42 behind');
  await expect(row(page, 'desk-2')).toContainText(/7\ssec\.?\sago/);
  await expect(row(page, 'desk-3')).not.toContainText('older');
  await expect(page.getByText('The servers are of different versions.')).toBeVisible();
  await expect(page.getByText('Silent: not heard of for 5 seconds.')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

alone('in a narrow window its tab is in sight, however one has come there', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/servers', { viewport: { width: 320, height: 700 } });
  await expect(page.getByRole('link', { name: 'Servers' })).toBeInViewport({ ratio: 1 });
  await page.getByRole('link', { name: 'Statuses' }).click();
  await expect(page.getByRole('link', { name: 'Statuses' })).toBeInViewport({ ratio: 1 });
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Servers' })).toBeInViewport({ ratio: 1 });
});

alone('it is asked for again and again, one question at a time', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/statuses');
  const asked: number[] = [];
  let present = 0;
  await page.route('**/api/v1/nodes', (route) => {
    asked.push(Date.now());
    return route.fulfill({ json: { items: [node({ present: ++present })], total: 1, next: null, seq: 1 } });
  });
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(row(page, 'desk-1').getByRole('cell', { name: '2', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Roles' }).click();
  await expect(page.getByRole('heading', { name: 'Roles' })).toBeVisible();
  // Who comes back is told at once; what was going on before does not go on beside it.
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(row(page, 'desk-1').getByRole('cell', { name: '5', exact: true })).toBeVisible();
  const [first, second, again, after, last] = asked;
  expect(asked).toHaveLength(5);
  for (const [one, next] of [
    [first, second],
    [again, after],
    [after, last],
  ])
    expect(next! - one!).toBeGreaterThan(4_900);
});

alone('what was known stays while nothing can be found out, with its time', async ({ org, open, allow }) => {
  allow(answered(503));
  const page = await open(org.admin, '/maker/statuses');
  let away = true;
  await page.route('**/api/v1/nodes', (route) =>
    away
      ? route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          json: { type: '/problems/unavailable', title: 'Unavailable', status: 503, detail: 'x' },
        })
      : route.fulfill({ json: { items: [node({})], total: 1, next: null, seq: 1 } }),
  );
  const alert = page.getByRole('main').getByRole('alert');
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(alert).toContainText('This page keeps trying.');
  await expect(alert).not.toContainText('how it was');
  await expect(page.getByRole('table')).toHaveCount(0);
  await expectAccessible(page);
  away = false;
  await expect(row(page, 'desk-1')).toBeVisible();
  await expect(alert).toHaveCount(0); // empty, it is nothing to anybody
  away = true;
  await expect(alert).toContainText(/Below is how it was at \d\d:\d\d\./);
  await expect(row(page, 'desk-1')).toBeVisible();
});

alone('a server that was just taken for dead says why it shows none', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/statuses');
  await answering(page, []);
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(page.getByText('No server is known')).toBeVisible();
  await expectAccessible(page);
});

alone('only who may read the audit finds it', async ({ org, open }) => {
  const agent = await org.person(unique('agent'));
  const page = await open(agent, '/maker/servers');
  await expect(page.getByText('It takes the permission “audit.read”')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Servers' })).toHaveCount(0);
  const reader = await org.person(unique('reader'), { permissions: ['audit.read'], locale: 'fr' });
  const theirs = await open(reader, '/maker/servers');
  await expect(theirs.getByRole('heading', { name: 'Serveurs' })).toBeVisible();
  await expect(theirs.getByRole('cell', { name: 'Prêt', exact: true })).toBeVisible();
});

const together = alone.extend({
  org: async ({}, use) => {
    const folder = freshFolder();
    const org = await organisation({ folder, database: ownDatabase(folder), settings: { node_name: 'desk-1' } });
    await use(org);
    await org.close();
  },
});

together(
  'of two servers on one PostgreSQL each shows both; one that stops is silent, then gone',
  async ({ org, open }) => {
    const second = await new Server({
      folder: freshFolder(),
      database: String(org.server.database),
      settings: { node_name: 'desk-2' },
    }).start();
    try {
      const page = await open(org.admin, '/maker/servers');
      await expect(row(page, 'desk-1')).toContainText('this one');
      await expect(row(page, 'desk-2')).toContainText('Ready');
      await expect(row(page, 'desk-2')).not.toContainText('this one');
      const there = second.client();
      await there.signIn('admin', PASSWORD);
      expect((await there.get('listNodes')).items.map((each: Schemas['Node']) => [each.name, each.self])).toEqual([
        ['desk-1', false],
        ['desk-2', true],
      ]);
      second.child?.kill('SIGSTOP');
      await expect(row(page, 'desk-2')).toContainText('Silent', { timeout: 20_000 });
      await expect(row(page, 'desk-1')).toContainText('Ready');
      await expect(row(page, 'desk-2')).toHaveCount(0, { timeout: 30_000 });
    } finally {
      second.child?.kill('SIGCONT');
      await second.close();
    }
  },
);
