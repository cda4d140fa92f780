// Every page there is, found in the sources: one that is not visited here fails the first test. Each says in
// its title and in one heading where one is, is accessible, jumps nowhere when it is first seen, and lets
// the keyboard go through its lists.
import type { Page } from '@playwright/test';
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
import { documents, quoted, source } from './sources';

interface Visit {
  /** All of its title, or what it begins with before " · ". */
  readonly title: string;
  readonly address: string;
  /** Nobody is signed in. */
  readonly out?: true;
}

/** What the address shows of a status, in a dialog whose title comes before that of the list. */
const status = async (org: Organisation, show: string, title: (name: string) => string): Promise<Visit> => {
  const { id, name } = await org.status(unique('Page '));
  return { address: `/maker/statuses/${id}/${show}`, title: `${title(name)} · Statuses` };
};

/** By what the sources call it. */
const pages: Readonly<Record<string, (org: Organisation) => Promise<Visit> | Visit>> = {
  'maker statuses': () => ({ address: '/maker/statuses', title: 'Statuses' }),
  'maker users': () => ({ address: '/maker/users', title: 'Users' }),
  'maker teams': () => ({ address: '/maker/teams', title: 'Teams' }),
  'maker roles': () => ({ address: '/maker/roles', title: 'Roles' }),
  'maker audit': () => ({ address: '/maker/audit', title: 'Audit' }),
  'maker servers': () => ({ address: '/maker/servers', title: 'Servers' }),
  'maker users one': async (org) => {
    const { me } = await org.person(unique('page'), { display_name: unique('Paula ') });
    return { address: `/maker/users/${me.id}`, title: me.display_name };
  },
  'maker teams one': async (org) => {
    const team = await org.team(unique('Page '));
    await org.account(unique('page'), { team_ids: [team.id] });
    return { address: `/maker/teams/${team.id}`, title: team.name };
  },
  'maker statuses list': () => ({ address: '/maker/statuses?deleted=true', title: 'Deleted statuses' }),
  'maker statuses nothing': () => ({
    address: '/maker/statuses/new/nothing',
    title: 'There is nothing at this address · Statuses',
  }),
  'maker statuses new': () => ({ address: '/maker/statuses/new', title: 'Create status · Statuses' }),
  'maker statuses starter': () => ({
    address: '/maker/statuses/starter',
    title: 'Start with the usual statuses · Statuses',
  }),
  'maker statuses import': () => ({
    address: '/maker/statuses/import',
    title: 'Import statuses from a file · Statuses',
  }),
  'maker statuses edit': (org) => status(org, 'edit', (name) => `Edit “${name}”`),
  'maker statuses history': (org) => status(org, 'history', (name) => `History of “${name}”`),
  'maker statuses delete': (org) => status(org, 'delete', (name) => `Delete “${name}”\\?`),
  'maker nothing': () => ({ address: '/maker/elsewhere', title: 'There is nothing at this address' }),
  index: () => ({ address: '/', title: 'Sign in to Pastille', out: true }),
  'banner home': () => ({ address: '/banner', title: 'Home' }),
  'banner conversations': () => ({ address: '/banner/conversations', title: 'Conversations' }),
  'banner conversation': async (org) => {
    const { me } = await org.person(unique('page'), { display_name: unique('Tomas ') });
    const { id } = await org.admin.get('openConversation', { body: { with: me.id } });
    return { address: `/banner/conversations/${id}`, title: me.display_name };
  },
  'banner profile': () => ({ address: '/banner/profile', title: 'My profile' }),
  'banner history': () => ({ address: '/banner/history', title: 'My history' }),
};

/** What the sources have: the tabs of the Maker and what stands below them, and the places of the Banner. */
function known(): string[] {
  const below = ['users', 'teams', 'roles', 'audit', 'servers', 'statuses'].filter((tab) => {
    const part = source(`maker/${tab.charAt(0).toUpperCase()}${tab.slice(1)}.svelte`);
    return part.includes(`/${tab}/:id`);
  });
  return [
    ...documents().filter((name) => name !== 'banner' && name !== 'maker'), // of which the places are
    'maker nothing',
    ...quoted('maker/tabs.ts', 'tabNames = [', ']').map((tab) => `maker ${tab}`),
    ...below.map((tab) => `maker ${tab} one`),
    ...quoted('maker/statuses/paths.ts', 'export type Over =', ';\n\n').map((show) => `maker statuses ${show}`),
    ...quoted('banner/view.svelte.ts', 'export type Place =', ';\n\n').map((place) => `banner ${place}`),
  ];
}

test('every page in the sources is visited here', () => {
  expect(Object.keys(pages).sort()).toEqual(known().sort());
});

for (const [name, visit] of Object.entries(pages)) {
  test(`${name}: its title says where one is, it jumps nowhere, and its lists go by arrows`, async ({
    org,
    open,
    allow,
  }) => {
    allow(answered(404));
    const { address, title, out } = await visit(org);
    const page = await open(out === true ? null : org.admin, 'about:blank');
    await watchShifts(page);
    await page.goto(address);
    await expect(page).toHaveTitle(new RegExp(`^${title}( · (.* · )?Pastille)?$`));
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await expect(page.locator('h1')).toHaveCount(1);
    await expectAccessible(page);
    const moved = await shifts(page); // the Banner beside it included
    expect(
      moved.reduce((sum, { by }) => sum + by, 0),
      JSON.stringify(moved),
    ).toBeLessThanOrEqual(0.01);
    expect(await page.locator('form:not([novalidate])').count()).toBe(0);
    if ((await page.getByRole('dialog').count()) === 0) await goThroughLists(page);
    await expectNoSidewaysScroll(page);
  });
}

interface Shift {
  readonly by: number;
  readonly what: string;
}

/** What has moved since the page began, as Chromium counts it. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Entry extends PerformanceEntry {
      readonly value: number;
      readonly sources: readonly { readonly node: Node | null }[];
    }
    const seen = Object.assign(window, { shifts: [] as Shift[] });
    const named = (node: Node | null) => (node instanceof Element ? node.outerHTML.slice(0, 80) : node?.textContent);
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as Entry[])
        seen.shifts.push({ by: value, what: sources.map(({ node }) => named(node)).join(', ') });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}
const shifts = (page: Page): Promise<readonly Shift[]> =>
  page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);

/** Each list of rows is one stop of Tab, at its first link; arrows go from row to row, also from a menu. */
async function goThroughLists(page: Page): Promise<void> {
  await expect(page.locator('main tbody :is(a[href], button)').and(page.locator(':not([data-rows] *)'))).toHaveCount(0);
  const lists = page.locator('main [data-rows]');
  for (let at = 0; at < (await lists.count()); at++) {
    const list = lists.nth(at);
    const stops = list.locator('[data-row] :is(a[href], button)[tabindex="0"]:not([role=menuitem])');
    if ((await list.locator('[data-row] :is(a[href], button)').count()) === 0) continue;
    await expect(stops).toHaveCount(1);
    const links = list.locator('[data-row] a[href]');
    if ((await links.count()) > 0) await expect(stops).toHaveJSProperty('tagName', 'A');
    const menus = list.getByRole('button', { expanded: false });
    if ((await menus.count()) < 2) continue;
    await menus.first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem')).toHaveCount(0);
    expect(await page.evaluate(() => document.activeElement?.closest('[data-row]') !== null)).toBe(true);
    await expect(menus.first()).not.toBeFocused();
  }
}

const leads = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
const lost = (page: Page): Promise<boolean> => page.evaluate(() => document.activeElement === document.body);

test('one is at the heading of a person or team that one opens, and back at their row', async ({ org, open }) => {
  const [team, name] = [await org.team(unique('Arrive ')), unique('Arriving ')];
  const word = unique('arrive');
  const person: Person = await org.person(word, { display_name: name });
  const page = await open(org.admin, `/maker/users?q=${word}`);
  await page.getByRole('link', { name }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(`^${person.me.display_name} · Users`));
  await page.goBack();
  await expect(page.getByRole('link', { name, exact: true })).toBeFocused();
  await expect(page).toHaveTitle(/^Users ·/);

  await page.goto('/maker/teams');
  await page.getByRole('link', { name: team.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: team.name })).toBeFocused();
  await page.getByRole('link', { name: 'All teams' }).click();
  await expect.poll(() => leads(page)).toBe(team.name);
});

test('who goes back from a place of the Banner is in the one that is shown', async ({ org, open }) => {
  const page = await open(await org.person(unique('places')), '/banner');
  await expect(page.getByRole('heading', { name: 'My status' })).toBeVisible();
  await page.locator('header').getByRole('button').first().click();
  await page.getByRole('link', { name: 'My profile' }).click();
  await page.getByLabel('Name', { exact: true }).focus();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'My status' })).toBeFocused();
  expect(await lost(page)).toBe(false);
});
