import { expect, it } from 'vitest';
import { changeText, isColumn, linksCsv } from './people_file';

it('writes links that a spreadsheet reads as they are', () => {
  const invitation = { link: 'https://p.example/#invitation=x', expires_at: '2026-01-01T00:00:00.000Z' };
  const row = { line: 2, role: 'Agent', teams: [] };
  expect(
    linksCsv([
      { ...row, login: '@ana', display_name: 'Sanz, "Ana"', invitation },
      { ...row, login: 'used', display_name: 'Used' },
    ]),
  ).toBe('\ufefflogin,display_name,link\r\n\'@ana,"Sanz, ""Ana""",https://p.example/#invitation=x\r\n');
});

it('knows the columns of a file', () => {
  expect([isColumn('teams'), isColumn('salary'), isColumn(undefined)]).toEqual([true, false, false]);
});

it('says what changes of a person, and where there was nothing', () => {
  const words = { field: (name: string) => name.toUpperCase(), yes: 'yes', no: 'no' };
  expect(changeText({ field: 'role', before: 'Agent', after: 'Supervisor' }, words)).toBe('ROLE: Agent → Supervisor');
  expect(changeText({ field: 'teams', before: ['North', 'South'], after: [] }, words)).toBe('TEAMS: North, South → –');
  expect(changeText({ field: 'locale', before: null, after: 'fr' }, words)).toBe('LOCALE: – → fr');
  expect(changeText({ field: 'active', before: true, after: false }, words)).toBe('ACTIVE: yes → no');
});
