// One's own status: the menu under one's name (R12), Home (R13), both the same at once; a note, an
// end, what happens at that end, and everything by keyboard.
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test, unique, type Person } from './fixtures';

const own = (page: Page): Locator => page.locator('header').getByRole('button').first();
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Your status' });
const item = (page: Page, name: string): Locator => dialog(page).getByRole('menuitemradio', { name, exact: true });
const radio = (page: Page, name: string): Locator => page.getByRole('main').getByRole('radio', { name, exact: true });
const line = (page: Page): Locator => page.getByRole('region', { name: 'Your status' });
const said = (page: Page): Locator => page.getByRole('status');

const entryOf = async (
  person: Person,
): Promise<{ status: string; type: string; note: string | null; since: string; until: string | null }> =>
  (await person.get('getMyStatus')).entry;
const clock = (instant: string | null, timeZone: string, locale = 'en-GB'): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(String(instant)));
const minutes = (entry: { since: string; until: string | null }): number =>
  Math.round((Date.parse(String(entry.until)) - Date.parse(entry.since)) / 60_000);
/** A zone where it is between 6 and 18 h now: the end of a status an hour from now is an end of today. */
const zoneAtDay = (): string =>
  String(
    ['Pacific/Honolulu', 'America/New_York', 'Europe/Paris', 'Asia/Tokyo'].find((zone) => {
      const hour = Number(
        new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(),
      );
      return hour >= 6 && hour < 18;
    }),
  );
/** An end that a test need not wait a minute for. */
const endsIn = (ms: number): string => new Date(Date.now() + ms).toISOString();

async function someone(
  org: { person(login: string, what?: object): Promise<Person> },
  what: object = {},
): Promise<Person> {
  return org.person(unique('owner'), { locale: 'en-GB', time_zone: 'Europe/Paris', ...what });
}

test('a choice in the menu shows on Home and in another tab at once, and one on Home in the menu (R12, R13)', async ({
  org,
  open,
}) => {
  const coffee = await org.status(unique('Coffee'));
  const me = await someone(org);
  const [first, second] = [await open(me, '/banner'), await open(me, '/banner')];
  await expect(radio(first, 'Connected')).toBeChecked();

  await own(first).click();
  await expect(item(first, 'Connected')).toBeFocused();
  await expect(item(first, 'Connected')).toHaveAttribute('aria-checked', 'true');
  await item(first, coffee.name).click();
  await expect(dialog(first)).toBeHidden();
  await expect(said(first)).toHaveText(`You are now ${coffee.name}.`);
  for (const page of [first, second]) {
    await expect(own(page)).toContainText(coffee.name);
    await expect(radio(page, coffee.name)).toBeChecked();
  }
  await expect.poll(async () => (await entryOf(me)).status).toBe(coffee.id);

  await radio(second, 'Busy').click();
  await expect(own(first)).toContainText('Busy');
  await own(first).click();
  await expect(item(first, 'Busy')).toHaveAttribute('aria-checked', 'true');
  await expect(item(first, coffee.name)).toHaveAttribute('aria-checked', 'false');
  await expect(said(second)).toHaveText('You are now Busy.');
});

test('the statuses are grouped by type, the system one first, then what one uses most', async ({ org, open }) => {
  const [walk, lunch] = [
    await org.status(unique('A walk'), { position: 1 }),
    await org.status(unique('Lunch'), { position: 2 }),
  ];
  const page = await open(await someone(org), '/banner');
  const absent = dialog(page).getByRole('group', { name: 'Absent' }).getByRole('menuitemradio');
  const order = async (): Promise<string[]> =>
    (await absent.allInnerTexts())
      .map((text) => text.trim())
      .filter((text) => [walk.name, lunch.name, 'Absent'].includes(text));

  await own(page).click();
  await expect(dialog(page).getByRole('menu').getByRole('group')).toHaveCount(4);
  expect(await order()).toEqual(['Absent', walk.name, lunch.name]);
  await item(page, lunch.name).click();
  await expect(dialog(page)).toBeHidden();
  await own(page).click();
  await expect(item(page, lunch.name)).toBeFocused();
  expect(await order()).toEqual(['Absent', lunch.name, walk.name]);
});

test("a note and an end go with the choice; the end is shown in the person's own zone", async ({ org, open }) => {
  const lunch = await org.status(unique('Lunch'));
  const zone = zoneAtDay();
  const me = await someone(org, { time_zone: zone });
  const page = await open(me, '/banner', { timezoneId: 'Pacific/Kiritimati' });
  await own(page).click();
  await dialog(page).getByLabel('Note').fill('Back soon, call my deputy');
  await dialog(page).getByRole('radio', { name: '1 hour' }).check();
  await item(page, lunch.name).hover();
  await expect(dialog(page).getByText(new RegExp(`^${lunch.name}, until \\d\\d:\\d\\d$`))).toBeVisible();
  await item(page, lunch.name).click();
  await expect(dialog(page)).toBeHidden();
  const entry = await entryOf(me);
  expect(entry).toMatchObject({ status: lunch.id, note: 'Back soon, call my deputy' });
  expect(minutes(entry)).toBe(60);
  await expect(own(page)).toContainText(`until ${clock(entry.until, zone)}`);
  await expect(own(page)).toContainText('Back soon, call my deputy');

  // The note alone: the end stays what it was.
  await own(page).click();
  await expect(dialog(page).getByLabel('Note')).toHaveValue('Back soon, call my deputy');
  await dialog(page).getByLabel('Note').fill('Back at two');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(own(page)).toContainText('Back at two');
  await expect.poll(() => entryOf(me)).toMatchObject({ note: 'Back at two', until: entry.until });

  // Another status does not take the note over.
  await own(page).click();
  await item(page, 'Busy').click();
  await expect(own(page)).not.toContainText('Back at two');
  await expect.poll(() => entryOf(me)).toMatchObject({ type: 'busy', note: null, until: null });
});

test("a status's default duration is shown and applied when nothing else is chosen", async ({ org, open }) => {
  const pause = await org.status(unique('Pause'), { default_duration_s: 1_800 });
  const me = await someone(org);
  const page = await open(me, '/banner');
  await own(page).click();
  await expect(item(page, pause.name)).toContainText('30 min');
  await item(page, pause.name).hover();
  await expect(dialog(page).getByRole('radio', { name: 'Default (30 min' })).toBeChecked();
  await item(page, pause.name).click();
  await expect(own(page)).toContainText('until');
  await expect.poll(async () => minutes(await entryOf(me))).toBe(30);

  await radio(page, 'Connected').click();
  await expect(own(page)).not.toContainText('until');
  await radio(page, 'Don’t clear').check();
  await radio(page, pause.name).click();
  await expect(own(page)).toContainText(pause.name);
  await expect.poll(() => entryOf(me)).toMatchObject({ status: pause.id, until: null });
});

test("today ends at one's own midnight, and a picked time is taken from one's own clock", async ({ org, open }) => {
  const me = await someone(org, { time_zone: 'America/New_York' });
  const page = await open(me, '/banner');
  await own(page).click();
  await dialog(page).getByRole('radio', { name: 'Today' }).check();
  await item(page, 'Absent').click();
  await expect(dialog(page)).toBeHidden();
  expect(clock((await entryOf(me)).until, 'America/New_York')).toBe('00:00');

  await own(page).click();
  await dialog(page).getByRole('radio', { name: 'Pick a time' }).check();
  const time = dialog(page).getByLabel('Date and time');
  await time.fill('2020-01-01T10:00');
  await item(page, 'Busy').click();
  await expect(dialog(page).getByText('Pick a time that is still to come, within a year.')).toBeVisible();
  await expect(time).toBeFocused();
  expect((await entryOf(me)).status).toBe(org.system.get('absent').id);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await time.fill(`${tomorrow}T17:45`);
  await item(page, 'Busy').click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(async () => clock((await entryOf(me)).until, 'America/New_York')).toBe('17:45');
});

test('a note that is too long is not sent, and its field says why', async ({ org, open }) => {
  const me = await someone(org);
  const page = await open(me, '/banner');
  await own(page).click();
  const note = dialog(page).getByLabel('Note');
  await note.fill('🙂'.repeat(141));
  await item(page, 'Busy').click();
  await expect(note).toBeFocused();
  await expect(note).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog(page).getByText('A note has at most 140 characters.')).toBeVisible();
  await note.fill('🙂'.repeat(140));
  await item(page, 'Busy').click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(async () => (await entryOf(me)).note).toBe('🙂'.repeat(140));
});

test('when a status has ended, a line says so, gives 15 minutes more, or another choice', async ({ org, open }) => {
  const walk = await org.status(unique('Walk'));
  const me = await someone(org);
  const page = await open(me, '/banner', { reducedMotion: 'reduce' });
  await expect(radio(page, 'Connected')).toBeChecked();
  await me.get('setMyStatus', { body: { status_id: walk.id, note: 'in the park', until: endsIn(1_500) } });
  await expect(own(page)).toContainText('in the park');
  await expect(line(page)).toContainText(`${walk.name} has ended, you are Connected.`);
  await expect(said(page)).toHaveText(`${walk.name} has ended, you are Connected.`);
  await expect(radio(page, 'Connected')).toBeChecked();
  await expectAccessible(page);

  await page.getByRole('button', { name: '15 min more' }).click();
  await expect(own(page)).toContainText(walk.name);
  await expect(page.getByRole('button', { name: '15 min more' })).toBeHidden();
  const entry = await entryOf(me);
  expect(entry).toMatchObject({ status: walk.id, note: 'in the park' });
  expect(minutes(entry)).toBe(15);

  await me.get('setMyStatus', { body: { status_id: walk.id, until: endsIn(1_500) } });
  await page.getByRole('button', { name: 'Choose another' }).click();
  await expect(item(page, 'Connected')).toBeFocused();
  await page.keyboard.press('Escape');
  await line(page).getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Choose another' })).toBeHidden();
});

test('one comes back earlier oneself: no line', async ({ org, open }) => {
  const walk = await org.status(unique('Walk'));
  const me = await someone(org);
  const page = await open(me, '/banner');
  await me.get('setMyStatus', { body: { status_id: walk.id, for_s: 600 } });
  await expect(own(page)).toContainText(walk.name);
  await me.get('clearMyStatus');
  await expect(radio(page, 'Connected')).toBeChecked();
  await expect(page.getByRole('button', { name: '15 min more' })).toBeHidden();
});

test('who shows a status that is deleted is told what they show instead', async ({ org, open }) => {
  const drill = await org.status(unique('Drill'), { type: 'busy' });
  const me = await someone(org);
  const page = await open(me, '/banner');
  await radio(page, drill.name).click();
  await expect(own(page)).toContainText(drill.name);
  await org.admin.get('deleteStatus', { id: drill.id });
  await expect(line(page)).toContainText(`${drill.name} was deleted, you are shown as Busy.`);
  await expect(own(page)).toContainText('Busy');
  await expect(radio(page, 'Busy')).toBeChecked();
  await expect(radio(page, drill.name)).toHaveCount(0);
});

test('all of it by keyboard: find, choose, write, end', async ({ org, open }) => {
  const cafe = await org.status(unique('Pause café'), { names: { fr: unique('Café') } });
  const me = await someone(org);
  const page = await open(me, '/banner');
  await expect(radio(page, 'Connected')).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(own(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(item(page, 'Connected')).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Connected')).toBeFocused();
  await page.keyboard.type('CAFE');
  await expect(dialog(page).getByRole('searchbox')).toHaveValue('CAFE');
  await expect(item(page, 'Connected')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog(page).getByRole('searchbox')).toHaveValue('');
  await page.keyboard.type(cafe.name.toLowerCase().replace('é', 'e'));
  await page.keyboard.press('ArrowDown');
  await expect(item(page, cafe.name)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('with Nadia');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(dialog(page).getByRole('radio', { name: '15 min' })).toBeChecked();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(item(page, cafe.name)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(own(page)).toBeFocused();
  const entry = await entryOf(me);
  expect(entry).toMatchObject({ status: cafe.id, note: 'with Nadia' });
  expect(minutes(entry)).toBe(15);
  await page.keyboard.press('Enter');
  await expect(item(page, cafe.name)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(own(page)).toBeFocused();
});

test('on Home arrows move the choice, and only Enter shows it', async ({ org, open }) => {
  const me = await someone(org);
  const page = await open(me, '/banner');
  await radio(page, 'Busy').click();
  await expect(own(page)).toContainText('Busy');
  await expect.poll(async () => (await entryOf(me)).type).toBe('busy');
  const { since } = await entryOf(me);
  await page.keyboard.press('ArrowDown');
  await expect(radio(page, 'Busy')).not.toBeChecked();
  await expect(page.getByText('Press Enter to show it to your colleagues.')).toBeVisible();
  expect((await entryOf(me)).since).toBe(since);
  await page.keyboard.press('Escape');
  await expect(radio(page, 'Busy')).toBeChecked();
  await page.keyboard.press('ArrowUp');
  const name = String(await page.getByRole('main').getByRole('radio', { checked: true }).first().getAttribute('value'));
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await entryOf(me)).status).toBe(name);
  expect(name).not.toBe(org.system.get('busy').id);
});

test('Home and the menu are accessible and fit every width', async ({ org, open }) => {
  const page = await open(await someone(org), '/banner', { reducedMotion: 'reduce' });
  await expect(radio(page, 'Connected')).toBeChecked();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await own(page).click();
  await dialog(page).getByRole('radio', { name: 'Pick a time' }).check();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 500 });
  await expect(dialog(page)).toBeInViewport({ ratio: 1 });
});
