// What a test of the pages begins with. `org` is an organisation on a real server, one a file, so that
// a test finds the same there whatever runs beside it: make people of your own with org.person() and
// names that nobody else uses. `open(person, path)` gives a page in a browser context of its own,
// signed in. At the end of a test every page must have kept quiet: no error in its console, no
// exception, no violated policy; `allow()` names exceptions.
import { expect, test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import playwright from '../playwright.config';
import { organisation, PASSWORD } from '../../tests/lib/organisation.js';

export { expect };
export type Organisation = Awaited<ReturnType<typeof organisation>>;
export type Person = Awaited<ReturnType<Organisation['person']>>;

export interface Look extends Pick<
  BrowserContextOptions,
  'colorScheme' | 'forcedColors' | 'locale' | 'reducedMotion' | 'viewport' | 'timezoneId' | 'hasTouch'
> {
  /** Stored on the device before the page opens: theme, form of the Banner. */
  remembered?: Readonly<Record<string, string>>;
  /** With the service worker, which keeps the shell of the pages; without it a test is simpler. */
  installed?: boolean;
}

interface Fixtures {
  org: Organisation;
  /** A page of this person, signed in; null: nobody is. */
  open: (person: Person | null, path: string, look?: Look) => Promise<Page>;
  /** What the console may say in this test. */
  allow: (text: RegExp) => void;
}

/** The organisation of the file that the worker is at. */
interface AtWork {
  file: string;
  org: Organisation | null;
}

interface Shared {
  atWork: AtWork;
}

export const test = base.extend<Fixtures, Shared>({
  atWork: [
    async ({}, use) => {
      const atWork: AtWork = { file: '', org: null };
      await use(atWork);
      await atWork.org?.close();
    },
    { scope: 'worker' },
  ],

  org: async ({ atWork }, use, { file }) => {
    if (atWork.org === null || atWork.file !== file) {
      await atWork.org?.close();
      atWork.org = null;
      // Listed, so that a test may come from many networks, as X-Forwarded-For names them.
      atWork.org = await organisation({ settings: { trusted_proxies: ['127.0.0.1'] } });
      atWork.file = file;
    }
    await use(atWork.org);
  },

  allow: async ({}, use) => {
    allowed = [];
    await use((text) => allowed.push(text));
  },

  open: async ({ browser, org, allow }, use) => {
    void allow;
    const said: string[] = [];
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (person, path, { remembered = {}, installed = false, ...look } = {}) => {
      const context = await browser.newContext({
        baseURL: org.server.origin,
        serviceWorkers: installed ? 'allow' : 'block',
        ...look,
      });
      contexts.push(context);
      if (person !== null) {
        const [name, value] = (person.cookie ?? '').split('=', 2) as [string, string];
        await context.addCookies([{ name, value, url: org.server.origin, httpOnly: true, sameSite: 'Lax' }]);
      }
      await context.addInitScript((entries) => {
        for (const [key, value] of entries) localStorage.setItem(key, value);
      }, Object.entries(remembered));
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          said.push(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => said.push(error.stack ?? error.message));
      await page.goto(path);
      return page;
    });
    for (const context of contexts) await context.close();
    const unexpected = said.filter((text) => ![...allowed, withoutWorker].some((each) => each.test(text)));
    expect(unexpected, unexpected.join('\n')).toEqual([]);
  },
});

let allowed: RegExp[] = [];
/** What Playwright itself writes into the console where it keeps the service worker away. */
const withoutWorker = /^Service Worker registration blocked by Playwright/;

/** What Chromium itself, and axe that looks at the page, write when the server is away. */
export const lostServer =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to|Couldn't load preload assets/;
/** Refusals that a test brings about: Chromium writes a line for each answer of 400 and above. */
export const answered = (status: number): RegExp => new RegExp(`status of ${status}`);

export { PASSWORD };

/** For test.use() of a file that needs the whole browser: its build without windows asks nobody about notifications. */
export const wholeBrowser = {
  launchOptions: { ...playwright.use?.launchOptions, executablePath: '/usr/bin/chromium' },
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe finds nothing in the page as it stands, in light, dark and forced colours. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(`if (!window.axe) { ${axe} }`);
  const looks = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const;
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: 'reduce', ...look });
    // Only colours differ from look to look.
    const runOnly = look === looks[0] ? undefined : ['color-contrast', 'link-in-text-block'];
    const found = await page.evaluate(async (rules) => {
      const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
      const { violations } = await axe.run({
        resultTypes: ['violations'],
        ...(rules === undefined ? {} : { runOnly: rules }),
      });
      return violations.flatMap((each) =>
        each.nodes.map((node) => `${each.id}: ${node.target.join(' ')}: ${node.failureSummary}`),
      );
    }, runOnly);
    expect(found, JSON.stringify(look)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
}
interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** Nothing is wider than the window, also at 320 px, which is 1280 px at 400 %. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const width of [1280, 640, 320]) {
    await page.setViewportSize({ width, height: 700 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), {
        message: `${width} px`,
      })
      .toBeLessThanOrEqual(0);
  }
  if (before !== null) await page.setViewportSize(before);
}

/** A name that no other test uses. */
export const unique = (word: string): string =>
  `${word}${(serial++).toString(36)}${process.env['TEST_WORKER_INDEX'] ?? ''}`;
let serial = 0;
