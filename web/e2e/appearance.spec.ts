// Every state of every page: axe finds nothing in light, dark and forced colours, and nothing is
// wider than the window down to 320 px.
import { type Page } from '@playwright/test';
import {
  answered,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  lostServer,
  test,
  type Look,
  type Organisation,
  type Person,
} from './fixtures';

let admin: Person;
let editor: Person;
let agent: Person;
let custom: { id: string; name: string };
let edited: { id: string; name: string };
let colleague: string;
let conversation: string;

test.beforeAll(async ({ org }) => {
  admin = await org.person('looks', {
    permissions: [
      'statuses.create',
      'statuses.modify',
      'statuses.delete',
      'users.manage',
      'teams.manage',
      'roles.manage',
      'audit.read',
    ],
  });
  agent = await org.person('looksagent');
  editor = org.admin;
  await org.team('Appearance');
  edited = await org.status('Handover', { type: 'busy', tags: ['Floor'] });
  custom = await org.status('Coffee break', {
    names: { fr: 'Pause café' },
    tags: ['Break'],
    icon: '☕',
    default_duration_s: 900,
  });
  const other = await org.person('colleague', { display_name: 'Zoë Appearance' });
  colleague = other.me.display_name;
  const begun = await other.call('openConversation', { body: { with: admin.me.id } });
  conversation = begun.body.id;
  await other.call('sendMessage', { id: conversation, body: { text: 'Can you take line 4?' } });
  await admin.call('setMyStatus', { body: { status_id: custom.id, note: 'back soon', for_s: 3600 } });
});

interface State {
  who: 'nobody' | 'admin' | 'agent';
  path: (org: Organisation) => string;
  look?: Look;
  prepare?: (page: Page) => Promise<void>;
  /** What shows that the state is reached. */
  shows: (page: Page) => ReturnType<Page['getByRole']>;
  allow?: RegExp;
}

const openMenu = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: admin.me.display_name }).click();
};
/** A status of one's own that ends at once. */
const walk = async (): Promise<void> => {
  await agent.get('setMyStatus', { body: { status_id: edited.id, until: new Date(Date.now() + 1_500).toISOString() } });
};
const overCircle = async (page: Page): Promise<void> => {
  await page.getByRole('listitem').filter({ hasText: colleague }).locator('.circle').hover();
};
const small: Look = { remembered: { 'pastille.banner.form': 'small' } };

const states: Record<string, State> = {
  'sign-in': { who: 'nobody', path: () => '/', shows: (page) => page.getByRole('button', { name: 'Sign in' }) },
  'sign-in after the session ended': {
    who: 'nobody',
    path: () => '/?reason=ended',
    shows: (page) => page.getByText('Your session has ended'),
  },
  'sign-in refused': {
    who: 'nobody',
    path: () => '/',
    allow: answered(401),
    prepare: async (page) => {
      await page.getByLabel('Username').fill('nobody');
      await page.getByLabel('Password', { exact: true }).fill('wrong password');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    shows: (page) => page.getByText('Username or password is wrong.'),
  },
  'an invitation that is gone': {
    who: 'nobody',
    path: () => '/#invitation=none',
    allow: answered(404),
    shows: (page) => page.getByText('This link has been used'),
  },
  'Banner, Home': {
    who: 'admin',
    path: () => '/banner',
    shows: (page) => page.getByRole('heading', { name: 'My status' }),
  },
  'Banner, the menu': {
    who: 'admin',
    path: () => '/banner',
    prepare: openMenu,
    shows: (page) => page.getByRole('menuitemradio', { name: /Coffee break/ }),
  },
  'Banner, Conversations': {
    who: 'admin',
    path: () => '/banner/conversations',
    shows: (page) => page.getByText(colleague).first(),
  },
  'Banner, the tip on a circle': {
    who: 'admin',
    path: () => '/banner/conversations',
    prepare: overCircle,
    shows: (page) => page.getByRole('tooltip'),
  },
  'the small Banner, the tip on a circle': {
    who: 'admin',
    path: () => '/banner/conversations',
    look: small,
    prepare: overCircle,
    shows: (page) => page.getByRole('tooltip'),
  },
  'Banner, a status has ended': {
    who: 'agent',
    path: () => '/banner',
    prepare: walk,
    shows: (page) => page.getByRole('button', { name: '15 min more' }),
  },
  'the small Banner, a status has ended': {
    who: 'agent',
    path: () => '/banner',
    look: small,
    prepare: walk,
    shows: (page) => page.getByRole('button', { name: '15 min more' }),
  },
  'Banner, a search that finds nobody': {
    who: 'admin',
    path: () => '/banner/conversations',
    prepare: (page) => page.getByRole('searchbox', { name: 'Search colleagues' }).fill('xyzzy'),
    shows: (page) => page.getByText('No one matches'),
  },
  'Banner, a conversation': {
    who: 'admin',
    path: () => `/banner/conversations/${conversation}`,
    shows: (page) => page.getByText('Can you take line 4?').first(),
  },
  'Banner, profile': {
    who: 'agent',
    path: () => '/banner/profile',
    shows: (page) => page.getByRole('heading', { name: 'My profile' }),
  },
  'Banner, own history': {
    who: 'admin',
    path: () => '/banner/history',
    shows: (page) => page.getByRole('heading', { name: 'My history' }),
  },
  'the small Banner': {
    who: 'admin',
    path: () => '/banner',
    look: small,
    shows: (page) => page.getByRole('button', { name: 'Full banner' }),
  },
  'the small Banner, Conversations': {
    who: 'admin',
    path: () => '/banner/conversations',
    look: small,
    shows: (page) => page.getByRole('button', { name: 'Full banner' }),
  },
  'Maker, Statuses': {
    who: 'admin',
    path: () => '/maker/statuses',
    shows: (page) =>
      page
        .getByRole('cell', { name: /Coffee break/ })
        .or(page.getByRole('rowheader', { name: /Coffee break/ }))
        .first(),
  },
  'Maker, no status matches': {
    who: 'admin',
    path: () => '/maker/statuses?q=xyzzy',
    shows: (page) => page.getByText('No status matches'),
  },
  'Maker, creating a status': {
    who: 'admin',
    path: () => '/maker/statuses/new',
    shows: (page) => page.getByRole('button', { name: /Create|Save/ }).last(),
  },
  'Maker, editing a status': {
    who: 'admin',
    path: () => `/maker/statuses/${custom.id}/edit`,
    shows: (page) => page.getByRole('heading', { name: /Edit .Coffee break/ }),
  },
  'Maker, two editors of a status': {
    who: 'admin',
    path: () => `/maker/statuses/${edited.id}/edit`,
    prepare: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('Handover on the floor');
      await editor.call('patchStatus', { id: edited.id, body: { name: 'Handover at the desk', tags: ['Desk'] } });
    },
    shows: (page) => page.getByText('Ada Admin has changed this meanwhile'),
  },
  'Maker, deleting a status': {
    who: 'admin',
    path: () => `/maker/statuses/${custom.id}/delete`,
    shows: (page) => page.getByText('1 person shows it right now'),
  },
  'Maker, the menu of a status': {
    who: 'admin',
    path: () => '/maker/statuses',
    prepare: (page) => page.getByRole('button', { name: 'Actions on Coffee break' }).click(),
    shows: (page) => page.getByRole('menuitem', { name: 'Duplicate' }),
  },
  'Maker, why a system status is locked': {
    who: 'admin',
    path: () => '/maker/statuses',
    prepare: (page) => page.getByRole('button', { name: 'Busy: why it has no actions' }).hover(),
    shows: (page) => page.getByRole('tooltip'),
  },
  'Maker, inviting a person': {
    who: 'admin',
    path: () => '/maker/users',
    prepare: (page) => page.getByRole('button', { name: 'Invite a person' }).click(),
    shows: (page) => page.getByRole('button', { name: 'Create invitation' }),
  },
  'Maker, importing people': {
    who: 'admin',
    path: () => '/maker/users',
    prepare: (page) => page.getByRole('button', { name: 'Import' }).click(),
    shows: (page) => page.getByLabel('CSV file'),
  },
  'Maker, history of a status': {
    who: 'admin',
    path: () => `/maker/statuses/${custom.id}/history`,
    shows: (page) => page.getByRole('heading', { name: /History of .Coffee break/ }),
  },
  'Maker, deleted statuses': {
    who: 'admin',
    path: () => '/maker/statuses?deleted=true',
    shows: (page) => page.getByRole('heading', { level: 1 }).first(),
  },
  'Maker, Users': { who: 'admin', path: () => '/maker/users', shows: (page) => page.getByText('looksagent').first() },
  'Maker, Teams': { who: 'admin', path: () => '/maker/teams', shows: (page) => page.getByText('Appearance').first() },
  'Maker, Roles': {
    who: 'admin',
    path: () => '/maker/roles',
    shows: (page) => page.getByText('Administrator').first(),
  },
  'Maker, Audit': { who: 'admin', path: () => '/maker/audit', shows: (page) => page.getByRole('listitem').first() },
  'Maker, Servers': { who: 'admin', path: () => '/maker/servers', shows: (page) => page.getByText('this one') },
  'Maker, without the right': {
    who: 'agent',
    path: () => '/maker/users',
    shows: (page) => page.getByText('users.manage').first(),
  },
};

for (const [name, state] of Object.entries(states)) {
  test(`${name}: accessible, and as narrow as one likes`, async ({ org, open, allow }) => {
    if (state.allow !== undefined) allow(state.allow);
    const person = state.who === 'nobody' ? null : state.who === 'admin' ? admin : agent;
    const page = await open(person, state.path(org), state.look);
    await state.prepare?.(page);
    await expect(state.shows(page)).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}

for (const path of [
  '/banner',
  '/banner/conversations',
  '/banner/profile',
  '/maker/statuses',
  '/maker/users',
  '/maker/roles',
  '/maker/servers',
]) {
  test(`${path} in French: accessible, and as narrow as one likes`, async ({ org, open }) => {
    const person = await org.person(`francais${path.replaceAll('/', '')}`, {
      permissions: [
        'statuses.create',
        'statuses.modify',
        'statuses.delete',
        'users.manage',
        'roles.manage',
        'audit.read',
      ],
      locale: 'fr',
    });
    const page = await open(person, path, { locale: 'fr-FR' });
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}

test('while the server is away every page stays accessible, and as narrow as one likes', async ({
  org,
  open,
  allow,
}) => {
  allow(lostServer);
  const pages = [
    await open(admin, '/banner'),
    await open(admin, `/banner/conversations/${conversation}`),
    await open(agent, '/banner', small),
    await open(admin, '/maker/statuses'),
    await open(null, '/'),
  ];
  await expect(pages[3]!.getByRole('table')).toBeVisible();
  await org.server.stop();
  for (const page of pages.slice(0, -1)) await expect(page.getByText(/^(Reconnecting|Trying again)…/)).toBeVisible();
  const signIn = pages[4]!;
  await signIn.getByLabel('Username').fill('looks');
  await signIn.getByLabel('Password', { exact: true }).fill('whatever it is');
  await signIn.getByRole('button', { name: 'Sign in' }).click();
  await expect(signIn.getByRole('button', { name: 'Try now' })).toBeVisible();
  for (const page of pages) {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  for (const page of pages) await page.context().close();
  await org.server.start();
});
