import { answered, expect, expectAccessible, expectNoSidewaysScroll, PASSWORD, test, unique } from './fixtures';

test("one signs in with a password, and the Banner shows one's own status", async ({ org, open }) => {
  const login = unique('smoke');
  await org.account(login, { display_name: 'Sofia Smoke' });
  const page = await open(null, '/');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Username').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/banner$/);
  await expect(page.getByText('Sofia Smoke').first()).toBeVisible();
  await expect(page.getByText('Connected').first()).toBeVisible();
});

test('an address where nothing is says so to a person, and to a program as every problem', async ({
  open,
  org,
  allow,
}) => {
  allow(answered(404));
  allow(answered(401)); // the Banner asks who one is
  const page = await open(null, '/nowhere/at/all');
  await expect(page).toHaveTitle('There is nothing at this address · Pastille');
  await expect(page.getByRole('heading', { level: 1, name: 'There is nothing at this address' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'your Banner' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  for (const path of ['/nowhere', '/api/v1/nowhere']) {
    const answer = await fetch(org.server.origin + path, {
      headers: path === '/nowhere' ? {} : { Accept: 'text/html' },
    });
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([404, 'application/problem+json']);
  }
});
