// One's own status in the small form, in French, and while the server is away.
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, lostServer, test, unique, type Person } from './fixtures';

const small = { remembered: { 'pastille.banner.form': 'small' }, reducedMotion: 'reduce' } as const;
const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Your status' });
const panel = (page: Page): Locator => page.getByRole('main', { name: 'Beside the small banner' });
const tab = (page: Page, name: string): Locator => page.getByRole('navigation').getByRole('link', { name });

const someone = (org: { person(login: string, what?: object): Promise<Person> }, what: object = {}): Promise<Person> =>
  org.person(unique('owner'), { locale: 'en-GB', time_zone: 'Europe/Paris', ...what });
const showing = async (person: Person): Promise<string> => (await person.get('getMyStatus')).entry.status;

test("the small form has the whole menu, a tip with one's own status, and Home beside it", async ({ org, open }) => {
  const me = await someone(org, { display_name: 'Nadia Small' });
  const page = await open(me, '/banner', { ...small, viewport: { width: 400, height: 700 } });
  await expect(own(page)).toHaveAccessibleName(/Nadia Small.*Connected/);
  await expectAccessible(page);

  await page.keyboard.press('Tab');
  await expect(own(page)).toBeFocused();
  await expect(page.getByRole('tooltip')).toContainText('Connected');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tooltip')).toBeHidden();
  await expect(dialog(page)).toBeInViewport({ ratio: 1 });
  await dialog(page).getByLabel('Note').fill('one floor up');
  await dialog(page).getByRole('menuitemradio', { name: 'Absent', exact: true }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(own(page)).toHaveAccessibleName(/Absent.*one floor up/);

  await tab(page, 'Home').click();
  await expect(panel(page).getByRole('radio', { name: 'Absent', exact: true })).toBeChecked();
  await expectAccessible(page);
  await panel(page).getByRole('radio', { name: 'Busy', exact: true }).click();
  await expect(own(page)).toHaveAccessibleName(/Busy/);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(tab(page, 'Conversations')).toBeFocused();
  await expect.poll(() => showing(me)).toBe(org.system.get('busy').id);
});

test('the form is remembered, and the small one begins without a panel', async ({ org, open }) => {
  const page = await open(await someone(org), '/banner');
  await page.getByRole('button', { name: 'Small banner' }).click();
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page).toHaveURL(/\/banner\/conversations$/);
  await page.reload();
  await expect(tab(page, 'Conversations')).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: 'Full banner' }).click();
  await tab(page, 'Home').click();
  await expect(page).toHaveURL(/\/banner$/);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Connected', exact: true })).toBeChecked();
  await tab(page, 'Conversations').click();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'My status' })).toBeVisible();
});

test('where the browser forbids to remember anything, as to a frame of another origin, the Banner works', async ({
  org,
  open,
}) => {
  const me = await org.person(unique('me'));
  const page = await open(me, '/banner');
  await page.addInitScript(() => {
    for (const each of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, each, {
        get: () => {
          throw new DOMException('Denied', 'SecurityError');
        },
      });
    }
  });
  await page.reload();
  await own(page).click();
  await page.getByRole('menuitemradio', { name: 'Busy', exact: true }).click();
  await expect(own(page)).toContainText('Busy');
  await page.getByRole('button', { name: 'Small banner' }).click();
  await expect(page.getByRole('button', { name: 'Full banner' })).toBeVisible();
});

test('an end is told in the small form too', async ({ org, open }) => {
  const walk = await org.status(unique('Walk'));
  const me = await someone(org);
  const page = await open(me, '/banner', small);
  await expect(own(page)).toHaveAccessibleName(/Connected/);
  await me.get('setMyStatus', { body: { status_id: walk.id, until: new Date(Date.now() + 1_500).toISOString() } });
  const line = page.getByRole('region', { name: 'Your status' });
  await expect(line).toContainText(`${walk.name} has ended, you are Connected.`);
  await expectAccessible(page);
  await line.getByRole('button', { name: 'Choose another' }).click();
  await expect(dialog(page).getByRole('menuitemradio', { name: 'Connected', exact: true })).toBeFocused();
});

test('beside the Maker the menu stays within the window, in both forms', async ({ org, open }) => {
  const me = await someone(org, { permissions: ['statuses.create'] });
  const page = await open(me, '/maker/statuses');
  const button = page.getByRole('complementary').locator('header').getByRole('button').first();
  for (const form of ['Small banner', 'Full banner']) {
    await button.click();
    await expect(dialog(page)).toBeInViewport({ ratio: 1 });
    await expect(dialog(page).getByRole('link', { name: 'Banner' })).toHaveAttribute('href', '/banner');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: form }).click();
  }
  await button.click();
  await dialog(page).getByRole('menuitemradio', { name: 'Busy', exact: true }).click();
  await expect(button).toContainText('Busy');
  await expect.poll(() => showing(me)).toBe(org.system.get('busy').id);
});

test('an agent has no way to the Maker in the menu; who has a permission has one', async ({ org, open }) => {
  for (const [permissions, links] of [
    [[], 0],
    [['teams.manage'], 1],
  ] as const) {
    const page = await open(await someone(org, { permissions }), '/banner');
    await own(page).click();
    await expect(dialog(page).getByRole('link', { name: 'My profile' })).toHaveAttribute('href', '/banner/profile');
    await expect(dialog(page).getByRole('link', { name: 'My history' })).toHaveAttribute('href', '/banner/history');
    await expect(dialog(page).getByRole('link', { name: 'Maker' })).toHaveCount(links);
  }
});

test('the appearance is chosen at once; signing out makes one Offline', async ({ org, open }) => {
  const me = await someone(org);
  const page = await open(me, '/banner');
  await own(page).click();
  await dialog(page).getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await dialog(page).getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out. Your colleagues see you as Offline.')).toBeVisible();
  const board = await org.admin.get('getBoard');
  expect(board.users.map((each: { user: string }) => each.user)).not.toContain(me.me.id);
});

test('all of it in French', async ({ org, open }) => {
  const pause = await org.status(unique('Tea'), { names: { fr: unique('Pause thé') }, default_duration_s: 3_600 });
  const me = await someone(org, { locale: 'fr-FR' });
  const page = await open(me, '/banner', { reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('heading', { name: 'Mon statut' })).toBeVisible();
  await expect(own(page)).toContainText('Connecté');
  await own(page).click();
  const menu = page.getByRole('dialog', { name: 'Votre statut' });
  await expect(menu.getByRole('group', { name: 'En appel' })).toBeVisible();
  await menu.getByRole('searchbox', { name: 'Trouver un statut' }).fill('the');
  await menu.getByLabel('Note').fill('à tout de suite');
  await expect(menu.getByRole('radio', { name: 'Durée du statut (1\u202fh)' })).toBeChecked();
  await expectAccessible(page);
  await menu.getByRole('menuitemradio', { name: pause.names.fr }).click();
  await expect(own(page)).toContainText(`${pause.names.fr}, jusqu’à`);
  await expect(page.getByRole('status')).toContainText(`Vous êtes maintenant\u00a0: ${pause.names.fr}`);
});

test('while the server is away: last known, refusals in clear words, and back by itself', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  const me = await someone(org);
  const page = await open(me, '/banner', { reducedMotion: 'reduce' });
  const radio = (name: string) => page.getByRole('main').getByRole('radio', { name, exact: true });
  await radio('Busy').click();
  await expect(own(page)).toContainText('Busy');
  await page.waitForLoadState('networkidle');

  await org.server.stop();
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  await expect(own(page)).toContainText('Busy');
  await expectAccessible(page);
  await radio('Absent').click();
  await expect(
    page.getByRole('main').getByText('The server cannot be reached. Nothing was changed; try again in a moment.'),
  ).toBeVisible();
  await expect(radio('Busy')).toBeChecked();
  await own(page).click();
  await dialog(page).getByRole('menuitemradio', { name: 'Absent', exact: true }).click();
  await expect(
    dialog(page).getByText('The server cannot be reached. Nothing was changed; try again in a moment.'),
  ).toBeVisible();
  await expect(dialog(page).getByRole('menuitemradio', { name: 'Busy', exact: true })).toHaveAttribute(
    'aria-checked',
    'true',
  );

  await org.server.start();
  await expect(page.getByText('Reconnecting…')).toBeHidden({ timeout: 15_000 });
  await dialog(page).getByRole('menuitemradio', { name: 'Absent', exact: true }).click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => showing(me)).toBe(org.system.get('absent').id);
});

test('while the server cannot save, what is shown is called the last known', async ({ org, open }) => {
  const me = await someone(org);
  const page = await open(me, '/banner');
  await page.routeWebSocket(/\/live$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      socket.send(message);
      if (String(message).includes('"is":"ready"'))
        socket.send(JSON.stringify({ is: 'stale', since: new Date().toISOString() }));
    });
    socket.onMessage((message) => server.send(message));
  });
  await page.reload();
  await expect(page.getByText('The server cannot save right now. Showing last known statuses.')).toBeVisible();
});

test('in a frame as wide as the rail, what needs room opens a window, and the browser says who shows what', async ({
  org,
  open,
}) => {
  const walk = await org.status(unique('Walk'));
  const me = await someone(org);
  const name = `Ann ${unique('beside')}`;
  const ann = await someone(org, { display_name: name });
  const theirs = await open(ann, '/banner', { reducedMotion: 'reduce' });
  await theirs.getByRole('main').getByRole('radio', { name: 'Busy', exact: true }).click();
  const { id } = await ann.get('openConversation', { body: { with: me.me.id } });
  await ann.get('sendMessage', { id, body: { text: 'Here' } });
  const page = await open(me, '/banner', { ...small, viewport: { width: 72, height: 700 } });
  const window = async (click: () => Promise<void>): Promise<Page> => {
    const [opened] = await Promise.all([page.waitForEvent('popup'), click()]);
    return opened;
  };

  const row = page.getByRole('listitem').filter({ hasText: name }).getByRole('button').first();
  await expect(row).toHaveAttribute('title', new RegExp(`^${name}\nBusy\n`));
  await row.hover();
  const conversation = await window(() => row.click());
  await expect(conversation).toHaveURL(new RegExp(`/banner/conversations/${id}$`));
  await expect(conversation.getByRole('log')).toContainText('Here');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expect(page.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  // The same window for the next, in the full form however the frame is.
  await own(page).click();
  await expect(conversation.getByRole('main').getByRole('radio', { name: walk.name })).toBeVisible();
  await expect(conversation.getByRole('button', { name: 'Small banner' })).toBeVisible();

  await me.get('setMyStatus', { body: { status_id: walk.id, until: new Date(Date.now() + 1_500).toISOString() } });
  const line = page.getByRole('region', { name: 'Your status' });
  await expect(line).toContainText(`${walk.name} has ended, you are Connected.`);
  const { x, width } = (await line.boundingBox()) ?? { x: -1, width: 0 };
  expect(x >= 0 && x + width <= 72).toBe(true);
  await expectAccessible(page);
});

test('one long word for a status leaves everything within 320 px', async ({ org, open }) => {
  const word = `Donaudampfschifffahrtsgesellschaftskapitänsmützen${unique('x')}`.slice(-60);
  const long = await org.status(word, { icon: '🚢' });
  const page = await open(await someone(org), '/banner', {
    reducedMotion: 'reduce',
    viewport: { width: 320, height: 700 },
  });
  const within = async (text: Locator): Promise<void> => {
    await expect(text).toBeVisible();
    const far = await text.evaluate((element) =>
      Math.max(...[element, ...element.querySelectorAll('*')].map((each) => each.getBoundingClientRect().right)),
    );
    expect(far).toBeLessThanOrEqual(320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  };
  const card = page.getByRole('main').locator('label').filter({ hasText: long.name });
  await within(card);
  await card.click();
  await expect(own(page)).toContainText(long.name);
  await within(own(page));
  await own(page).click();
  await within(dialog(page).getByRole('menuitemradio', { name: long.name }));
  await dialog(page).getByRole('menuitemradio', { name: 'Connected', exact: true }).click();
  await page.goto('/banner/history');
  await within(page.getByRole('listitem').filter({ hasText: long.name }).first());
});
