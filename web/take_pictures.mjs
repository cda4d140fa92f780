// The pictures of README and guide, from the demo organisation: docs/pictures/NAME.png. Run by
// scripts/pictures. Each is what a person sees who signs in and clicks; nothing is drawn.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';

const kOut = resolve(import.meta.dirname, '../docs/pictures');
const kWide = { width: 1280, height: 800 };

/** The demo on a free port, as `./run --demo` starts it; gives its address and sign-ins. */
async function startDemo(data) {
  const demo = spawn(resolve(import.meta.dirname, '../scripts/demo'), ['--data', data, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of demo.stdout) {
    said += chunk;
    if (said.includes('Stop it with')) break;
  }
  const address = /ready on (\S+)/.exec(said)?.[1];
  if (address === undefined) throw new Error(`The demo did not start: ${said}`);
  const people = Object.fromEntries(
    [...said.matchAll(/^ {2}(\w+) +(\S+) +(\S+)$/gm)].map(([, role, login, password]) => [role, { login, password }]),
  );
  return { demo, address, people };
}

async function take() {
  const data = mkdtempSync(join(tmpdir(), 'pastille-pictures-'));
  const { demo, address, people } = await startDemo(join(data, 'demo'));
  const browser = await chromium.launch({
    executablePath: process.env.PASTILLE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    mkdirSync(kOut, { recursive: true });
    const as = async (person, look = {}, remembered = {}) => {
      const context = await browser.newContext({
        baseURL: address,
        viewport: kWide,
        locale: 'en-GB',
        timezoneId: 'Europe/Paris',
        serviceWorkers: 'block',
        reducedMotion: 'reduce',
        ...look,
      });
      const answer = await context.request.post('/api/v1/session', { data: person, headers: { Origin: address } });
      if (!answer.ok()) throw new Error(`${person.login} could not sign in: ${answer.status()}`);
      await context.addInitScript((entries) => {
        for (const [key, value] of entries) localStorage.setItem(key, value);
      }, Object.entries(remembered));
      return context.newPage();
    };
    const shoot = async (page, name) => {
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(kOut, `${name}.png`) });
      console.log(`docs/pictures/${name}.png`);
    };
    await pictures(as, shoot, people);
  } finally {
    await browser.close();
    demo.kill('SIGTERM');
    await new Promise((done) => demo.once('exit', done));
    rmSync(data, { recursive: true });
  }
}

/** The Banner as it stands beside other windows, and the Maker as wide as a laptop. */
const kStrip = { viewport: { width: 440, height: 780 }, deviceScaleFactor: 2 };
const kLine = { viewport: { width: 72, height: 560 }, deviceScaleFactor: 2 };

async function pictures(as, shoot, { Agent, Supervisor, Administrator }) {
  const header = (page) => page.locator('header').getByRole('button').first();
  const status = (page, name) => page.getByRole('main').getByRole('radio', { name, exact: true });
  const item = (page, name) => page.getByRole('menuitemradio', { name, exact: true });

  const light = await as(Administrator, kStrip);
  await light.goto('/banner/conversations');
  await everyoneHasCome(light);
  await light.goto('/banner');
  await status(light, 'Connected').waitFor();
  await shoot(light, 'banner-home');
  await header(light).click();
  await item(light, 'Coffee break').waitFor();
  await shoot(light, 'banner-menu');
  await light.goto('/banner/conversations');
  const rows = light.getByRole('main').getByRole('listitem');
  await rows.first().waitFor();
  await rows.filter({ hasText: ' · ' }).first().locator('.circle').hover();
  await light.getByRole('tooltip').waitFor();
  await shoot(light, 'banner-conversations');

  const dark = await as(Agent, { ...kStrip, colorScheme: 'dark' });
  await dark.goto('/banner/conversations');
  await dark.getByRole('main').getByRole('listitem').first().getByRole('button').first().click();
  await dark.getByRole('log').waitFor();
  for (const text of ['Bonjour ! Oui, je l’ai sous les yeux.', 'Je vous rappelle dans dix minutes.']) {
    await dark.getByRole('textbox').fill(text);
    await dark.keyboard.press('Enter');
    await dark.getByText(text).waitFor();
  }
  await shoot(dark, 'banner-conversation-dark-french');

  const small = await as(Supervisor, kLine, { 'pastille.banner.form': 'small' });
  await small.goto('/banner/conversations');
  await small.getByRole('main').getByRole('listitem').nth(4).locator('.circle svg').waitFor();
  await shoot(small, 'banner-small');

  const maker = await as(Administrator);
  await maker.goto('/maker/statuses');
  await maker.getByText('Coffee break').first().waitFor();
  await shoot(maker, 'maker-statuses');
  await maker.getByRole('main').getByRole('link', { name: 'Coffee break' }).click();
  await maker.getByRole('heading', { name: /Coffee break/ }).waitFor();
  await shoot(maker, 'maker-status');
  for (const [place, shown] of [
    ['users', 'row'],
    ['teams', 'link'],
    ['roles', 'link'],
    ['audit', 'listitem'],
  ]) {
    await maker.goto(`/maker/${place}`);
    await maker.locator('main').first().getByRole(shown).nth(1).waitFor();
    await shoot(maker, `maker-${place}`);
  }
  const makerDark = await as(Supervisor, { colorScheme: 'dark' });
  await makerDark.goto('/maker/statuses');
  await makerDark.getByRole('row').nth(8).waitFor();
  await shoot(makerDark, 'maker-statuses-dark-french');
}

/** The simulated colleagues come within half a minute and change now and then: until the screen is lively. */
async function everyoneHasCome(page) {
  const rows = page.getByRole('main').getByRole('listitem');
  const end = Date.now() + 180_000;
  for (;;) {
    const [all, offline, connected] = await Promise.all([
      rows.count(),
      rows.filter({ hasText: 'Offline' }).count(),
      rows.filter({ hasText: 'Connected' }).count(),
    ]);
    if (
      all > 0 &&
      offline <= 2 &&
      all - offline - connected >= 6 &&
      (await rows.filter({ hasText: ' · ' }).count()) > 0
    )
      return;
    if (Date.now() > end) throw new Error('The simulated colleagues did not come within three minutes.');
    await page.waitForTimeout(1_000);
  }
}

await take();
