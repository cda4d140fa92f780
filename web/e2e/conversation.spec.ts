// A conversation between two people: R18, real time, read marks, and nothing lost.

import type { Page } from '@playwright/test';
import { answered, expect, expectAccessible, lostServer, test, unique, type Person } from './fixtures';

const kList = '/banner/conversations';
const kStrip = { viewport: { width: 380, height: 760 } };

const opener = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ hasText: name }).getByRole('button').first();

async function write(from: Person, to: Person, ...texts: string[]): Promise<string> {
  const { id } = await from.get('openConversation', { body: { with: to.me.id } });
  for (const text of texts) await from.get('sendMessage', { id, body: { text } });
  return id;
}

test('two people talk, and each sees what the other has read', async ({ org, open }) => {
  const word = unique('talk');
  const anna = await org.person(unique('anna'), { display_name: `Anna ${word}` });
  const bo = await org.person(unique('bo'), { display_name: `Bo ${word}` });
  const annas = await open(anna, kList, kStrip);
  const bos = await open(bo, kList, kStrip);

  await annas.getByRole('searchbox').fill(word);
  await opener(annas, `Bo ${word}`).click();
  await expect(annas.getByRole('textbox', { name: `Message to Bo ${word}` })).toBeFocused();
  await annas.keyboard.type('One');
  await annas.keyboard.press('Shift+Enter');
  await annas.keyboard.type('two');
  await annas.keyboard.press('Enter');
  await expect(annas.getByRole('textbox')).toHaveValue('');
  await expect(annas.getByRole('status').filter({ hasText: 'Message sent.' })).toHaveCount(1);
  await expect(opener(bos, `Anna ${word}`)).toHaveAccessibleName(/1 unread message/);
  await expect(bos.getByRole('link', { name: /Conversations/ })).toContainText('1');
  await expect(annas.getByText('Read', { exact: true })).toBeHidden();

  await opener(bos, `Anna ${word}`).click();
  await expect(bos.getByRole('log')).toContainText('One\ntwo', { useInnerText: true });
  await expect(annas.getByText('Read', { exact: true })).toBeVisible();
  await expect(bos.getByRole('link', { name: /Conversations/ })).not.toContainText('1');

  await expect(bos.getByRole('textbox')).toBeFocused();
  await bos.keyboard.type('https://example.org/case');
  await bos.keyboard.press('Enter');
  await expect(annas.getByRole('link', { name: 'https://example.org/case' })).toHaveAttribute('rel', /noopener/);
  await expectAccessible(annas);
  await annas.getByRole('button', { name: 'Back to all conversations' }).click();
  await expect(annas.getByRole('listitem').filter({ hasText: `Bo ${word}` })).toContainText('Connected');
  await expect(opener(annas, `Bo ${word}`)).not.toHaveAccessibleName(/unread/);
});

test('earlier messages come when one scrolls up, and what one reads stays where it is', async ({ org, open }) => {
  const me = await org.person(unique('me'));
  const paul = await org.person(unique('paul'), { display_name: 'Paul Perrin' });
  const id = await write(paul, me, ...Array.from({ length: 70 }, (_, i) => `Line ${i + 1}`));
  const page = await open(me, `${kList}/${id}`, kStrip);
  const log = page.getByRole('log', { name: 'Messages with Paul Perrin' });
  // The end stays in sight when the line that Paul is offline takes its room.
  await expect(page.getByText('Paul Perrin is offline')).toBeVisible();
  await expect(log.getByText('Line 70')).toBeInViewport();
  await expect(page.getByRole('button', { name: 'To the newest message' })).toBeHidden();
  await expect(log.getByText('Line 20')).not.toBeAttached();
  const place = (text: string) =>
    log
      .getByText(text, { exact: true })
      .evaluate((line) => line.closest('.bubble')?.getBoundingClientRect().top ?? NaN);
  // Measured before anything can have come.
  const before = await log.evaluate((box) => {
    box.scrollTop = 120;
    const line = [...box.querySelectorAll('.bubble')].find((each) => each.textContent === 'Line 24');
    return line?.getBoundingClientRect().top ?? NaN;
  });
  await expect(log.getByText('Line 1', { exact: true })).toBeAttached();
  expect(Math.abs((await place('Line 24')) - before)).toBeLessThan(2);

  // What is new does not pull one down.
  await write(paul, me, 'Still there?');
  await page.getByRole('button', { name: '1 new message' }).click();
  await expect(log.getByText('Still there?')).toBeInViewport();
  await expect(log.getByText('New', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /Conversations/ })).toHaveText('Conversations');
});

test('what is written while the server is away is sent when it is back, in order and once', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  const me = await org.person(unique('me'));
  const paul = await org.person(unique('paul'));
  const id = await write(paul, me, 'Hello');
  const page = await open(me, `${kList}/${id}`, kStrip);
  await expect(page.getByRole('log')).toContainText('Hello');
  await org.server.stop();
  for (const text of ['First', 'Second']) {
    await page.getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('Not sent yet').first()).toBeVisible();
  await page.getByRole('textbox').fill('A draft');
  await org.server.start();
  await expect
    .poll(async () => (await paul.get('listMessages', { id })).items.map((each: { text: string }) => each.text), {
      timeout: 25_000,
    })
    .toEqual(['Second', 'First', 'Hello']);
  await expect(page.getByText('Not sent yet')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('textbox')).toHaveValue('A draft');
  await expect(page.getByRole('log').getByText('First')).toHaveCount(1);
});

test('a person who left is a former colleague; what was said stays', async ({ org, open }) => {
  const word = unique('left');
  const me = await org.person(unique('me'));
  const paul = await org.person(unique('paul'), { display_name: `Paul ${word}` });
  const id = await write(paul, me, `Farewell ${word}`);
  const page = await open(me, `${kList}/${id}`, kStrip);
  await expect(page.getByRole('textbox', { name: `Message to Paul ${word}` })).toBeVisible();
  await org.admin.call('patchUser', { id: paul.me.id, body: { active: false } });
  await expect(page.getByRole('heading', { name: 'Former colleague' })).toBeVisible();
  await expect(page.getByText('This colleague has left.')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await org.admin.call('eraseUser', { id: paul.me.id });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Former colleague' })).toBeVisible();
  await expect(page.getByRole('log')).toContainText('Farewell');
  await page.getByRole('button', { name: 'Back to all conversations' }).click();
  await expect(opener(page, `Farewell ${word}`)).toHaveAccessibleName(/^Former colleague/);
  await page.getByRole('searchbox').fill(word);
  await expect(page.getByText('No one matches')).toBeVisible();
});

test('a long text is counted by characters and refused before it is sent', async ({ org, open }) => {
  const word = unique('long');
  const me = await org.person(unique('me'));
  const paul = await org.person(unique('paul'), { display_name: `Paul ${word}` });
  const id = await write(me, paul);
  const page = await open(me, `${kList}/${id}`, kStrip);
  const field = page.getByRole('textbox');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await expect(send).toBeDisabled();
  await field.fill('🙂'.repeat(4_000));
  await expect(page.getByText('4,000 of 4,000 characters')).toBeVisible();
  await expect(send).toBeEnabled();
  await field.fill('🙂'.repeat(4_001));
  await expect(page.getByText('4,001 characters; at most 4,000 fit into one message.')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.press('Enter');
  await expect(page.getByRole('log').getByRole('listitem')).toHaveCount(0);
});

test("somebody else's conversation is not here", async ({ org, open, allow }) => {
  allow(answered(404));
  const [anna, bo, eve] = [
    await org.person(unique('anna')),
    await org.person(unique('bo')),
    await org.person(unique('eve')),
  ];
  const id = await write(anna, bo, 'Between us');
  const page = await open(eve, `${kList}/${id}`, kStrip);
  await expect(page.getByText('This conversation does not exist.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to all conversations' }).click();
  await expect(page.getByRole('searchbox')).toBeVisible();
});
