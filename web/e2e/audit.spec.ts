// The Maker's Audit: sentences about who configured what, live; and the refusals of R15.
import { answered, expect, expectAccessible, expectNoSidewaysScroll, test, unique } from './fixtures';

test('what happens is there at once, as a sentence with names to follow', async ({ org, open }) => {
  const page = await open(org.admin, '/maker/audit');
  await expect(page.getByRole('heading', { name: 'Audit' })).toBeVisible();
  const status = await org.status(unique('Audited '));
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText(
    `Ada Admin created the status “${status.name}”.`,
  );
  await org.admin.call('deleteStatus', { id: status.id });
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText(
    `Ada Admin deleted the status “${status.name}”.`,
  );
  const account = await org.account(unique('audited'), { display_name: unique('Audited ') });
  const first = page.getByRole('main').getByRole('listitem').first();
  await expect(first).toContainText(`Ada Admin added ${account.display_name}.`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await first.getByRole('link', { name: account.display_name }).click();
  await expect(page).toHaveURL(`/maker/users/${account.id}`);
});

test('a refused attempt on another’s status is there with its reason and how often', async ({ org, open, allow }) => {
  allow(answered(403));
  const supervisor = await org.person(unique('sup'), {
    permissions: ['statuses.modify', 'users.manage'],
    display_name: unique('Sup '),
  });
  const agent = await org.person(unique('agent'), { display_name: unique('Agent ') });
  const theirs = await open(supervisor, `/maker/users/${agent.me.id}`);
  const busy = org.system.get('busy').id;
  const answer = await theirs.evaluate(
    async ([id, status_id]) => {
      const response = await fetch(`/api/v1/users/${id}/status`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ status_id }),
      });
      return { status: response.status, type: (await response.json()).type };
    },
    [agent.me.id, busy],
  );
  expect(answer).toEqual({ status: 403, type: '/problems/own-status-only' });
  const page = await open(org.admin, '/maker/audit');
  const entry = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: agent.me.display_name })
    .filter({ hasText: 'tried' });
  await expect(entry).toContainText(
    `${supervisor.me.display_name} tried to set the status of ${agent.me.display_name}.`,
  );
  await expect(entry).toContainText('Refused');
  await expect(entry).toContainText('A status belongs to the person who shows it.');
});

test('it is narrowed by who, what, how it went and when, in the address', async ({ org, open }) => {
  const chief = await org.person(unique('chief'), {
    permissions: ['teams.manage', 'users.manage'],
    display_name: unique('Chief '),
  });
  const team = await chief.get('createTeam', { body: { name: unique('Chiefs ') }, status: 201 });
  const person = await org.person(unique('tried'), { display_name: unique('Tried ') });
  await chief.refused('own-status-only', 'setStatusOfUser', {
    id: person.me.id,
    body: { status_id: org.system.get('busy').id },
  });
  const page = await open(org.admin, '/maker/audit');
  const items = page.getByRole('main').getByRole('listitem');
  await page.getByRole('combobox', { name: 'Done by…' }).fill(chief.me.display_name);
  await page.getByRole('option', { name: chief.me.display_name }).click();
  await expect(items).toHaveCount(2);
  await page.getByLabel('Outcome').selectOption('Refused');
  await expect(items).toHaveCount(1);
  await expect(items).toContainText(person.me.display_name);
  await page.reload();
  await expect(items).toHaveCount(1);
  await page.getByLabel('Outcome').selectOption('Done');
  await expect(items).toContainText(team.name);
  await page.getByRole('button', { name: `Remove filter: By ${chief.me.display_name}` }).click();
  await expect.poll(() => items.count()).toBeGreaterThan(1);
  await page.getByLabel('to', { exact: true }).fill('2001-01-01');
  await expect(page.getByText('No entry matches')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(items.first()).toBeVisible();
  await page.goto(`/maker/users/${person.me.id}`);
  await page.getByRole('link', { name: 'in the audit' }).click();
  await expect(items).toHaveCount(2);
});

test('own status changes are never in it', async ({ org, open }) => {
  const person = await org.person(unique('own'));
  await person.call('setMyStatus', { body: { status_id: org.system.get('busy').id } });
  const marker = await org.team(unique('Marker '));
  const page = await open(org.admin, '/maker/audit');
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText(marker.name);
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Busy' })).toHaveCount(0);
});

test('it comes page by page', async ({ org, open }) => {
  for (let i = 0; i < 55; i++) await org.team(unique('Paged '));
  const page = await open(org.admin, '/maker/audit');
  const items = page.getByRole('main').getByRole('listitem');
  await expect(items).toHaveCount(50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => items.count()).toBeGreaterThan(55);
});

test('only who may read it finds it', async ({ org, open }) => {
  const agent = await org.person(unique('agent'));
  const page = await open(agent, '/maker/audit');
  await expect(page.getByText('It takes the permission “audit.read”')).toBeVisible();
  const reader = await org.person(unique('reader'), { permissions: ['audit.read'], locale: 'fr' });
  const theirs = await open(reader, '/maker/audit');
  await expect(theirs.getByRole('heading', { name: 'Journal d’audit' })).toBeVisible();
  await expect(theirs.getByRole('main').getByRole('listitem').first()).toContainText(/a ajouté|a créé/);
  await expect(theirs.getByRole('main').getByRole('listitem').first().getByRole('link')).toHaveCount(0);
});
