// The Maker's Roles: what each lets its people configure, and the two that nobody changes.
import { expect, expectAccessible, expectNoSidewaysScroll, test, unique } from './fixtures';
import type { Page } from '@playwright/test';

const role = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test('a role is made with permissions that say what they do, changed, and deleted', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/roles');
  const name = unique('Planner ');
  await page.getByRole('button', { name: 'New role' }).click();
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByText('A name is required.')).toBeVisible();
  await page.getByLabel('Name of the role').fill(name);
  const teams = page.getByRole('checkbox', { name: /Manage teams/ });
  await expect(teams).toHaveAccessibleDescription('Create, rename and delete teams.');
  await teams.check();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(role(page, name)).toContainText('Manage teams');

  await choose(page, name, 'Edit');
  await page.getByRole('checkbox', { name: /Read the audit/ }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByText('You have unsaved changes.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(role(page, name)).toContainText('Read the audit');

  await choose(page, name, 'Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(role(page, name)).toHaveCount(0);
});

test('a role acts at once, in pages that are open', async ({ org, open }) => {
  const made = await org.admin.get('createRole', { body: { name: unique('Live '), permissions: [] }, status: 201 });
  const person = await org.person(unique('live'), { role_id: made.id });
  const theirs = await open(person, '/maker/statuses');
  const tabs = theirs.getByRole('navigation', { name: 'Module Users' }).getByRole('link');
  await expect(tabs).toHaveText(['Statuses']);
  const page = await open(org.admin, '/maker/roles');
  await choose(page, made.name, 'Edit');
  await page.getByRole('checkbox', { name: /Manage teams/ }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(tabs).toHaveText(['Statuses', 'Teams']);
});

test('a role that people hold is not deleted, and the page says how many and leads to them', async ({ org, open }) => {
  const made = await org.admin.get('createRole', { body: { name: unique('Held '), permissions: [] }, status: 201 });
  const holder = await org.account(unique('holder'), { role_id: made.id, display_name: unique('Holder ') });
  const page = await open(org.admin, '/maker/roles');
  await choose(page, made.name, 'Delete');
  await expect(page.getByRole('dialog')).toContainText('1 person holds this role');
  await page.getByRole('link', { name: 'Show these people' }).click();
  await expect(page).toHaveURL(new RegExp(`role=${made.id}`));
  await expect(page.getByRole('link', { name: holder.display_name })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('the built-in roles are locked and say so', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/roles');
  for (const name of ['Administrator', 'Agent']) {
    await expect(role(page, name)).toContainText(/Built in.*Locked/s);
    await expect(page.getByRole('button', { name: `More for ${name}` })).toHaveCount(0);
  }
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test('two people at one role: each keeps their ticks, and the second is told', async ({ org, open }) => {
  const made = await org.admin.get('createRole', {
    body: { name: unique('Shared '), permissions: ['statuses.create'] },
    status: 201,
  });
  const page = await open(org.admin, '/maker/roles');
  await choose(page, made.name, 'Edit');
  await page.getByRole('checkbox', { name: /Manage teams/ }).check();
  await org.admin.call('patchRole', { id: made.id, body: { permissions: ['audit.read'] } });
  await expect(page.getByText('Somebody else has changed this role meanwhile.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /Read the audit/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /Create statuses/ })).not.toBeChecked();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const saved = await org.admin.get('getRole', { id: made.id });
  expect(saved.permissions.sort()).toEqual(['audit.read', 'teams.manage']);
});

test('nobody gives a permission that they do not have', async ({ org, open }) => {
  const keeper = await org.person(unique('keeper'), { permissions: ['roles.manage', 'teams.manage'] });
  const more = await org.admin.get('createRole', {
    body: { name: unique('More '), permissions: ['audit.read'] },
    status: 201,
  });
  const page = await open(keeper, '/maker/roles');
  await expect(role(page, more.name)).toContainText('It holds more than your role');
  await expect(page.getByRole('button', { name: `More for ${more.name}` })).toHaveCount(0);
  await page.getByRole('button', { name: 'New role' }).click();
  await expect(page.getByRole('checkbox', { name: /Manage users/ })).toBeDisabled();
  await expect(page.getByRole('checkbox', { name: /Manage teams/ })).toBeEnabled();
});

test('roles read well in French', async ({ org, open }) => {
  const chef = await org.person(unique('chef'), { role_id: org.roles.get('Administrator').id, locale: 'fr' });
  const page = await open(chef, '/maker/roles');
  await expect(role(page, 'Administrateur')).toContainText('Verrouillé');
  await page.getByRole('button', { name: 'Nouveau rôle' }).click();
  await expect(page.getByText('Aucun rôle ne permet de changer le statut de quelqu’un d’autre.')).toBeVisible();
});
