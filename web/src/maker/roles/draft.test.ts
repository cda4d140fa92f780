import { describe, expect, it } from 'vitest';
import { merged, nameFault, patchOf, ticked, type Permission } from './draft';

const all: Permission[] = ['statuses.create', 'statuses.modify', 'statuses.delete', 'users.manage'];
const before = { name: 'Supervisor', permissions: ['statuses.create'] as Permission[] };

describe('a role’s form', () => {
  it('keeps the server’s order, whatever was ticked first', () => {
    expect(ticked(all, ['users.manage'], 'statuses.create', true)).toEqual(['statuses.create', 'users.manage']);
    expect(ticked(all, ['statuses.create', 'users.manage'], 'statuses.create', false)).toEqual(['users.manage']);
  });
  it('sends only what differs', () => {
    expect(patchOf(before, { ...before, name: ' Supervisor ' })).toBeNull();
    expect(patchOf(before, { name: 'Lead', permissions: ['users.manage'] })).toEqual({
      name: 'Lead',
      permissions: ['users.manage'],
    });
  });
  it('sees a name that is missing or too long', () => {
    expect([nameFault('  '), nameFault('é'.repeat(60)), nameFault('é'.repeat(61))]).toEqual([
      'maker.fault.name-missing',
      undefined,
      'maker.fault.name-long',
    ]);
  });
});

describe('another’s save while a role’s form is open', () => {
  it('is nothing when nothing differs', () => {
    expect(merged(before, { ...before, name: 'x' }, before, all)).toBeNull();
  });
  it('takes their ticks where mine were not moved, and keeps mine where they were', () => {
    const mine = { ...before, permissions: ['statuses.create', 'users.manage'] as Permission[] };
    const theirs = { ...before, permissions: ['statuses.modify'] as Permission[] };
    expect(merged(before, mine, theirs, all)).toEqual({
      draft: { name: 'Supervisor', permissions: ['statuses.modify', 'users.manage'] },
      clash: false,
    });
  });
  it('clashes only where both changed the name', () => {
    expect(merged(before, { ...before, name: 'Lead' }, { ...before, name: 'Chief' }, all)).toMatchObject({
      draft: { name: 'Lead' },
      clash: true,
    });
    expect(merged(before, before, { ...before, name: 'Chief' }, all)).toMatchObject({
      draft: { name: 'Chief' },
      clash: false,
    });
  });
});
