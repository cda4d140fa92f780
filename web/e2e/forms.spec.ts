// Forms and lists as one uses them: what is said where it is heard, nothing typed is lost in silence,
// nothing is told in the browser's own words, and Back goes back by one step.
import type { Locator, Page } from '@playwright/test';
import { expect, test, unique } from './fixtures';

const dialog = (page: Page): Locator => page.getByRole('dialog');
const inDialog = (page: Page): Locator => dialog(page).locator('[aria-live=polite]');
const outside = (page: Page): Locator => page.locator('body > [role=status]');
const question = (page: Page): Locator => page.getByRole('dialog', { name: 'You have unsaved changes.' });

test('what is done in a dialog is said in it, and outside when it has closed', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/users');
  const name = unique('Said ');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  await expect(dialog(page).getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type(name);
  await dialog(page).getByLabel('Username', { exact: true }).fill(unique('said'));
  await page.keyboard.press('Enter');
  await expect(inDialog(page)).toHaveText(`${name} is invited`);
  await expect(dialog(page).getByLabel(`Invitation link for ${name}`)).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Copy' }).click();
  await expect(inDialog(page)).toHaveText('Copied');
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('button', { name: 'Invite a person' })).toBeFocused();

  await page.goto('/maker/teams');
  const team = unique('Said ');
  await page.getByRole('button', { name: 'New team' }).click();
  await outside(page).evaluate((region) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => {
      if (document.querySelector('dialog[open]') === null) heard.push(region.textContent ?? '');
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await expect(dialog(page).getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type(team);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect
    .poll(() =>
      page.evaluate(() => (window as unknown as { heard: string[] }).heard.some((text) => text.includes('Said'))),
    )
    .toBe(true);
});

test('pasted tags are all added, and leave no text', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/statuses/new');
  const field = dialog(page).getByRole('combobox', { name: 'Tags' });
  await field.evaluate((input: HTMLInputElement) => {
    input.focus();
    document.execCommand('insertText', false, 'Alpha, Beta,');
  });
  await expect(dialog(page).getByRole('button', { name: /^Remove/ })).toHaveCount(2);
  await expect(field).toHaveValue('');
  await expect(inDialog(page)).toHaveText(/Alpha, Beta/);
});

test('edits of an account are asked about before a tab or Back takes them away', async ({ org, open }) => {
  const name = unique('Edited ');
  const { me } = await org.person(unique('edited'), { display_name: name });
  const page = await open(org.admin, '/maker/teams');
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.getByRole('link', { name }).click();
  const field = page.getByLabel('Name', { exact: true });
  await field.fill(`${name} too`);

  await page.getByRole('link', { name: 'Roles', exact: true }).click();
  await expect(question(page)).toBeVisible();
  await question(page).getByRole('button', { name: 'Keep editing' }).click();
  await expect(field).toHaveValue(`${name} too`);
  await page.goBack();
  await expect(question(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question(page)).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/maker/users/${me.id}$`));
  await expect(field).toHaveValue(`${name} too`);

  await field.focus();
  await page.goBack();
  await question(page).getByRole('button', { name: 'Discard' }).click();
  await expect(page).toHaveURL(/\/maker\/users$/);
  await expect(page.getByRole('link', { name, exact: true })).toBeFocused();
  expect((await org.admin.get('getUser', { id: me.id })).display_name).toBe(name);
});

test('a form over the list asks, too, when Back would take it away', async ({ org, open }) => {
  const { name } = await org.status(unique('Kept '));
  const page = await open(org.admin, '/maker/statuses');
  await page.getByRole('link', { name, exact: true }).click();
  const field = dialog(page).getByLabel('Name', { exact: true });
  await field.fill(`${name} too`);
  await page.goBack();
  await expect(dialog(page).getByText('You have unsaved changes.')).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await page.goBack();
  await dialog(page).getByRole('button', { name: 'Discard' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/maker\/statuses$/);
  await page.getByRole('link', { name, exact: true }).click();
  await field.fill(`${name} saved`);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('link', { name: `${name} saved`, exact: true })).toBeFocused();
});

test('empty fields are named in the person’s language, not by the browser', async ({ open }) => {
  const page = await open(null, '/', { locale: 'fr-FR' });
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByLabel('Identifiant')).toBeFocused();
  await expect(page.getByLabel('Identifiant')).toHaveAccessibleDescription('Ce champ est obligatoire.');
  await page.getByLabel('Identifiant').fill('someone');
  await expect(page.getByLabel('Identifiant')).toHaveAccessibleDescription('');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Mot de passe', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveAccessibleDescription(
    'Ce champ est obligatoire.',
  );
  expect(await page.evaluate(() => [...document.forms].every((form) => form.noValidate))).toBe(true);
});

test('Back takes filters off one by one, and a search as one step, before it leaves the Maker', async ({
  org,
  open,
}) => {
  const word = unique('step');
  await org.status(`One ${word}`, { tags: [word] });
  const page = await open(org.admin, '/banner');
  await page.goto('/maker/statuses');
  const type = page.getByRole('search').getByRole('combobox').first();
  await page.getByRole('searchbox', { name: 'Search statuses' }).pressSequentially(word, { delay: 250 });
  await expect(page).toHaveURL(new RegExp(`q=${word}$`));
  await type.selectOption({ label: 'Absent' });
  await expect(page).toHaveURL(/type=absent/);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`q=${word}$`));
  await expect(type).toHaveValue('');
  await page.goBack();
  await expect(page).toHaveURL(/\/maker\/statuses$/);
  await expect(page.getByRole('searchbox', { name: 'Search statuses' })).toHaveValue('');
  await page.goBack();
  await expect(page).toHaveURL(/\/banner$/);
});

test('who searches the menu hears which status Enter shows', async ({ org, open }) => {
  const { name } = await org.status(unique('Found '));
  const page = await open(await org.person(unique('hears')), '/banner');
  await page.locator('header').getByRole('button').first().click();
  const menu = page.getByRole('dialog', { name: 'Your status' });
  await menu.getByRole('searchbox').fill(name);
  await expect(menu.locator('[aria-live=polite]')).toHaveText(`${name}. Enter shows it.`);
  await menu.getByRole('searchbox').fill(`${name}x`);
  await expect(menu.locator('[aria-live=polite]')).toHaveText(`No status matches “${name}x”.`);
});
