// A day with the keyboard alone: no test here touches the mouse, and each thing is reached by Tab.
import type { Locator, Page } from '@playwright/test';
import { expect, PASSWORD, test, unique } from './fixtures';

const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const focused = (target: Locator): Promise<boolean> => target.evaluate((element) => element === document.activeElement);

/** Presses Tab until it is there; each stop on the way shows where one is. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; !(await focused(target)); stops++) {
    expect(stops, `${String(target)} is not reached by ${key}`).toBeLessThan(60);
    await page.keyboard.press(key);
  }
  await expect(target).toBeInViewport();
  expect(await page.evaluate(() => document.activeElement?.matches(':focus-visible'))).toBe(true);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

test('one signs in, chooses a status with note and end, finds a colleague, writes, and signs out', async ({
  org,
  open,
}) => {
  const login = unique('keys');
  await org.account(login, { display_name: 'Kim Keys' });
  const lunch = await org.status(unique('Lunch '));
  const name = `Zoé ${unique('found')}`;
  const zoe = await org.person(unique('zoe'), { display_name: name });
  const page = await open(null, '/');
  await test.step('sign in', async () => {
    await expect(page.getByLabel('Username')).toBeFocused();
    await page.keyboard.type(login);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(own(page)).toContainText('Kim Keys');
  });

  await test.step('status, note, end', async () => {
    await press(page, own(page));
    const menu = page.getByRole('dialog', { name: 'Your status' });
    await expect(menu.getByRole('menuitemradio', { name: 'Connected' })).toBeFocused();
    await tabTo(page, menu.getByLabel('Note'));
    await page.keyboard.type('with Ana');
    await tabTo(page, menu.getByRole('radio', { checked: true }).first());
    while (!(await menu.getByRole('radio', { name: '30 min' }).isChecked())) await page.keyboard.press('ArrowRight');
    await tabTo(page, menu.getByRole('menuitemradio', { name: 'Connected' }), 'Shift+Tab');
    await page.keyboard.type(lunch.name);
    await expect(menu.getByRole('searchbox')).toHaveValue(lunch.name);
    await page.keyboard.press('Enter');
    await expect(menu).toBeHidden();
    await expect(own(page)).toBeFocused();
    await expect(own(page)).toContainText(`${lunch.name}, until`);
    await expect(own(page)).toContainText('with Ana');
  });

  await test.step('a colleague, a message', async () => {
    await press(page, page.getByRole('link', { name: 'Conversations' }));
    await tabTo(page, page.getByRole('searchbox', { name: 'Search colleagues' }));
    await page.keyboard.type(name.toLowerCase().replace('é', 'e'));
    await expect(page.getByRole('listitem')).toHaveCount(1);
    await tabTo(page, page.getByRole('listitem').getByRole('button').first());
    await expect(page.getByRole('tooltip')).toContainText('Offline');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: `Message to ${name}` })).toBeFocused();
    await page.keyboard.type('Back at two.');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('log')).toContainText('Back at two.');
    await expect.poll(async () => (await zoe.all('listConversations'))[0]?.unread).toBe(1);
  });

  await test.step('sign out', async () => {
    await press(page, own(page));
    await press(page, page.getByRole('button', { name: 'Sign out' }));
    await expect(page.getByText('You are signed out.')).toBeVisible();
    await expect(page.getByLabel('Username')).toBeFocused();
  });
});

test('one goes to the Maker, creates a status, changes and deletes it, invites a person, and goes back', async ({
  org,
  open,
}) => {
  const me = await org.person(unique('maker'), { role_id: org.roles.get('Administrator').id });
  const page = await open(me, '/banner');
  const dialog = page.getByRole('dialog');
  await press(page, own(page));
  await press(page, page.getByRole('link', { name: 'Maker' }));

  const status = unique('Prayer ');
  await test.step('create a status', async () => {
    await press(page, page.getByRole('link', { name: 'Create status' }));
    await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
    await page.keyboard.type(status);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    while (!(await dialog.getByRole('radio', { name: /^Absent/ }).isChecked())) await page.keyboard.press('ArrowDown');
    await tabTo(page, dialog.getByRole('combobox', { name: 'Tags' }));
    await page.keyboard.type('Quiet,');
    await press(page, dialog.getByRole('button', { name: 'Create status' }));
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Create status' })).toBeFocused();
    await org.status(`${status} too`);
  });

  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: status, exact: true }) });
  const choose = async (action: string): Promise<void> => {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.type(action);
    await expect(page.getByRole('menuitem', { name: action })).toBeFocused();
    await page.keyboard.press('Enter');
  };
  const act = async (action: string): Promise<void> => {
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Search statuses' })).toBeFocused();
    await page.keyboard.type(status);
    await expect(page.getByRole('row')).toHaveCount(3);
    // A row is one tab stop: where one was in it last.
    await tabTo(page, row.locator('[tabindex="0"]'));
    while (!(await focused(row.getByRole('button', { name: `Actions on ${status}` }))))
      await page.keyboard.press('ArrowRight');
    await choose(action);
  };

  await test.step('change it, look at its history', async () => {
    await act('Edit');
    await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
    await tabTo(page, dialog.getByRole('radio', { name: /^Absent/ }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(row).toContainText('Busy');
    await expect(row.getByRole('button', { name: `Actions on ${status}` })).toBeFocused();
    await choose('History');
    await expect(dialog.getByRole('listitem')).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('delete it, and the one that is then in its place', async () => {
    await act('Delete');
    await press(page, dialog.getByRole('button', { name: 'Delete' }));
    await expect(row).toHaveCount(0);
    await expect(page.getByRole('button', { name: `Actions on ${status} too` })).toBeFocused();
    await choose('Delete');
    await press(page, dialog.getByRole('button', { name: 'Delete' }));
    await expect(page.getByText('No status matches')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Statuses' })).toBeFocused();
  });

  await test.step('invite a person', async () => {
    await press(page, page.getByRole('link', { name: 'Users' }));
    await press(page, page.getByRole('button', { name: 'Invite a person' }));
    await tabTo(page, dialog.getByLabel('Name', { exact: true }));
    const name = unique('Guest ');
    await page.keyboard.type(name);
    await tabTo(page, dialog.getByLabel('Username', { exact: true }));
    await page.keyboard.type(unique('guest'));
    await press(page, dialog.getByRole('button', { name: 'Create invitation' }));
    await expect(dialog.getByLabel(`Invitation link for ${name}`)).toHaveValue(/#invitation=/);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Invite a person' })).toBeFocused();
  });

  await test.step('back to the Banner, and out', async () => {
    const beside = page.getByRole('complementary').locator('header').getByRole('button').first();
    await press(page, beside);
    await press(page, page.getByRole('link', { name: 'Banner', exact: true }));
    await expect(page).toHaveURL(/\/banner$/);
    await press(page, own(page));
    await press(page, page.getByRole('button', { name: 'Sign out' }));
    await expect(page.getByText('You are signed out.')).toBeVisible();
  });
});
