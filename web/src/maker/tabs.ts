// The parts of the Maker and who may read each: any one of its permissions, or everyone.
import type { Component } from 'svelte';
import type { Permission } from '../stores/session_store.svelte';

export const tabNames = ['statuses', 'users', 'teams', 'roles', 'audit', 'servers'] as const;
export type TabName = (typeof tabNames)[number];

const kTakes: Readonly<Record<TabName, readonly Permission[]>> = {
  statuses: [],
  users: ['users.manage'],
  teams: ['teams.manage'],
  roles: ['roles.manage', 'users.manage'],
  audit: ['audit.read'],
  servers: ['audit.read'],
};

export function isTab(name: string | null): name is TabName {
  return tabNames.some((each) => each === name);
}

/** The permission that is missing to read a part; null when it may be read. */
export function missing(tab: TabName, permissions: readonly Permission[]): Permission | null {
  const takes = kTakes[tab];
  return takes.length === 0 || takes.some((each) => permissions.includes(each)) ? null : (takes[0] ?? null);
}

const kParts = import.meta.glob<{ default: Component }>([
  './Statuses.svelte',
  './Users.svelte',
  './Teams.svelte',
  './Roles.svelte',
  './Audit.svelte',
  './Servers.svelte',
]);

/** Loads a part's page when it is first wanted. */
export function load(tab: TabName): Promise<{ default: Component }> | undefined {
  return kParts[`./${tab[0]?.toUpperCase()}${tab.slice(1)}.svelte`]?.();
}
