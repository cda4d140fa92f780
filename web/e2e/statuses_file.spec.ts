// The organisation's statuses as a file: out as JSON and CSV; in after it was tried out, all of it or nothing.
import { readFile } from 'node:fs/promises';
import { answered, expect, expectAccessible, expectNoSidewaysScroll, test, unique } from './fixtures';
import type { Download, Locator, Page } from '@playwright/test';

const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.locator('.name').getByText(name, { exact: true }) });
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Import statuses from a file' });
const input = (page: Page): Locator => dialog(page).getByLabel('JSON or CSV file');
const step = (page: Page, name: string): Locator =>
  dialog(page).getByRole('region', { name: 'What would change' }).getByRole('listitem').filter({ hasText: name });
const confirm = (page: Page): Locator => dialog(page).getByRole('button', { name: 'Import', exact: true });

const file = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
const json = (statuses: readonly unknown[]) => file('statuses.json', JSON.stringify({ statuses }));

async function exported(page: Page, how: string): Promise<Download> {
  await page.getByRole('button', { name: 'Export and import' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: how }).click();
  return download;
}

async function openImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export and import' }).click();
  await page.getByRole('menuitem', { name: 'Import a file…' }).click();
  await expect(dialog(page)).toBeVisible();
}

test('the statuses go out as JSON and as CSV, and come in again as they are', async ({ org, open }) => {
  const name = unique('Exported, ');
  const kept = {
    name,
    names: { fr: `Exporté ${name}` },
    type: 'absent',
    tags: ['One', 'Two'],
    icon: '☕',
    default_duration_s: 900,
  };
  await org.admin.call('createStatus', { body: kept });
  const page = await open(org.admin, '/maker/statuses');
  const asJson = await exported(page, 'Export as JSON');
  expect(asJson.suggestedFilename()).toBe('statuses.json');
  const text = await readFile(await asJson.path(), 'utf8');
  expect(JSON.parse(text).statuses.find((each: { name: string }) => each.name === name)).toMatchObject(kept);
  const asCsv = await exported(page, 'Export as CSV');
  expect(asCsv.suggestedFilename()).toBe('statuses.csv');
  expect(await readFile(await asCsv.path(), 'utf8')).toContain(`"${name}",absent,One;Two,☕,900,`);
  await expect(page).toHaveURL(/\/maker\/statuses$/);

  await openImport(page);
  for (const download of [asJson, asCsv]) {
    await input(page).setInputFiles(file(download.suggestedFilename(), await readFile(await download.path(), 'utf8')));
    await expect(dialog(page).getByRole('status')).toContainText(/as the file says already\.\s*$/);
    await expect(dialog(page).getByRole('region')).toHaveCount(0);
    await expect(confirm(page)).toBeDisabled();
  }
});

test('a file is tried out first: what is new, and each field that changes; then all of it', async ({ org, open }) => {
  const word = unique('brought');
  const { id } = await org.status(`Lunch ${word}`, {
    names: { fr: 'Repas' },
    tags: ['Break'],
    default_duration_s: 900,
  });
  await org.status(`Same ${word}`);
  const page = await open(org.admin, `/maker/statuses?q=${word}`);
  await openImport(page);
  await expect(confirm(page)).toBeDisabled();
  await expectAccessible(page);
  await input(page).setInputFiles(
    json([
      {
        name: `LUNCH ${word}`,
        names: { fr: 'Déjeuner', de: 'Mittag' },
        type: 'busy',
        tags: [],
        default_duration_s: 3600,
      },
      { name: `Same ${word}`, type: 'absent' },
      { name: `Tea ${word}`, type: 'absent', tags: ['Break'], icon: '🍵' },
    ]),
  );
  await expect(dialog(page).getByRole('status')).toContainText(
    '1 status would be created. 1 would be changed. 1 is as the file says already.',
  );
  const lunch = step(page, `Lunch ${word}`);
  await expect(lunch).toContainText('Changed');
  for (const change of [
    new RegExp(`Name\\s*before: Lunch ${word}.*now: LUNCH ${word}`),
    /Name in French\s*before: Repas.*now: Déjeuner/,
    /Name in German\s*Mittag/,
    /Type\s*before: Absent.*now: Busy/,
    /Tags\s*before: Break.*now: none/,
    /Default duration\s*before: 15 min.*now: 1 hr/,
  ])
    await expect(lunch).toContainText(change);
  await expect(step(page, `Tea ${word}`)).toContainText(/Absent\s*New.*Tags\s*Break.*Emoji\s*🍵/s);
  await expect(step(page, `Same ${word}`)).toHaveCount(0);
  await expectAccessible(page);
  expect((await org.admin.get('getStatus', { id })).version).toBe(1); // nothing has happened yet
  await expect(row(page, `Tea ${word}`)).toHaveCount(0);

  await confirm(page).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: 'Imported: 1 created, 1 changed.' })).toBeAttached();
  await expect(page.getByRole('button', { name: 'Export and import' })).toBeFocused();
  await expect(row(page, `LUNCH ${word}`)).toContainText('Busy');
  await expect(row(page, `Tea ${word}`)).toContainText('Break');
  const saved = await org.admin.get('getStatus', { id });
  expect([saved.names, saved.type, saved.tags, saved.default_duration_s]).toEqual([
    { fr: 'Déjeuner', de: 'Mittag' },
    'busy',
    [],
    3600,
  ]);
});

test('one fault and nothing of the file is taken; each is told with its place', async ({ org, open, allow }) => {
  allow(answered(422));
  allow(answered(400));
  const word = unique('faulty');
  const page = await open(org.admin, '/maker/statuses/import');
  const faults = dialog(page).getByRole('region', { name: 'Problems' });
  await input(page).setInputFiles(
    file(
      'statuses.csv',
      `name,type,default_duration_s\r\nFine ${word},busy,\r\nBlue ${word},blue,\r\nBusy,absent,soon\r\n`,
    ),
  );
  await expect(faults.getByRole('columnheader')).toHaveText(['Line', 'Field', 'Problem']);
  await expect(faults.getByRole('row').nth(1)).toContainText(/^3\s*Type/);
  await expect(faults.getByRole('row').filter({ hasText: 'Default duration' })).toContainText(/^4\s*Default duration/);
  await expect(dialog(page).getByRole('status')).toContainText('3 problems. Nothing was changed.');
  await expect(confirm(page)).toBeDisabled();
  await expectAccessible(page);

  await input(page).setInputFiles(
    json([
      { name: `Fine ${word}`, type: 'busy' },
      { name: `Fine ${word}`, names: { fr: ' ' }, type: 'busy' },
      { name: 'Busy', type: 'busy' },
    ]),
  );
  await expect(faults.getByRole('columnheader').first()).toHaveText('Status');
  await expect(faults.getByRole('row').filter({ hasText: 'twice' })).toContainText(/^2\s*Name/);
  await expect(faults.getByRole('row').filter({ hasText: 'system status' })).toContainText(/^3/);
  await input(page).setInputFiles(file('x.csv', `name;type\r\n${word};busy`)); // as spreadsheets of many countries save it
  await expect(faults).toHaveCount(0);
  await input(page).setInputFiles(file('x.json', '{"statuses": ['));
  await expect(dialog(page).getByRole('status')).toHaveText(/JSON/);
  await input(page).setInputFiles(file('statuses.xlsx', 'PK'));
  await expect(dialog(page).getByText('must end in .json or .csv.')).toBeVisible();
  await input(page).setInputFiles(file('large.csv', ' '.repeat(8 * 1024 * 1024 + 1)));
  await expect(dialog(page).getByText('larger than 8 MB')).toBeVisible();
  await input(page).setInputFiles(json([]));
  await expect(dialog(page).getByText('There is no status in this file.')).toBeVisible();
  await expect(confirm(page)).toBeDisabled();
  expect((await org.admin.get('listStatuses', { query: { q: word } })).items).toEqual([]);

  // The mended file goes in.
  await input(page).setInputFiles(file('statuses.csv', `name,type\r\nFine ${word},busy\r\n`));
  await confirm(page).click();
  await expect(row(page, `Fine ${word}`)).toBeVisible();
});

test('what others change meanwhile shows in what the file would do, before it is done', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(422));
  const name = unique('Between ');
  const { id } = await org.status(name);
  const page = await open(org.admin, '/maker/statuses/import');
  await input(page).setInputFiles(json([{ name, type: 'busy' }]));
  await expect(step(page, name)).toContainText(/Type\s*before: Absent.*now: Busy/);
  await org.admin.call('patchStatus', { id, body: { type: 'in_a_call' } });
  await expect(step(page, name)).toContainText(/Type\s*before: In a call.*now: Busy/);
  await expect(dialog(page).getByText('Statuses have been changed elsewhere in the meantime')).toBeVisible();
  await expectAccessible(page);
  await org.admin.call('deleteStatus', { id });
  await expect(step(page, name)).toContainText('New');
  await confirm(page).click();
  await expect(row(page, name)).toContainText('Busy');
});

test('export takes one of the permissions on statuses, import two; the server refuses the rest', async ({
  org,
  open,
  allow,
}) => {
  allow(answered(403));
  const ways = {
    'statuses.create': 2,
    'statuses.modify': 2,
    'statuses.delete': 2,
    'teams.manage': 0,
    'statuses.create statuses.modify': 3,
  };
  for (const [permissions, offered] of Object.entries(ways)) {
    const page = await open(
      await org.person(unique('files'), { permissions: permissions.split(' ') }),
      '/maker/statuses',
    );
    await expect(row(page, 'Busy')).toBeVisible();
    const menu = page.getByRole('button', { name: 'Export and import' });
    await expect(menu).toHaveCount(offered === 0 ? 0 : 1);
    if (offered > 0) {
      await menu.click();
      await expect(page.getByRole('menuitem')).toHaveCount(offered);
    }
    const answers = await page.evaluate(async () => [
      (await fetch('/api/v1/statuses/export')).status,
      (
        await fetch('/api/v1/statuses/import?dry_run=true', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{"statuses":[]}',
        })
      ).status,
    ]);
    expect(answers, permissions).toEqual([offered === 0 ? 403 : 200, offered === 3 ? 200 : 403]);
    await page.goto('/maker/statuses/import');
    if (offered === 3) await expect(dialog(page)).toBeVisible();
    else await expect(page.getByText(/It takes the permission “statuses\.(create|modify)”/)).toBeVisible();
    await page.context().close();
  }
});

test('the keyboard alone opens the import, reads a long file through and confirms', async ({ org, open }) => {
  const word = unique('many');
  const page = await open(org.admin, '/maker/statuses');
  await page.getByRole('button', { name: 'Export and import' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Import a file…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Export and import' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Import a file…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await expect(input(page)).toBeFocused();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (
    await chooser
  ).setFiles(json(Array.from({ length: 40 }, (_, i) => ({ name: `Status ${i} of ${word}`, type: 'absent' }))));
  await expect(dialog(page).getByText('40 statuses would be created.')).toBeVisible();
  await page.keyboard.press('Tab');
  const steps = dialog(page).getByRole('region', { name: 'What would change' });
  await expect(steps).toBeFocused();
  await page.keyboard.press('End');
  await expect(steps.getByText(`Status 39 of ${word}`)).toBeInViewport();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(confirm(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  expect((await org.admin.get('listStatuses', { query: { q: word } })).total).toBe(40);
});

test('the import speaks French at 320 px', async ({ org, open, allow }) => {
  allow(answered(422));
  const chef = await org.person(unique('chef'), { role_id: org.roles.get('Administrator').id, locale: 'fr' });
  const { name } = await org.status(unique('Unbreakablelongstatusname'), { tags: ['Hexakosioihexekontahexaphobie'] });
  const page = await open(chef, '/maker/statuses/import', { viewport: { width: 320, height: 700 } });
  const field = page.getByLabel('Fichier JSON ou CSV');
  await field.setInputFiles(
    json([
      { name, type: 'busy', tags: ['Kraftfahrzeughaftpflichtversicherung'] },
      { name: unique('Neuf '), type: 'absent' },
    ]),
  );
  await expect(page.getByText('1 statut serait créé. 1 serait modifié.')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await field.setInputFiles(json([{ name: '', type: 'busy' }]));
  await expect(page.getByText('1 erreur. Rien n’a été modifié.')).toBeVisible();
  const faults = page.getByRole('region', { name: 'Erreurs' });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await field.setInputFiles(json([{ name: unique('Neuf '), type: 'busy', colour: 'red' }]));
  await expect(faults).toContainText('Le champ «\u00a0colour\u00a0» n’existe pas.');
  await field.setInputFiles(file('statuts.csv', 'name,type,icon\r\nUn,bleu,☕☕\r\n'));
  await expect(faults).toContainText('Écrivez connected, absent, busy ou in_a_call, pas «\u00a0bleu\u00a0».');
  await expect(faults.locator('[lang="en"]')).toHaveCount(0);
});
