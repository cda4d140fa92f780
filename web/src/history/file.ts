// One's own history as a file to keep. CSV as RFC 4180 has it; a text that a spreadsheet would take
// for a formula gets a "'" in front, and a mark says that it is UTF-8, as in the server's own files.
import type { Shown } from './days';

const kColumns = ['from', 'to', 'status', 'type', 'note', 'status_id'] as const;
const kFormula = /^[=+\-@\t\r']/;

export function historyAsCsv(items: readonly Shown[]): string {
  const lines = items.map((each) =>
    [each.from, each.to ?? '', each.name, each.type, each.note ?? '', each.status_id].map((cell) =>
      quoted(neutral(cell)),
    ),
  );
  return `\ufeff${[kColumns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

export function historyAsJson(items: readonly Shown[]): string {
  return `${JSON.stringify(items, null, 2)}\n`;
}

export function neutral(cell: string): string {
  return kFormula.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]|^ | $/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The browser keeps it where it keeps files. */
export function offerFile(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
