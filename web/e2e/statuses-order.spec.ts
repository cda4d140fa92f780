// The organisation's own order over more statuses than the list shows at once.
import type { Page } from '@playwright/test';
import { expect, test, unique } from './fixtures';

const kPage = 200;

const move = async (page: Page, name: string, where: 'up' | 'down'): Promise<void> => {
  await page.getByRole('button', { name: `Actions on ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: `Move ${where}` }).click();
};

test('the last status of a page moves to the next one and back, and more rows keep the focus', async ({
  org,
  open,
}) => {
  const word = unique('order');
  const names = Array.from({ length: kPage }, (_, at) => `${String(at).padStart(3, '0')} ${word}`);
  await org.admin.call('importStatuses', { body: { statuses: names.map((name) => ({ name, type: 'busy' })) } });
  // All of it in one answer: between two pages of a list a status may move.
  const order = async (): Promise<string[]> =>
    (await org.admin.get('exportStatuses')).statuses
      .map(({ name }: { name: string }) => name)
      .filter((name: string) => name.includes(word));
  expect(await order()).toEqual(names);

  const page = await open(org.admin, '/maker/statuses');
  const shown = page.getByRole('button', { name: new RegExp(`Actions on .*${word}`) });
  // All of the page that has come: rows are drawn in pieces.
  const told = page.getByText(/^\d+ of \d+$/);
  const inPage = async () => Number.parseInt((await told.textContent()) ?? '', 10);
  await expect.poll(async () => (await page.getByRole('row').count()) - 1).toBe(await inPage());
  const count = await shown.count();
  const [last, after] = [names[count - 1] ?? '', names[count] ?? ''];
  expect(count).toBeLessThan(kPage);
  await move(page, last, 'down');
  await expect.poll(async () => (await order()).slice(count - 1, count + 1)).toEqual([after, last]);
  await expect(page.getByRole('button', { name: `Actions on ${after}` })).toBeVisible();

  await page.getByRole('button', { name: 'Show more' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: last, exact: true })).toBeFocused();
  await move(page, last, 'up');
  await expect.poll(order).toEqual(names);
});
