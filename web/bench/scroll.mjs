// How smoothly a list of 10,000 colleagues scrolls: node bench/scroll.mjs, after a build.
// For several speeds: the time between frames, the script time of a frame, rows and followed people.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { organisation } from '../../tests/lib/organisation.js';

const kFrames = 240;
const org = await organisation();
const rows = Array.from(
  { length: 10_000 },
  (_, i) => `n${i},Colleague ${String(i).padStart(5, '0')},Agent,Team ${i % 20},en,Europe/Paris`,
);
const file = join(org.server.folder, 'people.csv');
writeFileSync(file, ['login,display_name,role,teams,locale,time_zone', ...rows, ''].join('\n'));
await org.server.cli(['user', 'import', file]);

const browser = await chromium.launch({
  executablePath: process.env.PASTILLE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const context = await browser.newContext({ baseURL: org.server.origin, viewport: { width: 380, height: 860 } });
const [name, value] = org.admin.cookie.split('=', 2);
await context.addCookies([{ name, value, url: org.server.origin }]);
const page = await context.newPage();
const devtools = await context.newCDPSession(page);
await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
const followed = new Set();
let frames = 0;
page.on('websocket', (socket) =>
  socket.on('framesent', ({ payload }) => {
    const frame = JSON.parse(String(payload));
    if (frame.do !== 'follow') return;
    frames += 1;
    for (const user of frame.add ?? []) followed.add(user);
    for (const user of frame.drop ?? []) followed.delete(user);
  }),
);
await page.goto('/banner/conversations');
await page.locator('li[aria-setsize="10000"]').first().waitFor();

const busy = async () => {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * metrics.find((each) => each.name === 'TaskDuration').value;
};
console.log(
  'px a frame | frame ms: median, 95 %, longest | main thread ms a frame | rows at most | follow frames a second | followed',
);
for (const step of [8, 56, 400, 2_800]) {
  frames = 0;
  const before = await busy();
  const seen = await page.evaluate(
    ({ step, kFrames }) =>
      new Promise((done) => {
        const list = document.querySelector('li[aria-setsize]').parentElement.parentElement;
        list.scrollTop = 0;
        const times = [];
        let most = 0;
        let last = performance.now();
        const next = (now) => {
          times.push(now - last);
          last = now;
          most = Math.max(most, document.querySelectorAll('li[aria-setsize]').length);
          list.scrollTop += step;
          if (times.length <= kFrames) requestAnimationFrame(next);
          else done({ times: times.slice(1).sort((a, b) => a - b), most });
        };
        requestAnimationFrame(next);
      }),
    { step, kFrames },
  );
  const share = (part) => seen.times[Math.min(seen.times.length - 1, Math.floor(part * seen.times.length))].toFixed(1);
  const perFrame = ((await busy()) - before) / kFrames;
  const seconds = seen.times.reduce((sum, each) => sum + each, 0) / 1000;
  console.log(
    `${step} | ${share(0.5)}, ${share(0.95)}, ${share(1)} | ${perFrame.toFixed(1)} | ${seen.most} | ${(frames / seconds).toFixed(1)} | ${followed.size}`,
  );
}
await browser.close();
await org.close();
