// Draws the icons of an installed page from public/icon.svg, in Chromium. Run by hand after a change:
//   npm run icons
import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';

const icon = readFileSync('public/icon.svg', 'utf8');
// Systems cut their own shape out of a full square; what matters stands within its middle.
const full = icon.replace(' rx="16"', '');

const browser = await chromium.launch({
  executablePath: process.env['PASTILLE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const [name, size, svg] of [
  ['icon-192', 192, icon],
  ['icon-512', 512, icon],
  ['icon-maskable-512', 512, full],
  ['apple-touch-icon', 180, full],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
  await page.screenshot({ path: `public/${name}.png`, omitBackground: true });
}
await browser.close();
