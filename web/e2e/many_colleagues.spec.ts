// Ten thousand colleagues: the list holds few rows and follows only those on screen.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';

test.beforeAll(async ({ org }) => {
  const rows = Array.from(
    { length: 10_000 },
    (_, i) => `n${i},Colleague ${String(i).padStart(5, '0')},Agent,Team ${i % 20},en,Europe/Paris`,
  );
  const file = join(org.server.folder, 'people.csv');
  writeFileSync(file, ['login,display_name,role,teams,locale,time_zone', ...rows, ''].join('\n'));
  const imported = await org.server.cli(['user', 'import', file]);
  expect(imported.code, imported.stderr).toBe(0);
});

test('ten thousand colleagues scroll, and only those on screen are followed', async ({ org, open }) => {
  const page = await open(org.admin, '/banner', { viewport: { width: 380, height: 760 } });
  const followed = new Set<string>();
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const frame = JSON.parse(String(payload)) as {
        do: string;
        add?: string[];
        drop?: string[];
        follow?: { users: string[] };
      };
      for (const user of frame.follow?.users ?? frame.add ?? []) followed.add(user);
      for (const user of frame.drop ?? []) followed.delete(user);
    }),
  );
  await page.goto('/banner/conversations');
  const list = page.getByRole('list', { name: 'Colleagues and conversations' });
  const rows = list.getByRole('listitem');
  const row = (name: string) => rows.filter({ hasText: name }).getByRole('button').first();
  await expect(rows.first()).toHaveAttribute('aria-setsize', '10000');

  const inPage = () => rows.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['rowUser'] ?? ''));
  for (const part of [0.25, 0.5, 0.99, 0.1]) {
    await list.evaluate((all, to) => all.parentElement?.scrollTo(0, all.clientHeight * to), part);
    await expect
      .poll(async () => {
        const shown = await inPage();
        const others = [...followed].filter((user) => user !== org.admin.me.id);
        return {
          few: shown.length < 60,
          enough: others.length >= 10,
          onlyShown: others.every((user) => shown.includes(user)),
        };
      })
      .toEqual({ few: true, enough: true, onlyShown: true });
    await expect(rows.nth(6).locator('svg.offline')).toBeVisible();
  }

  await row('Colleague 01000').focus();
  await page.keyboard.press('End');
  await expect(row('Colleague 09999')).toBeFocused();
  await expect(rows.filter({ hasText: 'Colleague 09999' })).toHaveAttribute('aria-posinset', '10000');
  await page.keyboard.press('PageUp');
  await expect(row('Colleague 0998')).not.toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(row('Colleague 00000')).toBeFocused();
  await page.getByRole('searchbox').fill('colleague 04711');
  await expect(rows).toHaveCount(1);
});
