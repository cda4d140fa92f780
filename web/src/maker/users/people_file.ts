// A file of people on its way in, and the links on their way out.
import type { Schemas } from '@pastille/client/http/client';

export type Imported = Schemas['ImportedUsers'];
export type Created = Imported['created'][number];
export type Updated = Imported['updated'][number];

export const kColumns = ['login', 'display_name', 'role', 'teams', 'locale', 'time_zone'] as const;
export type Column = (typeof kColumns)[number];

export function isColumn(name: string | undefined): name is Column {
  return (kColumns as readonly (string | undefined)[]).includes(name);
}

/** One change in words: "Role: Agent → Supervisor". `words` of a field, and of yes and no. */
export function changeText(
  { field, before, after }: Updated['changes'][number],
  words: { field: (name: string) => string; yes: string; no: string },
): string {
  const shown = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
    return text === '' ? '–' : text;
  };
  return `${words.field(field)}: ${shown(before)} → ${shown(after)}`;
}

/** "login,name,link" lines for a mail merge, with a mark by which a spreadsheet knows UTF-8; a cell that it would reckon gets a "'". */
export function linksCsv(invited: readonly Pick<Created, 'login' | 'display_name' | 'invitation'>[]): string {
  const rows = invited.flatMap(({ login, display_name, invitation }) =>
    invitation === undefined ? [] : [[login, display_name, invitation.link ?? '']],
  );
  const lines = [['login', 'display_name', 'link'], ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`);
  return `\ufeff${lines.join('')}`;
}

function cell(text: string): string {
  const neutral = /^[=+\-@\t\r']/u.test(text) ? `'${text}` : text;
  return /[",\r\n]|^ | $/u.test(neutral) ? `"${neutral.replaceAll('"', '""')}"` : neutral;
}
