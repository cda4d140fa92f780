// What the pages cost with 500 statuses and 10,000 people: node bench/limits.mjs, after a build.
// For each page: its longest task while it opens and while one uses it, what moved, and the share of a core that
// it takes when nothing happens. Ends with 1 where a limit is passed.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { organisation } from '../../tests/lib/organisation.js';

const longestTaskMs = 100;
const mostShift = 0.01;
const mostIdle = 0.005;
const idleSeconds = Number(process.env.IDLE_SECONDS ?? 30);

const org = await organisation();
const write = (name, lines) => {
  const path = join(org.server.folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};
const people = Array.from(
  { length: 10_000 },
  (_, i) => `n${i},Colleague ${String(i).padStart(5, '0')},Agent,Team ${i % 20},en,Europe/Paris`,
);
await org.server.cli([
  'user',
  'import',
  write('people.csv', ['login,display_name,role,teams,locale,time_zone', ...people]),
]);
const room = 500 - (await org.admin.get('listStatuses', { query: { limit: 1 } })).total;
const types = ['connected', 'absent', 'busy', 'in_a_call'];
const statuses = Array.from({ length: room }, (_, i) => `Status ${i},${types[i % 4]},Tag ${i % 12}`);
await org.server.cli(['import', write('statuses.csv', ['name,type,tags', ...statuses])]);

const browser = await chromium.launch({
  executablePath: process.env.PASTILLE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
let over = 0;
const said = (value, most, digits) => {
  if (value > most) over += 1;
  return `${value.toFixed(digits)}${value > most ? ' (over)' : ''}`;
};

/** Waits until the page says nothing more for a moment. */
const settled = async (page) => {
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 5_000 })));
};
const seen = (page) =>
  page.evaluate(() => {
    const { tasks, shift } = window.seen;
    window.seen.tasks = [];
    return { longest: Math.max(0, ...tasks), shift };
  });

async function measure(name, address, viewport, uses = []) {
  const context = await browser.newContext({ baseURL: org.server.origin, viewport });
  const [cookie, value] = org.admin.cookie.split('=', 2);
  await context.addCookies([{ name: cookie, value, url: org.server.origin }]);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = (window.seen = { tasks: [], shift: 0 });
    const watch = (type, of) =>
      new PerformanceObserver((list) => list.getEntries().forEach(of)).observe({ type, buffered: true });
    watch('longtask', ({ duration }) => seen.tasks.push(duration));
    watch('layout-shift', ({ value, hadRecentInput }) => (seen.shift += hadRecentInput ? 0 : value));
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(address);
  await settled(page);
  const opened = await seen(page);
  const steps = [];
  for (const [what, use] of uses) {
    await use(page);
    await settled(page);
    steps.push(`${what} ${said((await seen(page)).longest, longestTaskMs, 0)}`);
  }
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find((each) => each.name === 'TaskDuration').value;
  };
  await new Promise((done) => setTimeout(done, 3_000));
  const before = await busy();
  await new Promise((done) => setTimeout(done, 1_000 * idleSeconds));
  const idle = ((await busy()) - before) / idleSeconds;
  const { shift } = await seen(page);
  console.log(
    `${name} | ${said(opened.longest, longestTaskMs, 0)} | ${steps.join(', ')} | ${said(shift, mostShift, 4)} | ${(100 * idle).toFixed(2)} %${idle > mostIdle ? ' (over)' : ''}`,
  );
  if (idle > mostIdle) over += 1;
  await context.close();
}

const small = { width: 380, height: 800 };
const wide = { width: 1280, height: 800 };
const type = (role, text) => async (page) => {
  await page.getByRole(role).first().pressSequentially(text, { delay: 60 });
};
const menu = async (page) => {
  await page.locator('header button').first().click();
  await page.getByRole('menuitemradio').first().waitFor();
};
const someone = (await org.admin.get('listUsers', { query: { limit: 1, q: 'Colleague 05000' } })).items[0];

console.log('page | longest task ms: opening | using | shift | idle, of a core');
await measure('Banner, Home', '/banner', small, [
  ['menu', menu],
  ['search in it', async (page) => page.keyboard.type('Status 4', { delay: 60 })],
]);
await measure('Banner, Conversations', '/banner/conversations', small, [['search', type('searchbox', 'Colleague 09')]]);
await measure('Banner, history', '/banner/history', small);
await measure('Maker, Statuses', '/maker/statuses', wide, [['search', type('searchbox', 'Status 4')]]);
await measure('Maker, Users', '/maker/users', wide, [['search', type('searchbox', 'Colleague 09')]]);
await measure('Maker, one person', `/maker/users/${someone.id}`, wide);
await measure('Maker, Teams', '/maker/teams', wide);
await measure('Maker, Roles', '/maker/roles', wide);
await measure('Maker, Audit', '/maker/audit', wide);
await browser.close();
await org.close();
process.exitCode = over > 0 ? 1 : 0;
