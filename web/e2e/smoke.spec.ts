import { expect, expectAccessible, expectNoSidewaysScroll, PASSWORD, test, unique } from './fixtures';

test("one signs in with a password, and the Banner shows one's own status", async ({ org, open }) => {
  const login = unique('smoke');
  await org.account(login, { display_name: 'Sofia Smoke' });
  const page = await open(null, '/');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/banner$/);
  await expect(page.getByText('Sofia Smoke').first()).toBeVisible();
  await expect(page.getByText('Connected').first()).toBeVisible();
});
