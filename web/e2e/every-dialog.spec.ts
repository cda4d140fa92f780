// Every dialog there is, found in the sources: one that is not opened here fails the first test. Each has
// the focus where one begins, says what was done, is accessible, and gives the focus back when it closes.
import type { Locator, Page } from '@playwright/test';
import { answered, expect, expectAccessible, test, unique, type Organisation, type Person } from './fixtures';
import { uses } from './sources';

interface Way {
  /** Who opens it; the administrator without it. */
  readonly person?: (org: Organisation) => Promise<Person>;
  /** What must be there, and the address; then the steps on the page. Gives back what opened it, if it stays. */
  readonly open: (org: Organisation, person: Person, go: (path: string) => Promise<Page>) => Promise<Locator | null>;
}

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });

/** At an address of its own. */
const at = (path: string | ((org: Organisation) => Promise<string>)): Way => ({
  open: async (org, _, go) => {
    await go(typeof path === 'string' ? path : await path(org));
    return null;
  },
});

/** By a button of the page. */
const by = (path: string, name: string): Way => ({
  open: async (_, __, go) => press(button(await go(path), name)),
});

async function press(opener: Locator): Promise<Locator> {
  await opener.click();
  return opener;
}

/** By the menu of a row. */
async function byMenu(page: Page, name: string, action: string): Promise<Locator> {
  const opener = await press(button(page, name));
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  return opener;
}

const status = (show: string) => at(async (org) => `/maker/statuses/${(await org.status(unique('Walk '))).id}/${show}`);
const someone = (org: Organisation): Promise<Person> =>
  org.person(unique('walker'), { display_name: unique('Walker ') });

/** By the file that has it, and which one in it. */
const ways: Readonly<Record<string, Way>> = {
  'history/EraseDialog.svelte 1': {
    person: someone,
    open: async (org, person, go) => {
      await person.get('setMyStatus', { body: { status_id: org.system.get('busy').id } });
      return press(button(await go('/banner/history'), 'Erase all'));
    },
  },
  'profile/NewToken.svelte 1': { person: someone, ...by('/banner/profile', 'New token') },
  'profile/Tokens.svelte 1': {
    person: someone,
    open: async (org, person, go) => {
      await org.token(person, ['read']);
      return press(button(await go('/banner/profile'), 'Revoke for read'));
    },
  },
  'maker/teams/TeamForm.svelte 1': by('/maker/teams', 'New team'),
  'maker/teams/DeleteTeam.svelte 1': {
    open: async (org, _, go) => {
      const { name } = await org.team(unique('Walk '));
      return byMenu(await go('/maker/teams'), `More for ${name}`, 'Delete');
    },
  },
  'maker/users/InvitePerson.svelte 1': by('/maker/users', 'Invite a person'),
  'maker/users/ImportPeople.svelte 1': by('/maker/users', 'Import'),
  'maker/users/InvitationDialog.svelte 1': {
    open: async (org, _, go) =>
      byMenu(await go('/maker/users'), `More for ${(await someone(org)).me.display_name}`, 'New invitation link'),
  },
  'maker/users/PeopleList.svelte 1': {
    open: async (org, _, go) =>
      byMenu(await go('/maker/users'), `More for ${(await someone(org)).me.display_name}`, 'Sign out everywhere'),
  },
  'maker/users/PersonPage.svelte 1': {
    open: async (org, _, go) => press(button(await go(`/maker/users/${(await someone(org)).me.id}`), 'Disable')),
  },
  'maker/users/PersonAccount.svelte 1': {
    open: async (org, _, go) => {
      const page = await go(`/maker/users/${(await someone(org)).me.id}`);
      await page.getByLabel('Name', { exact: true }).fill('Somebody else');
      return press(page.getByRole('link', { name: 'Teams', exact: true }));
    },
  },
  // A dialog for others to ask in: that of a disabled person, who is erased.
  'maker/Consequences.svelte 1': {
    open: async (org, _, go) => {
      const person = await someone(org);
      await org.admin.get('patchUser', { id: person.me.id, body: { active: false } });
      return press(button(await go(`/maker/users/${person.me.id}`), /^Erase/));
    },
  },
  'maker/roles/RoleForm.svelte 1': by('/maker/roles', 'New role'),
  'maker/roles/DeleteRole.svelte 1': {
    open: async (org, _, go) => {
      const role = await org.admin.get('createRole', { body: { name: unique('Held '), permissions: [] }, status: 201 });
      await org.account(unique('holder'), { role_id: role.id });
      return byMenu(await go('/maker/roles'), `More for ${role.name}`, 'Delete');
    },
  },
  'maker/roles/DeleteRole.svelte 2': {
    open: async (org, _, go) => {
      const role = await org.admin.get('createRole', { body: { name: unique('Free '), permissions: [] }, status: 201 });
      return byMenu(await go('/maker/roles'), `More for ${role.name}`, 'Delete');
    },
  },
  'maker/statuses/Over.svelte 1': { person: someone, ...at('/maker/statuses/new') },
  'maker/statuses/Over.svelte 2': at('/maker/statuses/new/nothing'),
  'maker/statuses/Over.svelte 3': at('/maker/statuses/s999999/edit'),
  'maker/statuses/Over.svelte 4': at(async (org) => `/maker/statuses/${org.system.get('busy').id}/edit`),
  'maker/statuses/StatusDialog.svelte 1': status('edit'),
  'maker/statuses/StatusHistory.svelte 1': status('history'),
  'maker/statuses/DeleteStatus.svelte 1': status('delete'),
  'maker/statuses/StarterSet.svelte 1': at('/maker/statuses/starter'),
  'maker/statuses/ImportStatuses.svelte 1': at('/maker/statuses/import'),
};

test('every dialog in the sources is opened here', () => {
  expect(Object.keys(ways).sort()).toEqual(uses(/<(?:Dialog|Consequences)\b/g));
});

for (const [name, way] of Object.entries(ways)) {
  test(`${name}: the focus begins at the first field, stays within, and goes back`, async ({ org, open, allow }) => {
    allow(answered(404));
    const person = await (way.person?.(org) ?? org.admin);
    let opened: Page | undefined;
    const opener = await way.open(org, person, async (path) => (opened = await open(person, path)));
    const page = opened as Page;
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expect.poll(() => begun(page)).toBe('begun');
    await expect(dialog).toHaveAccessibleName(/./);
    await expectAccessible(page);
    // All of it is reached, and nothing else.
    for (let stops = 0; stops < 40; stops++) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          () =>
            document.activeElement?.closest('dialog') !== null ||
            !document.hasFocus() ||
            document.activeElement === document.body,
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    if (opener === null) await expect(page.getByRole('heading', { level: 1 }).first()).toBeFocused();
    else await expect(opener).toBeFocused();
  });
}

/** Where the focus is when a dialog has opened, against where it is to be. */
function begun(page: Page): Promise<string> {
  return page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]');
    const at = document.activeElement;
    if (dialog === null || at === null || !dialog.contains(at)) return `the focus is at ${at?.tagName}`;
    const region = dialog.querySelector('[aria-live=polite]');
    if (region === null || region.textContent !== '') return 'nothing announces in it, or says something at once';
    const fields = [...dialog.querySelectorAll<HTMLInputElement>('input, select, textarea')].filter(
      (each) => !each.matches(':disabled') && each.checkVisibility(),
    );
    const first = fields[0];
    if (first === undefined)
      return at.closest('[data-footer]') !== null || at.matches('h2')
        ? 'begun'
        : 'not at a button below, nor at the title';
    return at === first || (first.type === 'radio' && at.matches(`[name="${first.name}"]`))
      ? 'begun'
      : `at ${at.outerHTML.slice(0, 80)}`;
  });
}
