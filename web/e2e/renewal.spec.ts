// A sign-in that somebody else renews: what its owner sees, and can say no to; and two servers on one host.
import { expect, test } from './fixtures';
import { organisation, PASSWORD } from '../../tests/lib/organisation.js';

test('who has the Banner open is told of a renewal at once, and voids it', async ({ org, open }) => {
  const ana = await org.person('ana-renewed', { display_name: 'Ana Renewed' });
  const page = await open(ana, '/banner');
  await org.admin.get('inviteUser', { id: ana.me.id, status: 201 });
  const notice = page.getByRole('region', { name: 'Your sign-in' });
  await expect(notice.getByRole('alert')).toContainText('Ada Admin created a sign-in link for you');
  await notice.getByRole('button', { name: 'Cancel it' }).click();
  await expect(notice.getByRole('alert')).toHaveCount(0);
  await expect.poll(async () => (await ana.get('getMe')).pending_renewal).toBeNull();
});

test('a renewal says what it costs, is told at the next sign-in, and stands in conversations', async ({
  org,
  open,
}) => {
  const eva = await org.person('eva-renewed', { display_name: 'Eva Renewed' });
  const partner = await org.person('partner-renewed', { display_name: 'Paul Partner' });
  const conversation = await partner.get('openConversation', { body: { with: eva.me.id } });
  await partner.call('sendMessage', { id: conversation.id, body: { text: 'Before' } });
  const { link } = await org.admin.get('inviteUser', { id: eva.me.id, status: 201 });
  const page = await open(null, link);
  await expect(page.getByText('You have signed in here before, and somebody else made this link.')).toBeVisible();
  await page.locator('[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  const notice = page.getByRole('region', { name: 'Your sign-in' });
  await expect(notice).toContainText('Your sign-in was renewed with what Ada Admin created');
  await notice.getByRole('button', { name: 'I agreed to this' }).click();
  await expect(notice).toHaveCount(0);
  const other = await open(partner, `/banner/conversations/${conversation.id}`);
  await expect(other.getByRole('log')).toContainText('Before');
  await expect(other.getByRole('log')).toContainText('Eva Renewed’s sign-in was renewed on');
});

test('a recovery code is made in the profile, shown once, and makes a link cost nothing', async ({ org, open }) => {
  const kim = await org.person('kim-renewed', { display_name: 'Kim Renewed' });
  const page = await open(kim, '/banner/profile');
  await page.getByRole('button', { name: 'Create recovery code' }).click();
  const code = await page.getByRole('textbox', { name: 'Recovery code', exact: true }).inputValue();
  expect(code).toMatch(/^\w{5}(-\w{5}){4}$/);
  const { link } = await org.admin.get('inviteUser', { id: kim.me.id, status: 201 });
  const again = await open(null, link);
  await again.locator('[type=password]').fill(PASSWORD);
  await again.getByLabel('Recovery code, if you have it').fill(code.toLowerCase());
  await again.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(again.getByRole('button', { name: /Kim Renewed/ })).toBeVisible();
  await expect(again.getByText('Your sign-in was renewed')).toHaveCount(0);
});

test('two servers on one host keep a browser signed in at both', async ({ browser, org }) => {
  const other = await organisation();
  const context = await browser.newContext();
  try {
    for (const server of [org.server, other.server]) {
      const page = await context.newPage();
      await page.goto(server.origin);
      await page.getByLabel('Username').fill('admin');
      await page.locator('[type=password]').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('button', { name: /Ada Admin/ })).toBeVisible();
    }
    for (const server of [org.server, other.server]) {
      expect((await context.request.get(`${server.origin}/api/v1/me`)).status()).toBe(200);
    }
    await context.request.delete(`${org.server.origin}/api/v1/session`, { headers: { Origin: org.server.origin } });
    expect((await context.request.get(`${org.server.origin}/api/v1/me`)).status()).toBe(401);
    expect((await context.request.get(`${other.server.origin}/api/v1/me`)).status()).toBe(200);
  } finally {
    await context.close();
    await other.close();
  }
});
