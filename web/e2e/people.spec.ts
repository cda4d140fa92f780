// The Maker's Users and Teams: who is let in, changed, shown out; and nowhere anybody's status.
import {
  answered,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  PASSWORD,
  test,
  unique,
  type Person,
} from './fixtures';
import type { Page } from '@playwright/test';

const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

/** Through the menu of a person's row. */
async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test('an invited person signs in with the link, once, and is in the list', async ({ org, open, allow }) => {
  allow(answered(404)); // the link, the second time
  const name = unique('Inga ');
  const team = await org.team(unique('Harbour '));
  const page = await open(org.admin, '/maker/users');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create invitation' }).click();
  await expect(dialog.getByText('A name is required.')).toBeVisible();
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('Username', { exact: true }).fill('two words');
  await dialog.getByRole('button', { name: 'Create invitation' }).click();
  await expect(dialog.getByText('A username has no spaces.')).toBeVisible();
  await dialog.getByLabel('Username', { exact: true }).fill(unique('inga'));
  await dialog.getByRole('combobox', { name: 'Add a team' }).fill(team.name.toUpperCase());
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create invitation' }).click();
  await expect(page.getByRole('heading', { name: `${name} is invited` })).toBeVisible();
  const link = await dialog.getByLabel(`Invitation link for ${name}`).inputValue();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('searchbox').fill(name);
  await expect(row(page, name)).toContainText(/Agent.*Harbour.*Invited/);

  const theirs = await open(null, link);
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(theirs).toHaveURL(/\/banner$/);
  await expect(theirs.getByText(name).first()).toBeVisible();
  await expect(row(page, name)).toContainText(/Connected.*Active/);
  const again = await open(null, link);
  await expect(again.getByText('This link has been used or has expired.')).toBeVisible();
});

test('disabling signs out at once, says so before, and can be undone; erasing asks for the login', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(401)); // of the one who is signed out
  const login = unique('dora');
  const name = unique('Dora ');
  const dora = await org.person(login, { display_name: name });
  const theirs = await open(dora, '/banner');
  await expect(theirs.getByText(name).first()).toBeVisible();
  const page = await open(org.admin, `/maker/users?q=${encodeURIComponent(name)}`);
  await expect(row(page, name)).toContainText('Connected');
  await choose(page, name, 'Disable');
  await expect(page.getByRole('dialog')).toContainText('They are signed out everywhere at once and cannot sign in.');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(theirs).toHaveURL(/reason=ended/, { timeout: 1_000 });
  await expect(row(page, name)).toContainText('Disabled');

  await row(page, name).getByRole('link').click();
  await page.getByRole('button', { name: 'Enable' }).click();
  await expect(page.getByText(`${name} can sign in.`)).toBeVisible();
  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();

  await page.getByRole('button', { name: 'Erase' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Erase' }).click();
  await expect(dialog.getByText('This is not the same text.')).toBeVisible();
  await dialog.getByLabel(`Type ${login}`).fill(login);
  await dialog.getByRole('button', { name: 'Erase' }).click();
  await expect(page.getByText('No one matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(page).toHaveURL(/\/maker\/users$/);
});

test('signing out everywhere ends what is open and chooses no status', async ({ org, open, allow }) => {
  allow(answered(401));
  const name = unique('Leo ');
  const leo = await org.person(unique('leo'), { display_name: name });
  const theirs = await open(leo, '/banner');
  await expect(theirs.getByText(name).first()).toBeVisible();
  const page = await open(org.admin, `/maker/users/${leo.me.id}`);
  const status = page.getByRole('region', { name: 'Status' });
  await expect(status).toContainText('Connected');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('dialog')).toContainText('Nobody chooses a status for them');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(theirs).toHaveURL(/reason=ended/, { timeout: 1_000 });
  await expect(status).toContainText('Offline');
  await org.signIn(leo.login);
});

test('nowhere is there a control to change the status of somebody else', async ({ org, open }) => {
  const name = unique('Nils ');
  const nils = await org.person(unique('nils'), { display_name: name });
  const page = await open(org.admin, `/maker/users/${nils.me.id}`);
  const status = page.getByRole('region', { name: 'Status' });
  await expect(status).toContainText(`only ${name} can change it`);
  await expect(status.getByRole('button')).toHaveCount(0);
  await expect(status.getByRole('combobox')).toHaveCount(0);
  await expect(status.getByRole('radio')).toHaveCount(0);
  await page.goto(`/maker/users?q=${encodeURIComponent(name)}`);
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await expect(page.getByRole('menuitem')).toHaveText([
    'Open',
    'New invitation link',
    'Sign out everywhere',
    'Disable',
  ]);
});

test('the last administrator is neither disabled nor demoted, and the page says why', async ({ org, open, allow }) => {
  allow(answered(409));
  // Other tests of this file leave administrators behind.
  const { items } = await org.admin.get('listUsers', {
    query: { role: org.roles.get('Administrator').id, limit: 200 },
  });
  for (const each of items) {
    if (each.id !== org.admin.me.id) await org.admin.call('patchUser', { id: each.id, body: { active: false } });
  }
  const page = await open(org.admin, `/maker/users/${org.admin.me.id}`);
  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('dialog')).toContainText('Somebody must stay administrator.');
  await page.keyboard.press('Escape');
  await page.getByLabel('Role').selectOption('Agent');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Somebody must stay administrator.' })).toBeVisible();
});

test('two people at one account: what the other saved comes in, what clashes one chooses', async ({ org, open }) => {
  const account = await org.account(unique('clash'), { display_name: 'Before' });
  const page = await open(org.admin, `/maker/users/${account.id}`);
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Mine');
  await org.admin.call('patchUser', { id: account.id, body: { display_name: 'Theirs', time_zone: 'Asia/Tokyo' } });
  await expect(page.getByText('The name is now “Theirs”.')).toBeVisible();
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo');
  await expect(name).toHaveValue('Mine');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Mine' })).toBeVisible();
  await name.fill('Mine again');
  await org.admin.call('patchUser', { id: account.id, body: { display_name: 'Theirs again' } });
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await expect(name).toHaveValue('Theirs again');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('who may not manage users finds no such page, and the server refuses as well', async ({ org, open, allow }) => {
  allow(answered(403));
  const supervisor = await org.person(unique('sup'), { permissions: ['statuses.create', 'statuses.modify'] });
  const page = await open(supervisor, '/maker/users');
  await expect(page.getByText('It takes the permission “users.manage”')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Module Users' }).getByRole('link')).toHaveText(['Statuses']);
  const status = await page.evaluate(
    async (id) =>
      (
        await fetch(`/api/v1/users/${id}`, {
          method: 'PATCH',
          headers: { 'Content-Type': 'application/json' },
          body: '{"active":false}',
        })
      ).status,
    org.admin.me.id,
  );
  expect(status).toBe(403);
});

test('nobody governs an account that may more than they do', async ({ org, open }) => {
  const recruiter = await org.person(unique('recruiter'), { permissions: ['users.manage'] });
  const page = await open(recruiter, `/maker/users/${org.admin.me.id}`);
  await expect(page.getByText('The role of Ada Admin holds more than yours.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Disable' })).toHaveCount(0);
  await page.goto('/maker/users');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const roles = page.getByRole('dialog').getByLabel('Role').getByRole('option');
  await expect(roles.filter({ hasText: 'Agent' })).toHaveCount(1);
  await expect(roles.filter({ hasText: 'Administrator' })).toHaveCount(0);
});

test('people are found by search and filters that stand in the address', async ({ org, open }) => {
  const team = await org.team(unique('Findable '));
  const name = unique('Zoé Étoile ');
  await org.account(unique('zoe'), { display_name: name, team_ids: [team.id] });
  const page = await open(org.admin, '/maker/users');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('zoe etoile');
  await page.getByLabel('Team', { exact: true }).selectOption(team.name);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/(?=.*q=zoe\+etoile)(?=.*team=)/);
  await page.reload();
  await expect(row(page, name)).toBeVisible();
  await page.getByLabel('State').selectOption('Disabled');
  await expect(page.getByText('No one matches')).toBeVisible();
  await expectAccessible(page);
});

test('a team is made, named, filled and emptied; its page is live', async ({ org, open }) => {
  const person = await org.person(unique('tim'), { display_name: unique('Tim ') });
  const page = await open(org.admin, '/maker/teams');
  const name = unique('Night ');
  await page.getByRole('button', { name: 'New team' }).click();
  await page.getByLabel('Name of the team').fill(name);
  await page.getByRole('button', { name: 'Create team' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByText('Nobody is in this team yet.')).toBeVisible();
  await page.getByRole('combobox', { name: `Add a person to ${name}` }).fill(person.login);
  await page.getByRole('option').first().click();
  const list = page.getByRole('list', { name: `People of ${name}` });
  await expect(list).toContainText(person.me.display_name);
  await expect(page.getByRole('main')).toContainText('1 person');
  await open(person, '/banner');
  await expect(list).toContainText('Connected');
  await expectAccessible(page);
  await page.getByRole('button', { name: `Remove ${person.me.display_name}` }).click();
  await expect(page.getByText('Nobody is in this team yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toContainText('Everybody goes on seeing everybody');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/maker\/teams$/);
  await expect(page.getByRole('link', { name })).toHaveCount(0);
});

test('the keyboard alone opens, reads and invites; rows are one tab stop', async ({ org, open }) => {
  await org.account(unique('keys'));
  const page = await open(org.admin, '/maker/users');
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  await page.getByRole('button', { name: 'Name' }).focus();
  await page.keyboard.press('Tab');
  await expect(rows.nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(2).getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/maker\/users\/u/);
  await page.goBack();
  await page.getByRole('button', { name: 'Invite a person' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type(unique('Key '));
  await page.keyboard.press('Tab');
  await page.keyboard.type(unique('key'));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/^Invitation link for Key/)).toBeVisible();
});

test('all of it is there in French, at 320 px and without a sideways scroll', async ({ org, open }) => {
  const chef: Person = await org.person(unique('chef'), {
    role_id: org.roles.get('Administrator').id,
    locale: 'fr',
    display_name: unique('Chef '),
  });
  const page = await open(chef, `/maker/users/${chef.me.id}`);
  await expect(page.getByText('C’est vous. Vous changez votre statut dans le menu')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.goto('/maker/users');
  await expect(page.getByRole('button', { name: 'Inviter une personne' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.goto('/maker/teams');
  await expect(page.getByRole('heading', { name: 'Équipes' })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('what somebody shows is unknown until it is told, which is not Offline', async ({ org, open }) => {
  const team = await org.team(unique('Quay '));
  const name = unique('Nadia ');
  const nadia = await org.person(unique('nadia'), { display_name: name, team_ids: [team.id] });
  const page = await open(org.admin, 'about:blank');
  await page.routeWebSocket('**/api/v1/live', () => undefined); // never answers
  for (const path of [
    `/maker/users?q=${encodeURIComponent(name)}`,
    `/maker/teams/${team.id}`,
    `/maker/users/${nadia.me.id}`,
  ]) {
    await page.goto(path);
    const maker = page.locator('main.maker');
    await expect(maker.getByText(name).first()).toBeVisible();
    await expect(maker.getByText('Offline')).toHaveCount(0);
    await expect(maker.locator('svg.offline')).toHaveCount(0);
  }
  await expect(page.getByText('Asking what they show…')).toBeVisible();
});
