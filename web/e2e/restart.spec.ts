// The server restarts while pages are open, on the same port: they come back by themselves, what was
// typed stays, and nobody has changed their status by it.
import type { Locator, Page } from '@playwright/test';
import { expect, lostServer, test, unique } from './fixtures';

const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const unanswered = /^No answer came from the server, so it is not known whether this was saved/;

test('Banner and Maker pass over a restart, and lose nothing that was typed', async ({ org, open, allow }) => {
  allow(lostServer);
  const name = `Paula ${unique('stays')}`;
  const me = await org.person(unique('me'), { role_id: org.roles.get('Administrator').id, display_name: name });
  const other = await org.person(unique('other'));
  const { id } = await other.get('openConversation', { body: { with: me.me.id } });
  await other.get('sendMessage', { id, body: { text: 'Still there?' } });

  const banner = await open(me, '/banner');
  await own(banner).click();
  await banner.getByRole('menuitemradio', { name: 'Busy', exact: true }).click();
  await expect(own(banner)).toContainText('Busy');
  const { since } = (await me.get('getMyStatus')).entry;
  await own(banner).click();
  const menu = banner.getByRole('dialog', { name: 'Your status' });
  await menu.getByLabel('Note').fill('half a no');
  const conversation = await open(me, `/banner/conversations/${id}`);
  await conversation.getByRole('textbox').fill('I am wri');
  const maker = await open(me, '/maker/statuses/new');
  const form = maker.getByRole('dialog', { name: 'Create status' });
  const status = unique('Restart ');
  await form.getByLabel('Name', { exact: true }).fill(status);
  await form.getByRole('radio', { name: /^Busy/ }).click();
  await form.getByRole('combobox', { name: 'Tags' }).fill('Typed,');
  const users = await open(me, '/maker/users');
  await users.getByRole('button', { name: 'Invite a person' }).click();
  await users.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Half a Nam');
  await expect(users.getByText('Reconnecting…')).toBeHidden();

  await test.step('meanwhile nothing is saved, and nothing is lost', async () => {
    await org.server.stop();
    for (const page of [banner, conversation, maker, users])
      await expect(page.getByText('Reconnecting…')).toBeVisible();
    await form.getByRole('button', { name: 'Create status' }).click();
    await expect(form.getByText(unanswered)).toBeVisible();
  });

  await test.step('all come back by themselves, with what was typed', async () => {
    await org.server.start();
    for (const page of [banner, conversation, maker, users])
      await expect(page.getByText('Reconnecting…')).toBeHidden({ timeout: 20_000 });
    await expect(own(banner)).toContainText('Busy');
    await expect(menu.getByLabel('Note')).toHaveValue('half a no');
    await expect(conversation.getByRole('textbox')).toHaveValue('I am wri');
    await expect(form.getByLabel('Name', { exact: true })).toHaveValue(status);
    await expect(form.getByRole('button', { name: 'Remove tag Typed' })).toBeVisible();
    await expect(users.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveValue('Half a Nam');
    expect((await me.get('getMyStatus')).entry.since).toBe(since);
  });

  await test.step('and each goes on from there', async () => {
    await menu.getByLabel('Note').pressSequentially('te');
    await form.getByRole('button', { name: 'Create status' }).click();
    await expect(form).toBeHidden();
    await expect(maker.getByRole('row').filter({ hasText: status })).toHaveCount(1);
    await expect(menu.getByRole('menuitemradio', { name: status })).toBeVisible();
    await menu.getByRole('button', { name: 'Save' }).click();
    await expect(own(banner)).toContainText('half a note');
    await conversation.getByRole('textbox').pressSequentially('ting');
    await conversation.keyboard.press('Enter');
    await expect(conversation.getByRole('log')).toContainText('I am writing');
    await expect.poll(async () => (await other.get('listMessages', { id })).items[0]?.text).toBe('I am writing');
    await users.getByRole('dialog').getByLabel('Username', { exact: true }).fill(unique('half'));
    await users.getByRole('button', { name: 'Create invitation' }).click();
    await expect(users.getByLabel('Invitation link for Half a Nam')).toBeVisible();
  });
});

test('a list of the Maker that cannot be read says so, shows no other one, and comes by itself', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  const name = unique('Sought ');
  await org.account(unique('sought'), { display_name: name });
  const page = await open(org.admin, '/maker/users');
  await expect(page.getByRole('row').nth(2)).toBeVisible();
  await org.server.stop();
  await page.getByRole('searchbox').fill(name);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(0);
  await org.server.start();
  await expect(page.getByRole('row').filter({ hasText: name })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeHidden();
});

test('rights that were taken away while the connection was lost are gone when it is back', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  allow(/already in CLOSING/); // what Playwright puts between page and server, when one side goes first
  const me = await org.person(unique('keeper'), { permissions: ['users.manage'] });
  const page = await open(me, 'about:blank');
  let through = true;
  const sockets: { close(): unknown }[] = [];
  await page.routeWebSocket('**/api/v1/live', (socket) => {
    if (!through) return void socket.close();
    sockets.push(socket.connectToServer(), socket);
  });
  await page.goto('/maker/statuses');
  await expect(page.getByRole('link', { name: 'Users' })).toBeVisible();
  await expect(page.getByText('Reconnecting…')).toBeHidden();
  through = false;
  for (const each of sockets) void each.close();
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  await org.admin.get('patchUser', { id: me.me.id, body: { role_id: org.roles.get('Agent').id } });
  through = true;
  await expect(page.getByRole('link', { name: 'Users' })).toBeHidden({ timeout: 20_000 });
});
