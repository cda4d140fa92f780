// One's own profile: name, language, time zone, status at sign-in, password, where one is signed in,
// tokens; and one's own history, which nobody else has.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { answered, expect, expectAccessible, PASSWORD, test, unique, type Organisation, type Person } from './fixtures';

const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const section = (page: Page, name: string): Locator => page.getByRole('region', { name });
const field = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true });
const said = (page: Page): Locator => page.getByRole('status').first();
const someone = (org: Organisation, what: object = {}): Promise<Person> =>
  org.person(unique('owner'), { locale: 'en-GB', time_zone: 'Europe/Paris', ...what });

test("one changes one's own name, and colleagues see it at once", async ({ org, open, allow }) => {
  allow(answered(422));
  const [before, after] = [unique('Nina '), unique('Nina Novák ')];
  const me = await someone(org, { display_name: before });
  const theirs = await open(await org.person(unique('other')), '/banner/conversations', {
    viewport: { width: 380, height: 4_000 },
  });
  await expect(theirs.getByRole('listitem').filter({ hasText: before })).toBeVisible();
  const page = await open(me, '/banner/profile');
  await expect(field(page, 'Name')).toHaveValue(before);
  await expect(field(page, 'Name')).toHaveAccessibleDescription(new RegExp(`You sign in as ${me.login}`));
  await field(page, 'Name').fill('   ');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('A name has 1 to 100 characters on one line.')).toBeVisible();
  await field(page, 'Name').fill(after);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(said(page)).toHaveText('Saved.');
  await expect(own(page)).toContainText(after);
  await expect(theirs.getByRole('listitem').filter({ hasText: after })).toBeVisible();
  await expect(theirs.getByRole('listitem').filter({ hasText: before }).filter({ hasNotText: after })).toHaveCount(0);
});

test('the page speaks French at once, another tab too, and after a reload', async ({ org, open }) => {
  const me = await someone(org);
  const [page, tab] = [await open(me, '/banner/profile'), await open(me, '/maker')];
  await expect(tab.getByRole('heading', { name: 'Statuses' })).toBeVisible();
  await page.getByRole('radio', { name: 'Français' }).click();
  await expect(page.getByRole('heading', { name: 'Mon profil' })).toBeVisible();
  await expect(own(page)).toContainText('Connecté');
  await expect(said(page)).toHaveText('Enregistré.');
  await expect(tab.getByRole('heading', { name: 'Statuts' })).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('radio', { name: 'Français' })).toBeChecked();
  await page.getByRole('radio', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'My profile' })).toBeVisible();
  // With the region that the browser asks for: the 24 hours of Britain.
  expect((await me.get('getSession')).user.locale).toBe('en-GB');
});

test('times are those of the zone that one chooses', async ({ org, open }) => {
  const me = await someone(org, { time_zone: 'America/New_York' });
  // Noon UTC of the next 15th of January, when no summer time shifts it.
  const january = (year: number): Date => new Date(Date.UTC(year, 0, 15, 12));
  const year = new Date().getUTCFullYear();
  const until = january(year).getTime() > Date.now() + 3_600_000 ? january(year) : january(year + 1);
  await me.get('setMyStatus', { body: { status_id: org.system.get('absent').id, until: until.toISOString() } });
  const page = await open(me, '/banner/profile');
  await expect(own(page)).toContainText('07:00');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(own(page)).toContainText('13:00');
  await page.getByRole('combobox', { name: 'Time zone' }).click();
  await page.keyboard.type('tokyo');
  await page.getByRole('option', { name: /^Tokyo/ }).click();
  await expect(own(page)).toContainText('21:00');
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue(/Tokyo/);
  await page.reload();
  await expect(own(page)).toContainText('21:00');
});

test('signing in shows Connected, or the last status when one prefers that', async ({ org, open }) => {
  const me = await someone(org);
  const page = await open(me, '/banner/profile');
  const again = async (status: string) => {
    await own(page).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await field(page, 'Username').fill(me.login);
    await field(page, 'Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(own(page)).toContainText(status);
  };
  const busy = async () => {
    await own(page).click();
    await page.getByRole('menuitemradio', { name: 'Busy', exact: true }).click();
    await expect(own(page)).toContainText('Busy');
  };
  await busy();
  await again('Connected');
  await page.getByRole('radio', { name: 'The last one I chose' }).click();
  await expect(said(page)).toHaveText('Saved.');
  await busy();
  await again('Busy');
  await expect(page.getByRole('radio', { name: 'The last one I chose' })).toBeChecked();
});

test('another password takes the present one, and ends what is open elsewhere', async ({ org, open, allow }) => {
  allow(answered(422));
  allow(answered(401)); // of the page that is signed out
  const me = await someone(org);
  const elsewhere = await open(await org.signIn(me.login), '/banner');
  await expect(own(elsewhere)).toContainText('Connected');
  const page = await open(me, '/banner/profile');
  const change = page.getByRole('button', { name: 'Change password' });
  const [present, wanted] = [field(page, 'Current password'), field(page, 'New password')];
  await present.fill('not this one');
  await wanted.fill('a long walk by the sea');
  await change.click();
  await expect(present).toHaveAccessibleDescription('This is not your password.');
  await expect(present).toBeFocused();
  await present.fill(PASSWORD);
  await wanted.fill('password');
  await change.click();
  await expect(wanted).toHaveAccessibleDescription(/Too easy to guess/);
  await wanted.fill('short');
  await change.click();
  await expect(wanted).toHaveAccessibleDescription(/8 to 128 characters/);
  await wanted.fill('a long walk by the sea');
  await change.click();
  await expect(
    section(page, 'Password').getByText('Password changed. You are signed out everywhere else.'),
  ).toBeVisible();
  await expect(elsewhere.getByText('Your session has ended.')).toBeVisible();
  await expect(section(page, 'Where I am signed in').getByRole('listitem')).toHaveCount(1);
  await page.reload();
  await expect(own(page)).toContainText('Connected');
  await org.signIn(me.login, 'a long walk by the sea');
  await org.server.client().refused('wrong-credentials', 'signIn', { body: { login: me.login, password: PASSWORD } });
});

test('one ends a session elsewhere from here', async ({ org, open, allow }) => {
  allow(answered(401));
  const me = await someone(org);
  const page = await open(me, '/banner/profile');
  const sessions = section(page, 'Where I am signed in').getByRole('listitem');
  await expect(sessions).toHaveCount(1);
  await expect(sessions).toContainText(/This one/);
  await expect(sessions.getByRole('button')).toHaveCount(0);

  const elsewhere = await open(null, '/');
  await field(elsewhere, 'Username').fill(me.login);
  await field(elsewhere, 'Password').fill(PASSWORD);
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await expect(own(elsewhere)).toContainText('Connected');
  await page.reload();
  await expect(sessions).toHaveCount(2);
  await sessions
    .last()
    .getByRole('button', { name: /^Sign out Chrom/ })
    .click();
  await expect(elsewhere).toHaveURL(/reason=ended/);
  await expect(sessions).toHaveCount(1);
  await expect(own(page)).toContainText('Connected');
});

test('a token is shown once, does what it may, and stops when it is revoked', async ({ org, open }) => {
  const me = await someone(org);
  const page = await open(me, '/banner/profile');
  await expect(page.getByText('You have no tokens.')).toBeVisible();
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Desk lamp');
  await dialog.getByRole('radio', { name: 'Read, and change my status' }).click();
  await dialog.getByLabel('Ends after').selectOption('30 days');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByRole('heading', { name: 'Token “Desk lamp”' })).toBeVisible();
  const token = await dialog.getByLabel('Token', { exact: true }).inputValue();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const line = section(page, 'Tokens for programs').getByRole('listitem').filter({ hasText: 'Desk lamp' });
  await expect(line).toContainText('Read, and change my status');
  await expect(page.locator('body')).not.toContainText(token);

  const lamp = org.server.client({ bearer: token });
  await lamp.get('setMyStatus', { body: { status_id: org.system.get('busy').id } });
  await expect(own(page)).toContainText('Busy');
  await line.getByRole('button', { name: 'Revoke Desk lamp' }).click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('You have no tokens.')).toBeVisible();
  await lamp.refused('not-signed-in', 'getMyStatus');
});

test("one's own history is shown, taken along and erased; nobody else has it", async ({ org, open }) => {
  const lunch = await org.status(unique('Lunch '));
  const me = await someone(org, { display_name: unique('Hanna ') });
  const page = await open(me, '/banner/history');
  const lines = page.getByRole('main').getByRole('listitem');
  await expect(lines).toHaveCount(1);
  await own(page).click();
  await page.getByLabel('Note').fill('=soup, "hot"');
  await page.getByRole('menuitemradio', { name: lunch.name }).click();
  await expect(lines.first()).toContainText(lunch.name);
  await expect(lines.first()).toContainText(/soup.*now/);
  await expect(lines.last()).toContainText('Connected');

  const download = async (kind: string) => {
    await page.getByRole('button', { name: 'Download' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: kind }).click(),
    ]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  };
  const csv = await download('As a table (CSV)');
  expect(csv.name).toMatch(/^my-statuses-\d{4}-\d\d-\d\d\.csv$/);
  expect(csv.text).toMatch(/^\ufefffrom,to,status,type,note,status_id\r\n/);
  expect(csv.text).toContain(`,,${lunch.name},absent,"'=soup, ""hot""",${lunch.id}\r\n`);
  await expect(said(page)).toHaveText('The file has 2 entries.');
  const json = JSON.parse((await download('For programs (JSON)')).text) as { name: string; note: string | null }[];
  expect(json.map(({ name, note }) => [name, note])).toEqual([
    [lunch.name, '=soup, "hot"'],
    ['Connected', null],
  ]);

  await test.step('nobody else finds it, whatever their role', async () => {
    const admin = await open(org.admin, `/maker/users/${me.me.id}`);
    await expect(admin.getByRole('region', { name: 'Status' })).toContainText(lunch.name);
    await expect(admin.getByRole('main').getByText(/^(my |status )?history$/i)).toHaveCount(0);
    await admin.goto('/banner/history');
    await expect(admin.getByRole('heading', { name: 'My history' })).toBeVisible();
    await expect(admin.getByRole('main')).not.toContainText(lunch.name);
    const written: { by: string; target: string; action: string }[] = await org.admin.all('listAudit');
    expect(
      written.filter(({ by, target }) => by === me.me.id || target === me.me.id).map(({ action }) => action),
    ).toEqual(['user.create']);
  });

  await page.getByRole('button', { name: 'Erase all' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 entries are erased');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(lunch.name);
  await expect(own(page)).toContainText(lunch.name);
  await expect(page.getByRole('heading', { name: 'My history' })).toBeFocused();
});
