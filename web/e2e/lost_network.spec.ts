// A network between the page and the server that is lost without any sign: everything is taken and nothing comes back.
import { Relay } from '../../tests/lib/relay.js';
import { expect, PASSWORD, test, unique, type Organisation, type Person } from './fixtures';
import type { Page } from '@playwright/test';

// 5 s and 3 s are promised (unit tests of the client hold them with a clock); a busy machine has more.
const kSeen = { timeout: 10_000 * Number(process.env['PASTILLE_SLOW'] ?? 1) };
const reconnecting = (page: Page) => page.getByText('Reconnecting…');

async function through(
  relay: Relay,
  { org, open, name }: { org: Organisation; open: (who: Person | null, path: string) => Promise<Page>; name: string },
): Promise<Page> {
  const page = await open(null, `${org.server.origin.replace(/\d+$/, String(relay.port))}/banner`);
  await page.getByLabel('Username', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: 'Conversations' })).toBeVisible();
  await expect(reconnecting(page)).toBeHidden();
  return page;
}

test('is noticed by who looks at the page, and used again when it works, though nothing says so', async ({
  org,
  open,
  allow,
}) => {
  allow(/Failed to load resource|WebSocket connection/);
  const name = unique('tunnel');
  await org.account(name);
  const relay = await Relay.start({ port: Number(new URL(org.server.origin).port) });
  try {
    const page = await through(relay, { org, open, name });
    relay.loseAnswers(true);
    await expect(reconnecting(page)).toBeVisible(kSeen);
    relay.loseAnswers(false);
    await expect(reconnecting(page)).toBeHidden(kSeen);
  } finally {
    relay.close();
  }
});

test('that only delays is not taken for lost', async ({ org, open, allow }) => {
  allow(/Failed to load resource/); // 401 before one signs in
  const name = unique('slow');
  await org.account(name);
  const relay = await Relay.start({ port: Number(new URL(org.server.origin).port) });
  try {
    const page = await through(relay, { org, open, name });
    relay.delay = 700; // each way
    await expect(reconnecting(page).waitFor({ timeout: 12_000 })).rejects.toThrow('Timeout');
  } finally {
    relay.close();
  }
});
