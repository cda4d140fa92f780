// Signing in: with a password, with a link that works once, as the first administrator; what is
// refused and how; and the way out.
import type { Locator, Page } from '@playwright/test';
import { Server } from '../../tests/lib/server.js';
import { answered, expect, expectAccessible, lostServer, PASSWORD, test, unique, type Organisation } from './fixtures';

const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const login = (page: Page): Locator => page.getByLabel('Username', { exact: true });
const password = (page: Page): Locator => page.getByLabel('Password', { exact: true });
const submit = (page: Page): Promise<void> => page.getByRole('button', { name: 'Sign in' }).click();

async function someone(org: Organisation, what: object = {}): Promise<string> {
  const name = unique('someone');
  await org.account(name, what);
  return name;
}

test('login and password lead to the Banner; a wrong one says so and keeps the login', async ({ org, open, allow }) => {
  allow(answered(401));
  const name = await someone(org);
  const page = await open(null, '/');
  await expect(login(page)).toBeFocused();
  await login(page).fill(name);
  await password(page).fill('not the password');
  await submit(page);
  await expect(page.getByRole('alert').filter({ hasText: 'Username or password is wrong.' })).toBeVisible();
  await expect(password(page)).toBeFocused();
  await expect(login(page)).toHaveValue(name);
  await page.getByRole('button', { name: 'Show characters' }).click();
  await expect(password(page)).toHaveAttribute('type', 'text');

  // A login that nobody has is refused in the same words.
  await login(page).fill(unique('nobody'));
  await submit(page);
  await expect(page.getByText('Username or password is wrong.')).toBeVisible();

  await login(page).fill(name.toUpperCase());
  await password(page).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/banner$/);
  await expect(own(page)).toContainText('Connected');

  // Who is signed in is led on.
  await page.goto('/');
  await expect(page).toHaveURL(/\/banner$/);
});

test('after signing in one is where one wanted to be, and never on another site', async ({ org, open, allow }) => {
  allow(answered(401));
  const name = await someone(org, { permissions: ['users.manage'] });
  const page = await open(null, '/maker/users?q=zo%C3%A9');
  await login(page).fill(name);
  await password(page).fill(PASSWORD);
  await submit(page);
  await expect(page).toHaveURL(/\/maker\/users\?q=zo%C3%A9$/);
  for (const next of ['https://elsewhere.example/', '//elsewhere.example/banner', '/banner.example']) {
    await page.goto(`/?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL(`${org.server.origin}/banner`);
  }
});

test('too many wrong passwords: the page says how long to wait', async ({ org, open, allow }) => {
  allow(answered(429));
  const name = await someone(org);
  const client = org.server.client();
  for (let i = 0; i < 10; i++)
    await client.refused('wrong-credentials', 'signIn', { body: { login: name, password: 'a guess' } });
  const page = await open(null, '/');
  await login(page).fill(name);
  await password(page).fill(PASSWORD);
  await submit(page);
  await expect(
    page.getByRole('alert').filter({ hasText: /^\s*Too many attempts\. Try again in [45] minutes\.\s*$/ }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
});

test('an invitation lets one choose a password, once', async ({ org, open, allow }) => {
  allow(answered(404));
  allow(answered(422));
  const name = unique('invited');
  const { invitation } = await org.admin.get('createUser', {
    body: { login: name, display_name: 'Inès Invited', role_id: org.roles.get('Agent').id },
    status: 201,
  });
  const page = await open(null, invitation.link);
  await expect(page.getByRole('heading', { name: 'Welcome, Inès Invited' })).toBeVisible();
  await expect(page.getByText(`Choose a password for ${name}.`)).toBeVisible();
  await expect(password(page)).toBeFocused();
  await expectAccessible(page);
  await password(page).fill('short');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(password(page)).toHaveAccessibleDescription(/A password has 8 to 128 characters\./);
  await password(page).fill(name);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(password(page)).toHaveAccessibleDescription(/Too easy to guess/);
  await password(page).fill(PASSWORD);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(own(page)).toContainText('Inès Invited');

  const again = await open(null, invitation.link);
  await expect(
    again.getByText('This link has been used or has expired. Ask an administrator for a new one.'),
  ).toBeVisible();
  await login(again).fill(name);
  await password(again).fill(PASSWORD);
  await submit(again);
  await expect(own(again)).toContainText('Inès Invited');
});

test('a new person lives in the language and the zone of their device, which the sign-in page remembers', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(401)); // the cookie goes below
  const person = await org.person(unique('new'));
  expect((await person.get('getMe')).unset).toEqual(['locale', 'time_zone']);
  const page = await open(null, '/', { locale: 'fr-CA', timezoneId: 'Australia/Sydney' });
  await page.getByLabel('Identifiant').fill(person.login);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(own(page)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  const me = await person.get('getMe');
  expect([me.locale, me.time_zone, me.unset]).toEqual(['fr-CA', 'Australia/Sydney', []]);

  await page.context().clearCookies();
  await page.goto('/');
  await page.getByRole('button', { name: 'English' }).click();
  await page.reload();
  await expect(page.getByLabel('Username')).toBeVisible();
});

test('the first administrator is made with the link of the first start, and nobody after', async ({ open, allow }) => {
  allow(answered(404));
  const server = new Server();
  try {
    await server.start();
    const link = `${server.origin}/#invitation=${await server.firstAdministratorToken()}`;
    const page = await open(null, link, { locale: 'fr-CA', timezoneId: 'America/Halifax' });
    await expect(page.getByRole('heading', { name: 'Configurer Pastille' })).toBeVisible();
    await expect(page.getByLabel('Identifiant')).toBeFocused();
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByText('You are the first administrator. This link works once.')).toBeVisible();
    await expectAccessible(page);
    await login(page).fill('first');
    await page.getByLabel('Your name, as colleagues see it').fill('Florence First');
    await password(page).fill(PASSWORD);
    await page.getByRole('button', { name: 'Set password and sign in' }).click();
    await expect(own(page)).toContainText('Florence First');
    // In the language that was chosen on this device, and in its zone.
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.goto(`${server.origin}/maker`);
    await expect(page.getByRole('navigation', { name: 'Module Users' }).getByRole('link')).toHaveCount(6);
    const client = server.client();
    const { user } = await client.signIn('first', PASSWORD);
    expect([user.locale, user.time_zone]).toEqual(['en', 'America/Halifax']);

    const again = await open(null, link);
    await expect(again.getByText('This link has been used or has expired.')).toBeVisible();
    await page.context().close();
    await again.context().close();
  } finally {
    await server.close();
  }
});

test('a session that ends elsewhere is told calmly, and signing in leads back', async ({ org, open, allow }) => {
  allow(answered(401));
  const me = await org.person(unique('ended'));
  const page = await open(me, '/banner/profile');
  await expect(page.getByRole('heading', { name: 'My profile' })).toBeVisible();
  await me.call('signOut', {});
  const told = page.getByRole('status').filter({ hasText: 'Your session has ended. Sign in again to continue.' });
  await expect(told).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await login(page).fill(me.login);
  await password(page).fill(PASSWORD);
  await submit(page);
  await expect(page.getByRole('heading', { name: 'My profile' })).toBeVisible();
});

test("signing out leads to sign-in in every tab, and nothing of one's own stays", async ({ org, open, allow }) => {
  allow(answered(401));
  const me = await org.person(unique('out'));
  const page = await open(me, '/banner');
  const tab = await page.context().newPage();
  await tab.goto('/banner/history');
  await expect(tab.getByRole('heading', { name: 'My history' })).toBeVisible();
  await own(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'You are signed out. Your colleagues see you as Offline.' }),
  ).toBeVisible();
  await expect(login(tab)).toBeVisible();
  expect(
    await page.evaluate(() =>
      Object.entries(localStorage)
        .map((each) => each.join('='))
        .join('\n'),
    ),
  ).not.toMatch(/remembered|signed-in/);
  await page.goto('/banner');
  await expect(login(page)).toBeVisible();
  expect((await org.admin.get('getBoard')).users.map((each: { user: string }) => each.user)).not.toContain(me.me.id);
});

test('before one is signed in the page speaks the language of the browser', async ({ org, open, allow }) => {
  allow(answered(401));
  const german = await open(null, '/', { locale: 'de-DE' });
  await expect(german.getByRole('heading', { name: 'Sign in to Pastille' })).toBeVisible();
  const page = await open(null, '/', { locale: 'fr-BE' });
  await expect(page.getByLabel('Identifiant')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page).toHaveTitle(/Pastille/);
  await page.getByLabel('Identifiant').fill('personne');
  await page.getByLabel('Mot de passe', { exact: true }).fill('du tout');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByRole('alert')).toContainText('incorrect');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('alert')).toContainText('Username or password is wrong.');
  await expect(login(page)).toHaveValue('personne');

  // After it, one's own.
  await login(page).fill(await someone(org, { locale: 'fr-BE' }));
  await password(page).fill(PASSWORD);
  await submit(page);
  await expect(own(page)).toContainText('Connecté');
});

test('while the server is away sign-in tries again by itself', async ({ org, open, allow }) => {
  allow(lostServer);
  const name = await someone(org);
  const page = await open(null, '/');
  await login(page).fill(name);
  await password(page).fill(PASSWORD);
  await org.server.stop();
  await submit(page);
  await expect(page.getByRole('status').filter({ hasText: 'The server cannot be reached right now.' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The server cannot be reached right now.')).toBeHidden();
  await expect(password(page)).toHaveValue(PASSWORD);
  await submit(page);
  await expect(page.getByText('The server cannot be reached right now.')).toBeVisible();
  await org.server.start();
  await expect(own(page)).toContainText('Connected', { timeout: 20_000 });
});
