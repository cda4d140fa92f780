// Several administrators at the same statuses: what clashes is said, and nothing is lost.
import { answered, expect, expectAccessible, test, unique, type Organisation, type Person } from './fixtures';
import type { Locator, Page } from '@playwright/test';

const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.locator('.name').getByText(name, { exact: true }) });
const pill = (page: Page, tag: string): Locator =>
  page.getByRole('group', { name: 'Tags' }).getByRole('button', { name: new RegExp(`^${tag}`) });
const dialog = (page: Page): Locator => page.getByRole('dialog');
/** A second administrator, who is somebody else than the first. */
const another = (org: Organisation): Promise<Person> =>
  org.person(unique('nadia'), { role_id: org.roles.get('Administrator').id, display_name: unique('Nadia ') });

test('two people at one status: the second is told field by field, and nothing is lost without a word', async ({
  org,
  open,
}) => {
  const nadia = await another(org);
  const name = unique('Both ');
  const { id } = await org.status(name, { tags: ['Old'], icon: '☕' });
  const page = await open(org.admin, `/maker/statuses/${id}/edit`);
  const form = dialog(page);
  await form.getByLabel('Name', { exact: true }).fill(`${name} mine`);
  await form.getByLabel('Default duration', { exact: true }).selectOption('30 min');

  const theirs = await open(nadia, `/maker/statuses/${id}/edit`);
  await dialog(theirs).getByLabel('Name', { exact: true }).fill(`${name} theirs`);
  await dialog(theirs).getByRole('radio', { name: /^Busy/ }).check();
  await dialog(theirs).getByRole('button', { name: 'Save' }).click();
  await expect(dialog(theirs)).toHaveCount(0);

  const told = form.getByRole('alert').filter({ hasText: `${nadia.me.display_name} has changed this meanwhile` });
  await expect(told).toContainText(/Type.*before: Absent.*now: Busy/);
  await expect(told).not.toContainText('Default duration');
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue(`${name} mine`);
  await expectAccessible(page);
  await told.getByRole('button', { name: 'Use what I chose' }).click();
  await expect(told).toContainText('Choose one of the two for each.');
  await told.getByRole('radio', { name: `Yours: ${name} mine` }).check();
  await told.getByRole('button', { name: 'Use what I chose' }).click();
  await expect(told).toHaveCount(0);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  const saved = await org.admin.get('getStatus', { id });
  expect([saved.name, saved.type, saved.default_duration_s, saved.icon]).toEqual([`${name} mine`, 'busy', 1800, '☕']);
});

test('who saves in the very moment of somebody else’s change is refused and told, not overwritten', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(412));
  const nadia = await another(org);
  const name = unique('Race ');
  const { id } = await org.status(name);
  const page = await open(org.admin, `/maker/statuses/${id}/edit`);
  const form = dialog(page);
  await form.getByLabel('Name', { exact: true }).fill(`${name} mine`);
  await page.route(
    `**/api/v1/statuses/${id}`,
    async (route) => {
      if (route.request().method() === 'PATCH')
        await nadia.call('patchStatus', { id, body: { name: `${name} theirs` } });
      await route.continue();
    },
    { times: 1 },
  );
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('has changed this meanwhile')).toBeVisible();
  expect((await org.admin.get('getStatus', { id })).name).toBe(`${name} theirs`);
  await form.getByRole('radio', { name: `Theirs: ${name} theirs` }).check();
  await form.getByRole('button', { name: 'Use what I chose' }).click();
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue(`${name} theirs`);
});

test('a status that is deleted while its form is open says so', async ({ org, open, allow }) => {
  allow(answered(404));
  const { id, name } = await org.status(unique('Going '));
  const page = await open(org.admin, `/maker/statuses/${id}/edit`);
  await dialog(page).getByLabel('Name', { exact: true }).fill(`${name} on`);
  await (await another(org)).call('deleteStatus', { id });
  await expect(dialog(page)).toContainText('This status has been deleted meanwhile.');
  await expect(dialog(page).getByRole('button', { name: 'Save' })).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
});

test('what another administrator does appears in the list by itself', async ({ org, open }) => {
  const nadia = await another(org);
  const word = unique('live');
  const tag = unique('Fresh');
  const page = await open(org.admin, `/maker/statuses?q=${word}`);
  await expect(page.getByText('No status matches')).toBeVisible();
  const made = await nadia.get('createStatus', {
    body: { name: `First ${word}`, type: 'busy', tags: [tag] },
    status: 201,
  });
  await expect(row(page, `First ${word}`)).toContainText(nadia.me.display_name);
  await expect(pill(page, tag)).toContainText('1');
  await nadia.call('patchStatus', { id: made.id, body: { name: `Second ${word}`, type: 'absent' } });
  await expect(row(page, `Second ${word}`)).toContainText('Absent');
  await nadia.call('setMyStatus', { body: { status_id: made.id } });
  await open(nadia, '/banner');
  await expect(row(page, `Second ${word}`).getByRole('cell').nth(4)).toHaveText('1');
  await nadia.call('deleteStatus', { id: made.id });
  await expect(page.getByText('No status matches')).toBeVisible();
  await expect(pill(page, tag)).toHaveCount(0);
});
