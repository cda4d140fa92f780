// The rules of the source document, one test each, as a person does them with pages and a mouse.
// Details stand in the specs of each page.
import type { Locator, Page } from '@playwright/test';
import { patient } from '../../tests/lib/patience.js';
import { answered, expect, test, unique, type Organisation, type Person } from './fixtures';

const small = { remembered: { 'pastille.banner.form': 'small' }, viewport: { width: 420, height: 900 } } as const;
const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const menu = (page: Page): Locator => page.getByRole('dialog', { name: 'Your status' });
const item = (page: Page, name: string): Locator => menu(page).getByRole('menuitemradio', { name, exact: true });
const radio = (page: Page, name: string): Locator => page.getByRole('main').getByRole('radio', { name, exact: true });
const colleague = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.locator('.name', { hasText: name }) });
const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search statuses' });
/** The statuses in the list that hold this word, without it. */
const listed = async (page: Page, word: string): Promise<string[]> =>
  (await page.getByRole('row').locator('.name').allInnerTexts())
    .filter((name) => name.includes(word))
    .map((name) => name.replace(` ${word}`, ''));

async function actions(page: Page, name: string): Promise<string[]> {
  await page.getByRole('button', { name: `Actions on ${name}`, exact: true }).click();
  const found = await page.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  return found.map((each) => each.trim()).filter((each) => !each.startsWith('Move'));
}

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Opens the menu under one's own name and chooses in it. */
async function show(page: Page, status: string): Promise<void> {
  await own(page).click();
  await item(page, status).click();
  await expect(menu(page)).toBeHidden();
}

test('R2 statuses are managed in the Maker, module Users, in a list', async ({ org, open }) => {
  const page = await open(org.admin, '/banner');
  await own(page).click();
  await menu(page).getByRole('link', { name: 'Maker' }).click();
  await expect(
    page.getByRole('navigation', { name: 'Module Users' }).getByRole('link', { name: 'Statuses' }),
  ).toHaveAttribute('aria-current', 'page');
  const list = page.getByRole('table', { name: 'Statuses' });
  for (const name of ['Connected', 'Absent', 'Busy', 'In a call', 'Offline'])
    await expect(list.getByRole('row').filter({ hasText: name })).toContainText('System');
  await page.getByRole('link', { name: 'Create status' }).click();
  const form = page.getByRole('dialog', { name: 'Create status' });
  const name = unique('Prayer ');
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByRole('radio', { name: /^Absent/ }).click();
  await form.getByRole('button', { name: 'Create status' }).click();
  await expect(row(page, name)).toContainText(/Absent.*Custom/);
});

test('R3 the list is narrowed by tags, and by each further one', async ({ org, open }) => {
  const word = unique('tagged');
  const [pause, floor] = [unique('Pause'), unique('Floor')];
  await org.status(`Coffee ${word}`, { tags: [pause, floor] });
  await org.status(`Lunch ${word}`, { tags: [pause] });
  await org.status(`Desk ${word}`, { tags: [floor] });
  const page = await open(org.admin, '/maker/statuses');
  const pill = (tag: string) => page.getByRole('group', { name: 'Tags' }).getByRole('button', { name: tag });
  await expect.poll(() => listed(page, word)).toEqual(['Coffee', 'Lunch', 'Desk']);
  await pill(pause).click();
  await expect.poll(() => listed(page, word)).toEqual(['Coffee', 'Lunch']);
  await pill(floor).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  expect(await listed(page, word)).toEqual(['Coffee']);
  await pill(pause).click();
  await expect.poll(() => listed(page, word)).toEqual(['Coffee', 'Desk']);
});

test('R4 the list is searched in the names of all languages and in tags, without case and accents', async ({
  org,
  open,
}) => {
  const word = unique('found');
  await org.status(`Tea ${word}`, {
    names: { fr: `Pause thé ${word}`, de: `Übergabe ${word}` },
    tags: [`Équipe ${word}`],
  });
  await org.status(`Lunch ${word}`);
  const page = await open(org.admin, '/maker/statuses');
  for (const text of ['tea', 'PAUSE THE', 'ubergabe', 'equipe']) {
    await search(page).fill(`${text} ${word}`);
    await expect.poll(() => listed(page, word)).toEqual(['Tea']);
    await search(page).fill(word);
    await expect.poll(() => listed(page, word)).toEqual(['Tea', 'Lunch']);
  }
  await search(page).fill(`dinner ${word}`);
  await expect(page.getByText('No status matches')).toBeVisible();
});

test('R8 a created status is modified, duplicated, tagged, deleted, and its history viewed', async ({ org, open }) => {
  const { name } = await org.status(unique('Drill '), { type: 'busy' });
  const page = await open(org.admin, '/maker/statuses');
  const form = page.getByRole('dialog');

  await act(page, name, 'Edit');
  await form.getByLabel('Name', { exact: true }).fill(`${name} outside`);
  const tag = unique('Safety');
  await form.getByRole('combobox', { name: 'Tags' }).fill(`${tag},`);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, `${name} outside`)).toContainText(tag);

  await act(page, `${name} outside`, 'Duplicate');
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue(`${name} outside (copy)`);
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(row(page, `${name} outside (copy)`)).toContainText(new RegExp(`Busy.*${tag}`));

  await act(page, `${name} outside`, 'History');
  await expect(form.getByRole('listitem').first()).toContainText(
    new RegExp(`^\\s*Edited.*Ada Admin.*before: ${name}.*now: ${name} outside`),
  );
  await expect(form.getByRole('listitem').last()).toContainText('Created');
  await form.getByRole('button', { name: 'Close' }).click();

  await act(page, `${name} outside (copy)`, 'Delete');
  await form.getByRole('button', { name: 'Delete' }).click();
  await expect(row(page, `${name} outside (copy)`)).toHaveCount(0);
  await expect(row(page, `${name} outside`)).toHaveCount(1);
});

test('R9 each of create, modify and delete takes its permission; the page shows what one may, the server refuses the rest', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(403));
  const offered = {
    'statuses.create': ['Duplicate', 'History'],
    'statuses.modify': ['Edit', 'History'],
    'statuses.delete': ['History', 'Delete'],
    'teams.manage': null,
  };
  for (const [permission, found] of Object.entries(offered)) {
    const { id, name } = await org.status(unique('Guarded '));
    const page = await open(await org.person(unique('may'), { permissions: [permission] }), '/maker/statuses');
    await expect(row(page, name)).toBeVisible();
    if (found === null)
      await expect(page.getByRole('button', { name: `Actions on ${name}`, exact: true })).toHaveCount(0);
    else expect(await actions(page, name)).toEqual(found);
    await expect(page.getByRole('link', { name: 'Create status' })).toHaveCount(
      permission === 'statuses.create' ? 1 : 0,
    );

    const answers = await page.evaluate(
      async ([id, name]) => {
        const ask = async (method: string, path: string, body?: object) =>
          (
            await fetch(`/api/v1/statuses${path}`, {
              method,
              ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
            })
          ).status;
        return [
          await ask('POST', '', { name, type: 'busy' }),
          await ask('POST', `/${id}/duplicate`),
          await ask('PATCH', `/${id}`, { icon: '☕' }),
          await ask('PATCH', `/${id}`, { tags: ['Tag'] }),
          await ask('GET', `/${id}/history`),
          await ask('DELETE', `/${id}`),
        ];
      },
      [id, unique('Made ')] as const,
    );
    const [create, modify, remove] = [
      permission === 'statuses.create',
      permission === 'statuses.modify',
      permission === 'statuses.delete',
    ];
    expect(answers, permission).toEqual([
      create ? 201 : 403,
      create ? 201 : 403,
      modify ? 200 : 403,
      modify ? 200 : 403,
      found === null ? 403 : 200,
      remove ? 204 : 403,
    ]);
  }
});

test('R10 roles and their permissions are configured in the Maker', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/roles');
  const name = unique('Planner ');
  await page.getByRole('button', { name: 'New role' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name of the role').fill(name);
  await form.getByRole('checkbox', { name: /Create statuses/ }).click();
  await form.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByRole('listitem', { name, exact: true })).toContainText('Create statuses');

  const role = (await org.admin.all('listRoles')).find((each: { name: string }) => each.name === name);
  const planner = await open(await org.person(unique('planner'), { role_id: role.id }), '/maker/statuses');
  await expect(planner.getByRole('link', { name: 'Create status' })).toBeVisible();
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await form.getByRole('checkbox', { name: /Create statuses/ }).click();
  await form.getByRole('checkbox', { name: /Delete statuses/ }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(planner.getByRole('link', { name: 'Create status' })).toHaveCount(0);
  await expect(planner.getByRole('link', { name: 'Deleted' })).toBeVisible();
});

test('R11 a created status is usable by everyone at once, in every open Banner', async ({ org, open }) => {
  const team = await org.team(unique('North '));
  const banners = [
    await open(await org.person(unique('agent'), { team_ids: [team.id] }), '/banner'),
    await open(await org.person(unique('agent')), '/banner'),
  ];
  for (const page of banners) await expect(radio(page, 'Connected')).toBeChecked();
  const maker = await open(org.admin, '/maker/statuses/new');
  const name = unique('Fire drill ');
  await maker.getByLabel('Name', { exact: true }).fill(name);
  await maker.getByRole('dialog').getByRole('radio', { name: /^Busy/ }).click();
  await maker.getByRole('dialog').getByRole('button', { name: 'Create status' }).click();
  for (const page of banners) {
    await show(page, name);
    await expect(own(page)).toContainText(name);
  }
  await expect(row(maker, name)).toContainText(/Custom\s*2/);
});

test('R12 the person changes their status from the menu under their own name', async ({ org, open }) => {
  const name = unique('Nora ');
  const nora = await org.person(unique('nora'), { display_name: name });
  const page = await open(nora, '/banner');
  await page.getByRole('button', { name }).click();
  await item(page, 'In a call').click();
  await expect(page.getByRole('button', { name })).toContainText('In a call');
  await expect.poll(async () => (await nora.get('getMyStatus')).entry.type).toBe('in_a_call');
});

test('R13 and on the Home page; menu and Home show the same within the blink of an eye', async ({ org, open }) => {
  const me = await org.person(unique('twice'));
  const [here, there] = [await open(me, '/banner'), await open(me, '/banner')];
  for (const page of [here, there]) {
    await expect(radio(page, 'Connected')).toBeChecked();
    // When a mouse went down, and when the button of the menu and Home both said Busy.
    await page.evaluate(() => {
      const times = ((window as unknown as { times: Record<string, number> }).times = {});
      addEventListener('pointerdown', () => Object.assign(times, { pressed: Date.now() }), true);
      const look = () => {
        const name = document.querySelector('header button')?.textContent ?? '';
        const chosen =
          document.querySelector('[role=main] fieldset input:checked')?.closest('label')?.textContent ?? '';
        if (name.includes('Busy') && chosen.includes('Busy') && !('same' in times))
          Object.assign(times, { same: Date.now() });
        else requestAnimationFrame(look);
      };
      look();
    });
  }
  await radio(here, 'Busy').click();
  const time = (page: Page, what: 'pressed' | 'same') =>
    page.evaluate((key) => (window as unknown as { times: Record<string, number> }).times[key] ?? NaN, what);
  const pressed = await time(here, 'pressed');
  expect(pressed).not.toBeNaN();
  for (const page of [here, there]) {
    await expect.poll(() => time(page, 'same')).not.toBeNaN();
    expect((await time(page, 'same')) - pressed).toBeLessThan(patient(10_000));
  }
  await show(there, 'Absent');
  for (const page of [here, there]) await expect(radio(page, 'Absent')).toBeChecked();
});

/** Two people who see each other: one in the small Banner, one who changes their status. */
async function two(org: Organisation, open: (person: Person, path: string, look?: object) => Promise<Page>) {
  const name = `Bo ${unique('seen')}`;
  const bo = await org.person(unique('bo'), { display_name: name });
  const [theirs, page] = [
    await open(bo, '/banner'),
    await open(await org.person(unique('ana')), '/banner/conversations', small),
  ];
  await expect(radio(theirs, 'Connected')).toBeChecked();
  return { name, theirs, page };
}

test('R16 colleagues see it in the small Banner, conversations tab, as a small coloured circle', async ({
  org,
  open,
}) => {
  const { name, theirs, page } = await two(org, open);
  await expect(page.getByRole('link', { name: 'Conversations' })).toHaveAttribute('aria-current', 'page');
  const circle = colleague(page, name).locator('.circle svg');
  const colours = new Set<string>();
  const seen = async (type: string) => {
    await expect(circle).toHaveClass(new RegExp(`\\b${type}\\b`));
    const box = await circle.boundingBox();
    expect([box?.width, box?.height]).toEqual([12, 12]);
    colours.add(await circle.evaluate((svg) => getComputedStyle(svg).color));
  };
  await seen('connected');
  for (const [status, type] of [
    ['Absent', 'absent'],
    ['Busy', 'busy'],
    ['In a call', 'in_a_call'],
  ] as const) {
    await radio(theirs, status).click();
    await seen(type);
  }
  await own(theirs).click();
  await menu(theirs).getByRole('button', { name: 'Sign out' }).click();
  await seen('offline');
  expect(colours.size).toBe(5);
});

test('R17 the pointer or the focus on the circle tells the status', async ({ org, open }) => {
  const { name, theirs, page } = await two(org, open);
  const { name: walk } = await org.status(unique('Walk '));
  await radio(theirs, walk).click();
  const tip = page.getByRole('tooltip');
  await expect(colleague(page, name).locator('svg.absent')).toBeVisible();
  await colleague(page, name).locator('.circle').hover();
  await expect(tip).toContainText(name);
  await expect(tip).toContainText(walk);
  await page.mouse.move(300, 800);
  await expect(tip).toBeHidden();
  await page.getByRole('button', { name: 'Search colleagues' }).focus();
  await page.keyboard.press('Tab');
  while (
    !(await colleague(page, name)
      .getByRole('button')
      .first()
      .evaluate((row) => row === document.activeElement))
  )
    await page.keyboard.press('ArrowDown');
  await expect(tip).toContainText(walk);
});

test('R18 and in the conversation with that colleague itself', async ({ org, open }) => {
  const { name, theirs, page } = await two(org, open);
  await colleague(page, name).getByRole('button').first().click();
  const conversation = page.getByRole('main');
  await expect(conversation.getByRole('heading', { name })).toBeVisible();
  await expect(conversation.getByText('Connected', { exact: true })).toBeVisible();
  await radio(theirs, 'In a call').click();
  await expect(conversation.getByText('In a call', { exact: true })).toBeVisible();
  await expect(conversation.locator('.head svg.in_a_call')).toBeVisible();
});

test('R19 everyone sees everyone’s status, in their team or not', async ({ org, open }) => {
  const [north, south] = [await org.team(unique('North ')), await org.team(unique('South '))];
  const names = ['Nia', 'Sol', 'Lou'].map((first) => unique(`${first} `));
  const teams = [[north.id], [south.id], []];
  const pages: Page[] = [];
  for (const [at, name] of names.entries()) {
    pages.push(
      await open(
        await org.person(unique('p'), { display_name: name, team_ids: teams[at] ?? [] }),
        '/banner/conversations',
        { viewport: { width: 380, height: 6_000 } },
      ),
    );
  }
  const shown = ['Absent', 'Busy', 'In a call'];
  for (const [at, page] of pages.entries()) await show(page, shown[at] ?? '');
  for (const [at, page] of pages.entries()) {
    for (const [other, name] of names.entries()) {
      if (other !== at)
        await expect(colleague(page, name).getByRole('button').first()).toHaveAccessibleName(
          new RegExp(shown[other] ?? ''),
        );
    }
  }
});
