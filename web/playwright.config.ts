import { defineConfig } from '@playwright/test';

// The pages in Debian's Chromium against the real server: web/e2e/fixtures.ts. Most run in its build without windows, which takes
// half the time; what needs the whole browser says so (wholeBrowser in fixtures.ts).
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: false,
  workers: 3,
  // What passes only when it is tried again is named as flaky: a fault that is still to be found.
  retries: 1,
  // Only what is stuck runs into these; a machine that is busy with other things may take its time.
  timeout: 120_000 * Number(process.env['PASTILLE_SLOW'] ?? 1),
  expect: { timeout: 15_000 * Number(process.env['PASTILLE_SLOW'] ?? 1) },
  reporter: [['list']],
  outputDir: '../build/e2e',
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 800 },
    // Of the second try only: to record all of them takes a fifth more time.
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: process.env['PASTILLE_CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
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
    },
  },
});
