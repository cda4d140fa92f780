// Colleagues, their circles, the tip, the search: R16, R17 and R19, with people who see one another
// live. Names carry a word of their own for each test, since all share one organisation.

import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, unique, type Person } from './fixtures';

const kList = '/banner/conversations';
const kStrip = { viewport: { width: 380, height: 760 } };
/** So high that every row is in the page. */
const kHigh = { viewport: { width: 380, height: 4_000 } };

const row = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
const opener = (page: Page, name: string): Locator => row(page, name).getByRole('button').first();
const field = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search colleagues' });

/** The names in the list that hold this word, without it, in the list's order. */
const names = (page: Page, word: string): Promise<string[]> =>
  page
    .getByRole('list', { name: 'Colleagues and conversations' })
    .getByRole('listitem')
    .evaluateAll(
      (items, word) =>
        items
          .sort((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
          .map((item) => item.querySelector('.name')?.textContent ?? '')
          .filter((name) => name.includes(word))
          .map((name) => name.replace(` ${word}`, '')),
      word,
    );

async function write(from: Person, to: Person, text: string): Promise<void> {
  const { id } = await from.get('openConversation', { body: { with: to.me.id } });
  await from.get('sendMessage', { id, body: { text } });
}

test("a colleague's change is seen in the list, in the tip and in the conversation at once", async ({ org, open }) => {
  const name = `Tom ${unique('okafor')}`;
  const ines = await org.person(unique('ines'));
  const tom = await org.person(unique('tom'), { display_name: name });
  const page = await open(ines, kList, kStrip);
  await field(page).fill(name);

  // Nobody is there: offline, as a text and as a circle.
  await expect(opener(page, name)).toHaveAccessibleName(/Offline/);
  await expect(row(page, name).locator('svg.offline')).toBeVisible();
  await open(tom, '/banner');
  await expect(opener(page, name)).toHaveAccessibleName(/Connected/);

  await test.step('the tip under the pointer is live, and stays while the pointer is over it', async () => {
    await row(page, name).locator('.circle').hover();
    const tip = page.getByRole('tooltip');
    await expect(tip).toContainText('Connected');
    await tom.get('setMyStatus', {
      body: { status_id: org.system.get('busy').id, note: 'Counting chairs', for_s: 3600 },
    });
    await expect(tip).toContainText('Busy');
    await expect(tip).toContainText('Counting chairs');
    await expect(tip).toContainText(/just now · until \d/);
    await tip.hover();
    await expect(tip).toBeVisible();
    await page.mouse.move(0, 0);
    await expect(tip).toBeHidden();
    await expect(row(page, name).locator('svg.busy')).toBeVisible();
  });

  await test.step('the head of the conversation says it too', async () => {
    await opener(page, name).click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await expect(page.getByText('Counting chairs')).toBeVisible();
    await tom.get('setMyStatus', { body: { status_id: org.system.get('absent').id } });
    await expect(page.getByText(/^Absent/)).toBeVisible();
    await expect(page.getByText('Counting chairs')).toBeHidden();
  });

  await test.step('who signs out is offline at once; one may write all the same', async () => {
    await tom.call('signOut', {});
    await expect(page.getByText(`${name} is offline and will find your message on coming back.`)).toBeVisible();
    await page.getByRole('textbox', { name: `Message to ${name}` }).fill('See you tomorrow');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('log')).toContainText('See you tomorrow');
  });
});

test('unread stands first, then pinned, then recent, then everyone by name', async ({ org, open }) => {
  const word = unique('order');
  const me = await org.person(unique('me'));
  const people = new Map<string, Person>();
  for (const first of ['Zoé', 'Łukasz', 'Ærø', 'Straße', 'Bea'])
    people.set(first, await org.person(unique('p'), { display_name: `${first} ${word}` }));
  const the = (first: string) => people.get(first) as Person;
  const page = await open(me, kList, kHigh);
  const pin = row(page, `Straße ${word}`).getByRole('button', { name: `Pin Straße ${word}` });
  await expect.poll(() => names(page, word)).toEqual(['Ærø', 'Bea', 'Łukasz', 'Straße', 'Zoé']);

  await test.step('a pin is one click on the row; the row goes up when one leaves the list', async () => {
    await row(page, `Straße ${word}`).hover();
    await pin.click();
    await expect(pin).toHaveAttribute('aria-pressed', 'true');
    expect(await names(page, word)).toEqual(['Ærø', 'Bea', 'Łukasz', 'Straße', 'Zoé']);
    await field(page).hover();
    await expect.poll(() => names(page, word)).toEqual(['Straße', 'Ærø', 'Bea', 'Łukasz', 'Zoé']);
  });

  await test.step('unread goes before it, recent after it', async () => {
    await write(me, the('Łukasz'), 'Hello');
    await write(the('Zoé'), me, 'Are you there?');
    await expect.poll(() => names(page, word)).toEqual(['Zoé', 'Straße', 'Łukasz', 'Ærø', 'Bea']);
  });

  await test.step('nothing moves under the pointer; the marks come at once', async () => {
    await row(page, `Ærø ${word}`).hover();
    await write(the('Bea'), me, 'Lunch?');
    await expect(opener(page, `Bea ${word}`)).toHaveAccessibleName(/1 unread message/);
    expect(await names(page, word)).toEqual(['Zoé', 'Straße', 'Łukasz', 'Ærø', 'Bea']);
    await field(page).hover();
    await expect.poll(() => names(page, word)).toEqual(['Bea', 'Zoé', 'Straße', 'Łukasz', 'Ærø']);
  });

  await page.reload();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
});

test('anyone is found, in whatever team, without case and accents', async ({ org, open }) => {
  const word = unique('find');
  const sales = await org.team(`Sales Süd ${word}`);
  const claims = await org.team(`Claims ${word}`);
  const me = await org.person(unique('me'), { team_ids: [sales.id] });
  for (const first of ['Łukasz', 'Đặng Thị Mai', 'Ærø Straße'])
    await org.account(unique('p'), { display_name: `${first} ${word}`, team_ids: [claims.id] });
  await org.account(unique('p'), { display_name: `Paul ${word}`, team_ids: [sales.id] });
  const page = await open(me, kList, kStrip);

  for (const [query, found] of [
    ['lukasz', 'Łukasz'],
    ['mai dang', 'Đặng Thị Mai'],
    ['STRASSE aero', 'Ærø Straße'],
    ['sud', 'Paul'],
  ] as const) {
    await field(page).fill(`${query} ${word}`);
    await expect.poll(() => names(page, word)).toEqual([found]);
  }
  await expect(row(page, `Paul ${word}`)).toContainText(`Sales Süd ${word}`);
  await field(page).fill('nobody at all');
  await expect(page.getByText('No one matches “nobody at all”.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(field(page)).toHaveValue('');
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await field(page).fill(`lukasz ${word}`);
  await expect.poll(() => names(page, word)).toEqual(['Łukasz']);
  await field(page).press('Enter');
  await expect(page.getByRole('heading', { name: `Łukasz ${word}` })).toBeVisible();
});

test('the list goes by keyboard, as one tab stop', async ({ org, open }) => {
  const word = unique('keys');
  const me = await org.person(unique('me'));
  for (const first of ['Amy', 'Bea', 'Carl', 'Dora'])
    await org.account(unique('p'), { display_name: `${first} ${word}` });
  const page = await open(me, kList, kStrip);
  await field(page).fill(word);
  await expect.poll(() => names(page, word)).toEqual(['Amy', 'Bea', 'Carl', 'Dora']);

  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Connected/ }).and(page.locator('[aria-pressed]'))).toBeFocused();
  if (await page.getByRole('combobox', { name: 'Team' }).isVisible()) await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(opener(page, `Amy ${word}`)).toBeFocused();
  await expect(page.getByRole('tooltip')).toContainText('Offline');
  await expect(opener(page, `Amy ${word}`)).toHaveAccessibleDescription(/Offline/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toBeHidden();
  await expect(opener(page, `Amy ${word}`)).toBeFocused();
  for (const [key, first] of [
    ['ArrowDown', 'Bea'],
    ['ArrowDown', 'Carl'],
    ['End', 'Dora'],
    ['PageUp', 'Amy'],
    ['PageDown', 'Dora'],
    ['Home', 'Amy'],
    ['ArrowDown', 'Bea'],
    ['ArrowUp', 'Amy'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(opener(page, `${first} ${word}`)).toBeFocused();
  }

  const pin = page.getByRole('button', { name: `Pin Amy ${word}` });
  await page.keyboard.press('ArrowRight');
  await expect(pin).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('status').filter({ hasText: `Amy ${word} is pinned.` })).toHaveCount(1);
  await page.keyboard.press('ArrowLeft');
  await expect(opener(page, `Amy ${word}`)).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('listitem').locator(':focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(opener(page, `Amy ${word}`)).toBeFocused();
});

test('a conversation goes by keyboard, and the focus comes back to its row', async ({ org, open }) => {
  const name = `Bea ${unique('back')}`;
  const me = await org.person(unique('me'));
  await org.account(unique('p'), { display_name: name });
  const page = await open(me, kList, kHigh);
  await opener(page, name).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: `Message to ${name}` })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('log')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Back to all conversations' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(opener(page, name)).toBeFocused();
});

test('the small form shows circles, unread marks and the tip, and opens a conversation beside it, in French', async ({
  org,
  open,
}) => {
  const name = `Aaron ${unique('small')}`;
  const me = await org.person(unique('me'), { locale: 'fr' });
  const aaron = await org.person(unique('aaron'), { display_name: name });
  const page = await open(me, kList, {
    viewport: { width: 480, height: 700 },
    remembered: { 'pastille.banner.form': 'small' },
  });
  await open(aaron, '/banner');
  await write(aaron, me, 'Bonjour !');
  await expect(opener(page, name)).toHaveAccessibleName(/1 message non lu/);
  await expect(row(page, name).locator('svg.connected')).toBeVisible();

  await row(page, name).locator('.circle').hover();
  await expect(page.getByRole('tooltip')).toContainText(name);
  await expect(page.getByRole('tooltip')).toContainText('Connecté');
  await expectAccessible(page);
  await opener(page, name).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toContainText('Bonjour !');
  await expect(page.getByRole('textbox', { name: `Message à ${name}` })).toBeFocused();
  await expect(opener(page, name)).not.toHaveAccessibleName(/non lu/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('log')).toBeHidden();
  await expect(opener(page, name)).toBeFocused();

  await page.getByRole('button', { name: 'Rechercher un collègue' }).click();
  await expect(page.getByRole('searchbox', { name: 'Rechercher un collègue' })).toBeFocused();
});

test('beside the Maker the small form opens a conversation over the page, and keeps it there', async ({
  org,
  open,
}) => {
  const name = `Aaron ${unique('maker')}`;
  const me = await org.person(unique('me'), { permissions: ['statuses.create'] });
  const aaron = await org.person(unique('aaron'), { display_name: name });
  await write(aaron, me, 'Do you have a minute?');
  const page = await open(me, '/maker', { remembered: { 'pastille.banner.form': 'small' } });
  await row(page, name).locator('.circle').hover();
  await expect(page.getByRole('tooltip')).toContainText(name);
  await opener(page, name).click();
  await expect(page.getByRole('log')).toContainText('Do you have a minute?');
  await expect(opener(page, name)).not.toHaveAccessibleName(/unread/);
  await page.getByRole('textbox', { name: `Message to ${name}` }).fill('Yes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toContainText('Yes');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('log')).toBeHidden();
  await expect(opener(page, name)).toBeFocused();
});

test('the list is accessible in every look, and fits a narrow window', async ({ org, open }) => {
  const me = await org.person(unique('me'));
  const page = await open(me, kList, { viewport: { width: 320, height: 700 } });
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test('two people of one name are told apart by their teams: in their rows, in the tip and in the conversation', async ({
  org,
  open,
}) => {
  const name = `Maria ${unique('lopez')}`;
  const teams = [await org.team(unique('Harbour ')), await org.team(unique('Airport '))];
  for (const team of teams) await org.person(unique('maria'), { display_name: name, team_ids: [team.id] });
  const page = await open(await org.person(unique('ines')), kList, kStrip);
  await field(page).fill(name);
  const one = (of: { name: string }) => row(page, name).filter({ hasText: of.name });
  for (const team of teams) await expect(one(team)).toHaveCount(1);
  await expectAccessible(page);
  const [team] = teams;
  await one(team).locator('.circle').hover();
  await expect(page.getByRole('tooltip')).toContainText(`${name}`);
  await expect(page.getByRole('tooltip')).toContainText(team.name);
  await page.mouse.move(0, 0);
  await one(team).getByRole('button').first().click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(page.getByText(team.name, { exact: true })).toBeVisible();
});

test('signs that are emoji are in colour in row, tip, conversation and message alike; digits are not', async ({
  org,
  open,
}) => {
  const name = `Ines ${unique('calls')}`;
  const phone = await org.status(unique('Phone '), { type: 'busy', icon: '\u260e' });
  const ines = await org.person(unique('ines'), { display_name: name });
  const theirs = await open(ines, '/banner', kHigh);
  await theirs.getByRole('main').getByRole('radio', { name: phone.name }).click();
  const me = await org.person(unique('me'));
  const page = await open(me, kList, kStrip);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  /** Which fonts draw it, and how many signs each. */
  const fonts = async (text: Locator): Promise<Record<string, number>> => {
    await text.evaluate((element) => element.setAttribute('data-fonts', ''));
    const { root } = await devtools.send('DOM.getDocument', { depth: 0 });
    const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: '[data-fonts]' });
    const found = (await devtools.send('CSS.getPlatformFontsForNode', { nodeId })).fonts;
    await text.evaluate((element) => element.removeAttribute('data-fonts'));
    return Object.fromEntries(found.map((each) => [each.familyName, each.glyphCount]));
  };
  const kColour = 'Noto Color Emoji';

  await field(page).fill(name);
  await expect(row(page, name).locator('.shows')).toContainText('\u260e');
  expect((await fonts(row(page, name).locator('.shows')))[kColour]).toBe(1);
  await row(page, name).locator('.circle').hover();
  expect((await fonts(page.getByRole('tooltip').locator('.status')))[kColour]).toBe(1);
  await page.mouse.move(0, 0);
  await write(ines, me, 'At 9:30 \u2764 \u260e, 12 \u00a9 \u{1f469}\u200d\u{1f4bb} \u{1f1eb}\u{1f1f7}');
  await opener(page, name).click();
  const message = page.getByRole('log').getByText(/At 9:30/);
  await expect(message).toBeVisible();
  const drawn = await fonts(message);
  expect(drawn[kColour]).toBe(4);
  expect(Object.values(drawn).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(15);
});
