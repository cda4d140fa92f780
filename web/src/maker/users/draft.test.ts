import { describe, expect, it } from 'vitest';
import { draftOf, faultAt, faultsOf, merged, patchOf, type PersonDraft, type User } from './draft';

const ana: User = {
  id: 'u1',
  display_name: 'Ana Sanz',
  teams: ['t1', 't2'],
  login: 'ana',
  role_id: 'r2',
  locale: 'en',
  time_zone: 'Europe/Madrid',
  unset: [],
  active: true,
  invited: false,
  version: 3,
  created_at: '2026-01-01T08:00:00.000Z',
};
const draft = (more: Partial<PersonDraft> = {}): PersonDraft => ({ ...draftOf(ana), ...more });

describe('a patch', () => {
  it('says only what differs', () => {
    expect(patchOf(draft(), draft({ display_name: ' Ana Sanz Ruiz ', time_zone: 'UTC' }))).toEqual({
      display_name: 'Ana Sanz Ruiz',
      time_zone: 'UTC',
    });
  });
  it('is null when nothing differs, in whatever order the teams stand', () => {
    expect(patchOf(draft(), draft({ team_ids: ['t2', 't1'], login: 'ana ' }))).toBeNull();
  });
  it('replaces the teams whole', () => {
    expect(patchOf(draft(), draft({ team_ids: ['t3'] }))).toEqual({ team_ids: ['t3'] });
  });
});

describe('another’s save while a form is open', () => {
  it('is nothing when it changed no field of the form', () => {
    expect(merged(draft(), draft({ login: 'x' }), draft({ team_ids: ['t2', 't1'] }))).toBeNull();
  });
  it('comes in where one’s own hands have not been', () => {
    expect(merged(draft(), draft({ login: 'ana2' }), draft({ role_id: 'r1' }))).toEqual({
      draft: draft({ login: 'ana2', role_id: 'r1' }),
      clashes: [],
    });
  });
  it('never takes what one has written, and names the clash', () => {
    const mine = draft({ display_name: 'Ana S.', login: 'same' });
    expect(merged(draft(), mine, draft({ display_name: 'Ana Ruiz', login: 'same' }))).toEqual({
      draft: mine,
      clashes: ['display_name'],
    });
  });
});

describe('what is wrong before it is sent', () => {
  it('is nothing with a good account', () => {
    expect(faultsOf(draft(), [])).toEqual({});
  });
  it('names each field', () => {
    const faults = faultsOf(
      {
        login: ' ',
        display_name: '',
        role_id: '',
        team_ids: Array.from({ length: 51 }, (_, i) => `t${i}`),
        locale: 'en',
        time_zone: 'Moon/Base',
      },
      [],
    );
    expect(faults).toEqual({
      login: 'users.fault.login-missing',
      display_name: 'users.fault.name-missing',
      role_id: 'users.fault.role-missing',
      team_ids: 'users.fault.teams-many',
      time_zone: 'users.fault.time-zone',
    });
  });
  it('is no open zone of who has none yet, and one of who has', () => {
    const fresh: User = { ...ana, locale: 'en', time_zone: 'UTC', unset: ['locale', 'time_zone'] };
    expect([draftOf(fresh).locale, draftOf(fresh).time_zone]).toEqual(['', '']);
    expect(faultsOf(draftOf(fresh), fresh.unset)).toEqual({});
    expect(faultsOf(draft({ time_zone: '' }), [])).toEqual({ time_zone: 'users.fault.time-zone' });
    expect(patchOf(draftOf(fresh), { ...draftOf(fresh), locale: 'en' })).toEqual({ locale: 'en' });
  });
  it('counts characters as people do, not as UTF-16 does', () => {
    expect(faultsOf(draft({ display_name: '😀'.repeat(100) }), [])).toEqual({});
    expect(faultsOf(draft({ display_name: '😀'.repeat(101) }), [])).toEqual({ display_name: 'users.fault.too-long' });
    expect(faultsOf(draft({ login: 'a b' }), [])).toEqual({ login: 'users.fault.login-space' });
  });
});

it('finds the server’s word on a field, also on one item of a list', () => {
  const problem = {
    type: '/problems/invalid' as const,
    title: 'Invalid',
    status: 422,
    detail: 'x',
    errors: [{ pointer: '/team_ids/1', detail: 'There is no such team.', code: 'invalid', params: {} }],
  };
  expect(faultAt(problem, 'team_ids')).toBe('There is no such team.');
  expect(faultAt(problem, 'team')).toBeUndefined();
  expect(faultAt(null, 'login')).toBeUndefined();
});
