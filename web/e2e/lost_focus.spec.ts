// What has the focus goes: then it is where one goes on, never at the top of the document.
import { expect, test, unique } from './fixtures';
import type { Locator } from '@playwright/test';

test('who is on a row that somebody else deletes is on the next one, and after the last at the heading', async ({
  org,
  open,
}) => {
  const word = unique('going');
  const first = await org.status(`First ${word}`);
  const second = await org.status(`Second ${word}`);
  const page = await open(org.admin, `/maker/statuses?q=${word}`);
  const actions = (which: string): Locator =>
    page.getByRole('button', { name: `Actions on ${which} ${word}`, exact: true });
  await actions('First').focus();
  await org.admin.call('deleteStatus', { id: first.id });
  await expect(actions('Second')).toBeFocused();
  await org.admin.call('deleteStatus', { id: second.id });
  await expect(page.getByText('No status matches')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Statuses' })).toBeFocused();
});

test('a list that is read anew meanwhile keeps the question open until the deleted row is gone', async ({
  org,
  open,
}) => {
  const word = unique('slow');
  await org.status(`Only ${word}`);
  const page = await open(org.admin, `/maker/statuses?q=${word}`);
  await page.getByRole('button', { name: `Actions on Only ${word}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  // The page reads the list for the change that it hears of, too: whichever is the newest, the question waits for it.
  let through = false;
  const held: Array<() => void> = [];
  await page.route(/\/api\/v1\/statuses\?/, async (route) => {
    if (!through) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue().catch(() => undefined); // the page ends a reading for a newer one
  });
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => held.length).toBeGreaterThan(0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(page.getByRole('dialog')).toBeVisible();
  through = true;
  for (const each of held) each();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('No status matches')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Statuses' })).toBeFocused();
});

test('who deletes the last team is at the heading, and whom an address brought to a form, when it closes', async ({
  org,
  open,
}) => {
  const name = unique('Gone ');
  const page = await open(org.admin, '/maker/teams');
  await page.getByRole('button', { name: 'New team' }).click();
  await page.getByLabel('Name of the team').fill(name);
  await page.getByRole('button', { name: 'Create team' }).click();
  await page.getByRole('searchbox').fill(name);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Teams', level: 1 })).toBeFocused();

  await page.goto('/maker/statuses/new');
  await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Statuses', level: 1 })).toBeFocused();
});

test('who restores one status after the other is at the next, then at the one before, and after the last at the heading', async ({
  org,
  open,
}) => {
  const word = unique('back');
  for (const which of ['One', 'Two', 'Three'])
    await org.admin.call('deleteStatus', { id: (await org.status(`${which} ${word}`)).id });
  const page = await open(org.admin, `/maker/statuses?deleted=true&q=${word}`);
  const restore = page.getByRole('button', { name: /^Restore / });
  await expect(restore).toHaveCount(3);
  await restore.nth(1).focus();
  for (const left of [2, 1]) {
    const next = await restore.nth(left === 2 ? 2 : 0).getAttribute('aria-label');
    await page.keyboard.press('Enter');
    await expect(restore).toHaveCount(left);
    await expect(page.getByRole('button', { name: String(next), exact: true })).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(restore).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});
