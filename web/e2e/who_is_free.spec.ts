// Who is free: counts as toggles that narrow the list of colleagues, a team, and a search by what people show.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test, unique } from './fixtures';

const kList = '/banner/conversations';
const kStrip = { viewport: { width: 340, height: 760 } };
const toggle = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name });
const rows = (page: Page) => page.getByRole('list', { name: 'Colleagues and conversations' }).getByRole('listitem');

test('is asked with one click, seen live, kept over a reload, and ends with Show everyone', async ({ org, open }) => {
  const word = unique('free');
  const me = await org.person(unique('me'));
  const [ada, ben, cleo] = await Promise.all(
    ['Ada', 'Ben', 'Cleo'].map((first) => org.person(unique('p'), { display_name: `${first} ${word}` })),
  );
  if (ada === undefined || ben === undefined || cleo === undefined) throw new Error('There are three.');
  await Promise.all([ada, ben].map((who) => open(who, '/banner')));
  await ben.get('setMyStatus', { body: { status_id: org.system.get('busy').id, note: 'Counting chairs' } });
  const page = await open(me, '/banner', kStrip);

  await test.step('on Home the counts lead to the list of those', async () => {
    await toggle(page, 'Busy').click();
    await expect(page).toHaveURL(/conversations$/);
    await expect(toggle(page, 'Busy')).toHaveAttribute('aria-pressed', 'true');
    await expect(rows(page).filter({ hasText: word })).toHaveText([
      new RegExp(`Ben ${word}.*Busy.*Counting chairs`, 's'),
    ]);
    await expectAccessible(page);
  });
  await test.step('the list follows what people do', async () => {
    await page.getByRole('searchbox').hover();
    await ada.get('setMyStatus', { body: { status_id: org.system.get('busy').id } });
    await expect(rows(page).filter({ hasText: word })).toHaveCount(2);
    await ben.get('clearMyStatus', {});
    await expect(rows(page).filter({ hasText: word })).toHaveText([new RegExp(`Ada ${word}`)]);
  });
  await test.step('it is kept, by keyboard, too', async () => {
    await page.reload();
    await expect(toggle(page, 'Busy')).toHaveAttribute('aria-pressed', 'true');
    await toggle(page, 'Busy').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await expect(toggle(page, 'Offline')).toHaveAttribute('aria-pressed', 'true');
    await expect(rows(page).filter({ hasText: word })).toHaveText([new RegExp(`Cleo ${word}.*Offline`, 's')]);
  });
  await page.getByRole('button', { name: 'Show everyone' }).click();
  await expect(rows(page).filter({ hasText: word })).toHaveCount(3);
});

test('never hides who has written, and goes by team', async ({ org, open }) => {
  const word = unique('team');
  const team = await org.team(`Claims ${word}`);
  const me = await org.person(unique('me'));
  await org.account(unique('p'), { display_name: `Inside ${word}`, team_ids: [team.id] });
  await org.account(unique('p'), { display_name: `Outside ${word}` });
  const writer = await org.person(unique('p'), { display_name: `Writer ${word}` });
  const { id } = await writer.get('openConversation', { body: { with: me.me.id } });
  await writer.get('sendMessage', { id, body: { text: 'Are you there?' } });
  const page = await open(me, kList, kStrip);
  await page.getByRole('combobox', { name: 'Team' }).selectOption(`Claims ${word}`);
  await expect(rows(page).filter({ hasText: word })).toHaveText([/Writer.*Are you there\?/s, /Inside/]);
});

test('finds people by the name of what they show, in any language', async ({ org, open }) => {
  const word = unique('shows');
  const status = await org.status(`Coaching ${word}`, { type: 'busy', names: { fr: `Accompagnement ${word}` } });
  const me = await org.person(unique('me'));
  const dan = await org.person(unique('p'), { display_name: 'Dan Dunn' });
  await open(dan, '/banner');
  await dan.get('setMyStatus', { body: { status_id: status.id, for_s: 3600 } });
  const page = await open(me, kList, kStrip);
  for (const query of [`coaching ${word}`, `accompagnement ${word}`]) {
    await page.getByRole('searchbox').fill(query);
    await expect(rows(page)).toHaveText([new RegExp(`Dan Dunn.*Coaching ${word}.*until`, 's')]);
  }
});
