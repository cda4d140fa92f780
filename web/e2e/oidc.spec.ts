// Signing in at a provider of identities, the real oidc-provider, and out there, too; and what the
// sign-in page says when it did not work.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as plain } from '@playwright/test';
import { organisation } from '../../tests/lib/organisation.js';
import { RealProvider } from '../../tests/lib/real_provider.js';
import { expect, expectAccessible } from './fixtures';

const SECRET = 'of the client';

plain('the button leads to the provider, back to the Banner, and out of both', async ({ browser }) => {
  const provider = await new RealProvider(SECRET).listen();
  const file = join(mkdtempSync(join(tmpdir(), 'pastille-oidc-')), 'secret');
  writeFileSync(file, SECRET);
  const org = await organisation({
    settings: {
      oidc: {
        issuer: provider.issuer,
        client_id: 'desk',
        client_secret_file: file,
        name: 'Desk ID',
        create_people: true,
      },
    },
  });
  const context = await browser.newContext({ baseURL: org.server.origin, serviceWorkers: 'block' });
  try {
    provider.serve(org.server.origin);
    provider.people['lea'] = { sub: 'lea', name: 'Léa Roux', preferred_username: 'lea' };
    const page = await context.newPage();
    await page.goto('/?sign_in_problem=declined');
    await expect(page.getByRole('status').filter({ hasText: 'Single sign-on was cancelled' })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Sign in with Desk ID' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[name=login]').fill('lea');
    await page.locator('[name=password]').fill('any');
    await page.locator('[type=submit]').click();
    await page.locator('[type=submit]').click();
    await expect(page).toHaveURL(/\/banner$/);
    await expect(page.locator('header').getByText('Léa Roux')).toBeVisible();

    await page.locator('header').getByRole('button').first().click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByText('You are signed out.')).toBeVisible();
    await page.getByRole('link', { name: 'Sign out of Desk ID, too' }).click();
    await expect(page).toHaveURL(new RegExp(`^${provider.issuer}`));
  } finally {
    await context.close();
    await org.close();
    await provider.close();
  }
});
