// Inviting from a file: tried out first, updates, a directory without roles.
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, test, unique } from './fixtures';
import type { Page } from '@playwright/test';

const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

test('a file is tried out first: its faults by line, then all of it or nothing', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/users');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  const file = (lines: string[]) => ({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['login,display_name,role,teams', ...lines].join('\r\n')),
  });
  await dialog.getByLabel('CSV file').setInputFiles(file(['fine,Fine,Agent,', 'a b,Spaced,Emperor,']));
  await expect(dialog.getByText('2 problems.')).toBeVisible();
  await expect(dialog.getByRole('row').filter({ hasText: 'Emperor' })).toContainText(/^3\s*Role/);
  await expect(dialog.getByRole('button', { name: 'Add people' })).toBeDisabled();
  await expectAccessible(page);
  await dialog
    .getByLabel('CSV file')
    .setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from('login;display_name;role\nx;X;Agent') });
  await expect(dialog.getByText('1 person would be added.')).toBeVisible();

  const [one, two] = [unique('imp'), unique('imp')];
  const team = unique('Imported ');
  await dialog
    .getByLabel('CSV file')
    .setInputFiles(file([`${one},Ida ${one},Agent,${team}`, `${two},Ivo ${two},Agent,`]));
  await expect(dialog.getByText(`2 people would be added. 1 new team would be made: ${team.trim()}.`)).toBeVisible();
  await expect(row(page, `Ida ${one}`)).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Add 2 people' }).click();
  await expect(page.getByRole('heading', { name: '2 people are invited' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.getByText('The links are not saved yet.')).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Save the links as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('pastille-invitations.csv');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('searchbox').fill(one);
  await expect(row(page, `Ida ${one}`)).toContainText(team);
});

test('a file updates those who are here when that is ticked, and says first what would change', async ({
  org,
  open,
}) => {
  const [here, fresh] = [unique('upd'), unique('upd')];
  await org.account(here, { display_name: `Uma ${here}` });
  const page = await open(org.admin, '/maker/users');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  const lines = ['login,display_name,role', `${here},Una ${here},Administrator`, `${fresh},Udo ${fresh},Agent`];
  await dialog
    .getByLabel('CSV file')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await expect(dialog.getByRole('row').filter({ hasText: here })).toContainText('already');
  const update = dialog.getByRole('checkbox', { name: 'Update people who are here already' });
  await expect(update).toHaveAccessibleDescription(/found by their username/);
  await update.check();
  await expect(dialog.getByText('1 person would be added. 1 person would be updated.')).toBeVisible();
  const changes = dialog.getByRole('region', { name: 'Who would be updated' });
  await expect(changes).toContainText(`Name: Uma ${here} → Una ${here}`);
  await expect(changes).toContainText('Role: Agent → Administrator');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add 1, update 1' }).click();
  await expect(page.getByRole('heading', { name: '1 person is invited, 1 person is updated' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('searchbox').fill(here);
  await expect(row(page, `Una ${here}`)).toContainText('Administrator');

  await page.getByRole('button', { name: 'Import' }).click();
  await update.check();
  await dialog
    .getByLabel('CSV file')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await expect(dialog.getByText('2 people are so already.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Add people' })).toBeDisabled();
  await dialog
    .getByLabel('CSV file')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(`login,role\n${here},Agent`) });
  await dialog.getByRole('button', { name: 'Update 1 person' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(page, `Una ${here}`)).toContainText('Agent');
});

test("a directory's file without roles is taken with one for all, and new links are made for who never came", async ({
  org,
  open,
}) => {
  const login = unique('dir');
  const page = await open(org.admin, '/maker/users');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  const file = {
    name: 'directory.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`userPrincipalName,displayName\n${login},Dora ${login}\n`),
  };
  await dialog.getByLabel('CSV file').setInputFiles(file);
  await expect(dialog.getByText('1 problem')).toBeVisible();
  await dialog.getByLabel('Role of people whose line names none').selectOption('Agent');
  await dialog.getByRole('button', { name: 'Add 1 person' }).click();
  await expect(page.getByRole('heading', { name: '1 person is invited' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('button', { name: 'Import' }).click();
  await dialog.getByRole('checkbox', { name: 'Update people who are here already' }).check();
  await dialog.getByLabel('CSV file').setInputFiles(file);
  await expect(dialog.getByText('1 person is so already.')).toBeVisible();
  await dialog.getByRole('checkbox', { name: /^New invitation links/ }).check();
  await expect(dialog.getByText('1 person would get a new invitation link.')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Make 1 link' }).click();
  await expect(page.getByRole('heading', { name: '1 person has a new invitation link' })).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Save the links as CSV' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toMatch(
    new RegExp(`^${login},Dora ${login},http.*invitation=`, 'm'),
  );
});
