// The Maker's Statuses: the list and its address, the forms, what becomes of a deleted one, histories;
// two people at once, and who may what. The rules have their own spec, files of statuses theirs.
import {
  answered,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  unique,
  type Organisation,
  type Person,
} from './fixtures';
import type { Locator, Page } from '@playwright/test';

const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.locator('.name').getByText(name, { exact: true }) });
const pill = (page: Page, tag: string): Locator =>
  page.getByRole('group', { name: 'Tags' }).getByRole('button', { name: new RegExp(`^${tag}`) });
const dialog = (page: Page): Locator => page.getByRole('dialog');
/** The names in the list that hold this word, as they stand. */
const listed = async (page: Page, word: string): Promise<string[]> =>
  (await page.getByRole('row').locator('.name').allInnerTexts())
    .filter((name) => name.includes(word))
    .map((name) => name.replace(` ${word}`, ''));

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** A second administrator, who is somebody else than the first. */
const another = (org: Organisation): Promise<Person> =>
  org.person(unique('nadia'), { role_id: org.roles.get('Administrator').id, display_name: unique('Nadia ') });

test('search, type, tags and order stand in the address and come back with it', async ({ org, open }) => {
  const word = unique('kept');
  const tag = unique('Floor');
  await org.status(`Alpha ${word}`, { tags: [tag] });
  await org.status(`Bravo ${word}`, { type: 'busy', tags: [tag] });
  await org.status(`Charlie ${word}`, { tags: [tag] });
  await org.status(`Delta ${word}`);
  const page = await open(org.admin, '/maker/statuses');
  await expect(row(page, `Delta ${word}`)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect.poll(() => listed(page, word)).toEqual(['Alpha', 'Bravo', 'Charlie', 'Delta']);
  await expect(page.getByText('4 statuses', { exact: true })).toBeVisible();
  await pill(page, tag).click();
  await page.getByRole('combobox', { name: 'Type' }).selectOption('Absent');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Name Z to A');
  await expect.poll(() => listed(page, word)).toEqual(['Charlie', 'Alpha']);
  await expect(page).toHaveURL(new RegExp(`(?=.*q=${word})(?=.*tag=${tag})(?=.*type=absent)(?=.*sort=-name)`));

  await page.reload();
  await expect.poll(() => listed(page, word)).toEqual(['Charlie', 'Alpha']);
  await expect(page.getByRole('searchbox')).toHaveValue(word);
  await expect(pill(page, tag)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('combobox', { name: 'Type' })).toHaveValue('absent');
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  await expectAccessible(page);

  await row(page, `Alpha ${word}`).getByRole('button', { name: tag }).click(); // the pill in the row lets it go
  await expect.poll(() => listed(page, word)).toEqual(['Delta', 'Charlie', 'Alpha']);
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect.poll(() => listed(page, word)).toEqual(['Alpha', 'Charlie', 'Delta']);
  await row(page, `Alpha ${word}`).getByRole('link').click();
  await expect(dialog(page).getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(() => listed(page, word)).toEqual(['Alpha', 'Charlie', 'Delta']);

  await page.getByRole('searchbox').fill(`${word} nowhere`);
  await expect(page.getByText('No status matches')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(row(page, `Bravo ${word}`)).toBeVisible();
  await expect(page).toHaveURL(/\/maker\/statuses\?sort=name$/);
});

test('a new status is seen as colleagues will see it, in every language, before it is made', async ({ org, open }) => {
  const name = unique('Tasting ');
  const tag = unique('Kitchen');
  await org.status(unique('Other '), { tags: [unique('Garden')] }); // is offered, and must not be in the way
  const page = await open(org.admin, '/maker/statuses');
  await page.getByRole('link', { name: 'Create status' }).click();
  const form = dialog(page);
  await form.getByRole('button', { name: 'Create status' }).click();
  await expect(form.getByText('A name has 1 to 60 characters')).toBeVisible();
  await expect(form.getByText('Choose one of the four types.')).toBeVisible();
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused();
  await expectAccessible(page);

  await page.keyboard.type(name);
  await form.getByRole('radio', { name: /^Absent/ }).check();
  await form.getByLabel('French').fill(`Dégustation ${name}`);
  await form.getByLabel('Add a language').selectOption('German');
  await page.keyboard.type(`Verkostung ${name}`);
  await form.getByRole('combobox', { name: 'Tags' }).fill(`${tag},`);
  await expect(form.getByRole('option', { name: /Garden/ })).toBeHidden();
  await form.getByRole('button', { name: '☕' }).click();
  await form.getByLabel('Default duration', { exact: true }).selectOption('20 min');
  const preview = form.getByRole('region', { name: 'How colleagues see it' });
  await expect(preview).toContainText(name);
  await expect(preview).toContainText('20 min');
  await preview.getByLabel('Language of the preview').selectOption('French');
  await expect(preview).toContainText(`Dégustation ${name}`);
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Create status' }).click();
  await expect(form).toHaveCount(0);
  await expect(row(page, name)).toContainText(new RegExp(`Absent.*${tag}.*Custom.*0.*Ada Admin`));

  const made = (await org.admin.get('listStatuses', { query: { q: name } })).items[0];
  expect([made.names.fr, made.names.de, made.icon, made.default_duration_s]).toEqual([
    `Dégustation ${name}`,
    `Verkostung ${name}`,
    '☕',
    1200,
  ]);
  const marie = await org.person(unique('marie'), { locale: 'fr' });
  const theirs = await open(marie, '/banner');
  await expect(theirs.getByRole('radio', { name: `Dégustation ${name}` })).toBeVisible();
});

test('a form that holds something unsaved asks before it closes', async ({ org, open }) => {
  const { name } = await org.status(unique('Unsaved '));
  const page = await open(org.admin, '/maker/statuses');
  await act(page, name, 'Edit');
  await expect(dialog(page).getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0); // nothing was typed
  await act(page, name, 'Edit');
  await dialog(page).getByLabel('Name', { exact: true }).fill('Something else');
  await page.keyboard.press('Escape');
  await expect(dialog(page).getByText('You have unsaved changes.')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog(page).getByLabel('Name', { exact: true })).toHaveValue('Something else');
  await page.keyboard.press('Escape');
  await dialog(page).getByRole('button', { name: 'Discard' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(row(page, name)).toBeVisible();
});

test('a copy opens to be named, and a name that is taken is said beside the name', async ({ org, open, allow }) => {
  allow(answered(409));
  const { id, name } = await org.status(unique('Model '), {
    type: 'busy',
    tags: [unique('Copied')],
    icon: '🔧',
    default_duration_s: 600,
  });
  const page = await open(org.admin, '/maker/statuses');
  await act(page, name, 'Duplicate');
  const field = dialog(page).getByLabel('Name', { exact: true });
  await expect(field).toHaveValue(`${name} (copy)`);
  await field.fill(name.toUpperCase());
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(field).toHaveAccessibleDescription(/name/i);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toBeFocused();
  await expectAccessible(page);
  await field.fill(`${name} two`);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  const [source, copy] = await Promise.all([
    org.admin.get('getStatus', { id }),
    org.admin.get('listStatuses', { query: { q: `${name} two` } }),
  ]);
  const { type, tags, icon, default_duration_s } = copy.items[0];
  expect({ type, tags, icon, default_duration_s }).toEqual({
    type: source.type,
    tags: source.tags,
    icon: source.icon,
    default_duration_s: source.default_duration_s,
  });
});

test('deleting says how many show it now and what they show instead; restoring brings it back', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(409));
  const { id, name } = await org.status(unique('Shown '));
  const person = await org.person(unique('shows'));
  await person.call('setMyStatus', { body: { status_id: id, note: 'Back soon' } });
  const theirs = await open(person, '/banner');
  await expect(theirs.getByRole('radio', { name })).toBeChecked();

  const page = await open(org.admin, '/maker/statuses');
  await expect(row(page, name).getByRole('cell').nth(4)).toHaveText('1');
  await act(page, name, 'Delete');
  await expect(dialog(page)).toContainText(
    '1 person shows it right now and will show “Absent” instead, with the same note and end.',
  );
  await expect(dialog(page)).toContainText('Its history stays.');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await expect(row(page, name)).toHaveCount(0);
  await expect(theirs.getByRole('radio', { name: 'Absent', exact: true })).toBeChecked();
  await expect(theirs.getByRole('radio', { name })).toHaveCount(0);

  await page.getByRole('link', { name: 'Deleted' }).click();
  await expect(row(page, name)).toContainText('Ada Admin');
  await expectAccessible(page);
  const taken = await org.status(name.toUpperCase());
  const restore = page.getByRole('button', { name: `Restore ${name}`, exact: true });
  await restore.click();
  await expect(page.getByRole('alert').filter({ hasText: `Another status is called “${name}” by now.` })).toBeVisible();
  await org.admin.call('deleteStatus', { id: taken.id });
  await restore.click();
  await expect(row(page, name)).toHaveCount(0);
  await page.getByRole('link', { name: 'All statuses' }).click();
  await expect(row(page, name)).toBeVisible();
  await expect(theirs.getByRole('radio', { name })).toBeVisible();
});

test('a history says who changed what, before and after, and grows while one reads', async ({ org, open }) => {
  const nadia = await another(org);
  const name = unique('Storied ');
  const { id } = await org.status(name, { tags: ['One'], default_duration_s: 900 });
  await nadia.call('patchStatus', {
    id,
    body: { type: 'busy', names: { fr: `Récit ${name}` }, tags: [], default_duration_s: 1800 },
  });
  const page = await open(org.admin, `/maker/statuses/${id}/history`);
  const entries = dialog(page).getByRole('listitem');
  await expect(entries).toHaveCount(2);
  await expect(entries.first()).toContainText(new RegExp(`Edited.*${nadia.me.display_name}`));
  await expect(entries.first()).toContainText(/Type\s*before: Absent.*now: Busy/);
  await expect(entries.first()).toContainText(/Tags\s*before: One.*now: none/);
  await expect(entries.first()).toContainText(/Default duration\s*before: 15 min.*now: 30 min/);
  await expect(entries.first()).toContainText(`Récit ${name}`);
  await expect(entries.last()).toContainText(/Created.*Ada Admin/);
  await expect(entries.last()).not.toContainText('before:');
  await expectAccessible(page);
  await nadia.call('patchStatus', { id, body: { name: `${name} again` } });
  await expect(entries.first()).toContainText(`now: ${name} again`);
  await nadia.call('deleteStatus', { id });
  await expect(dialog(page)).toContainText('This status is deleted.');
  await dialog(page).getByRole('button', { name: 'Restore' }).click();
  await expect(entries.first()).toContainText('Restored');
  await expect(entries).toHaveCount(5);
});

test('system statuses are locked and say why; permissions that go take their controls along', async ({ org, open }) => {
  const { name } = await org.status(unique('Kept '));
  const made = await org.admin.get('createRole', {
    body: { name: unique('Keeper '), permissions: ['statuses.create', 'statuses.modify', 'statuses.delete'] },
    status: 201,
  });
  const keeper = await org.person(unique('keeper'), { role_id: made.id });
  const page = await open(keeper, '/maker/statuses');
  await row(page, 'Busy').getByRole('button', { name: 'Busy: why it has no actions' }).focus();
  await expect(page.getByRole('tooltip')).toContainText('They cannot be edited, tagged, duplicated or deleted');
  await page.getByRole('button', { name: `Actions on ${name}` }).click();
  await expect(page.getByRole('menuitem').filter({ hasNotText: 'Move' })).toHaveText([
    'Edit',
    'Duplicate',
    'History',
    'Delete',
  ]);
  await page.keyboard.press('Escape');
  await org.admin.call('patchRole', { id: made.id, body: { permissions: [] } });
  await expect(page.getByRole('link', { name: 'Create status' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Actions on ${name}` })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Export and import' })).toHaveCount(0);
  await expect(row(page, name)).toBeVisible();
  await page.goto('/maker/statuses/new');
  await expect(page.getByText('It takes the permission “statuses.create”')).toBeVisible();
});

test('the keyboard alone finds, changes, duplicates, deletes and restores a status', async ({ org, open }) => {
  const word = unique('keys');
  const name = `Typed ${word}`;
  await org.status(name);
  const page = await open(org.admin, '/maker/statuses');
  await expect(row(page, name)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect(page.getByRole('row')).toHaveCount(2);
  await row(page, name).getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(' on');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(row(page, `${name} on`).getByRole('link')).toBeFocused();

  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: `Actions on ${name} on` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('d'); // Duplicate
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Name', { exact: true })).toHaveValue(`${name} on (copy)`);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);

  await page.getByRole('button', { name: `Actions on ${name} on`, exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Delete' }).focus();
  await page.keyboard.press('Enter');
  await expect(row(page, `${name} on`)).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Actions on ${name} on (copy)` })).toBeFocused(); // never lost
  await page.getByRole('link', { name: 'Deleted' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Restore ${name} on` }).focus();
  await page.keyboard.press('Enter');
  await expect(row(page, `${name} on`)).toHaveCount(0);
});

for (const [what, path, said] of [
  ['list', '', 'Statuts'],
  ['form', '/new', 'Créer un statut'],
  ['form of one that is there', '/ID/edit', /^Modifier/],
  ['history', '/ID/history', /^Historique de/],
  ['question before deleting', '/ID/delete', /^Supprimer/],
  ['list of deleted ones', '?deleted=true', 'Statuts supprimés'],
] as const) {
  test(`the ${what} is there in French, at 320 px and without a sideways scroll`, async ({ org, open }) => {
    const chef = await org.person(unique('chef'), {
      role_id: org.roles.get('Administrator').id,
      locale: 'fr',
      display_name: unique('Chef '),
    });
    const { id } = await org.status(unique('Anticonstitutionnellement '), {
      names: { fr: `${unique('Rindfleischetikettierungsueberwachung')} à Clermont-Ferrand` },
      tags: ['Hexakosioihexekontahexaphobie'],
    });
    await chef.call('patchStatus', { id, body: { type: 'busy' } });
    const page = await open(chef, `/maker/statuses${path.replace('ID', id)}`, {
      viewport: { width: 320, height: 700 },
    });
    await expect(page.getByRole('heading', { name: said }).first()).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}
