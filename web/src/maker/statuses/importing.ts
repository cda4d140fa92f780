// A file of statuses on its way in: what kind it is, sending it, and what the answer says.
import { api, ask, type Problem, type Schemas } from '@pastille/client/http/client';
import { changeRows, type ChangeRow } from './history';

export type Report = Schemas['ImportReport'];
export type Step = Report['steps'][number];
export type FileKind = 'json' | 'csv';

/** By its name, as the server's own command tells them apart; null: neither. */
export function fileKind(name: string): FileKind | null {
  const ending = /\.(json|csv)$/i.exec(name)?.[1]?.toLowerCase();
  return ending === 'json' || ending === 'csv' ? ending : null;
}

export function counted(report: Report): { create: number; modify: number; keep: number } {
  const counts = { create: 0, modify: 0, keep: 0 };
  for (const { action } of report.steps) counts[action] += 1;
  return counts;
}

/** Whether bringing the file in now does the same as was shown. */
export function sameReport(one: Report, other: Report): boolean {
  return JSON.stringify(one.steps) === JSON.stringify(other.steps);
}

/** Its fields to read. A new one is headed by its name and type, which need no line. */
export function stepRows(step: Step): ChangeRow[] {
  if (step.action !== 'create') return changeRows({ action: 'modified', changes: step.changes });
  return changeRows({ action: 'created', changes: step.changes }).filter(
    ({ field }) => field !== 'name' && field !== 'type',
  );
}

/** Where something is wrong: "line 3, type" of CSV, "/statuses/2/names/fr" of JSON, which counts from nought, or
 *  "/colour" beside its statuses. */
export function placeOf(pointer: string): { at: number | null; field: string } {
  const line = /^line (\d+)(?:, (.*))?$/.exec(pointer);
  if (line !== null) return { at: Number(line[1]), field: fieldOf((line[2] ?? '').split(/[/.]/u)) };
  const status = /^\/statuses\/(\d+)(?:\/(.*))?$/.exec(pointer);
  if (status !== null) return { at: Number(status[1]) + 1, field: fieldOf((status[2] ?? '').split('/')) };
  const [, beside = ''] = /^\/(?!statuses(?:\/|$))(.*)$/.exec(pointer) ?? [];
  return { at: null, field: fieldOf(beside.split('/')) };
}

/** A tag has no field of its own, a translation has. */
function fieldOf([first = '', second]: string[]): string {
  return (first === 'names' && second !== undefined ? `names.${second}` : first)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

/** The file goes as its bytes are: the server reads it as the command line does. */
export async function send(
  file: Blob,
  kind: FileKind,
  dryRun: boolean,
): Promise<{ data: Report; problem?: undefined } | { data?: undefined; problem: Problem }> {
  return ask(
    api.POST('/statuses/import', {
      params: { query: { dry_run: dryRun } },
      headers: { 'Content-Type': kind === 'csv' ? 'text/csv; charset=utf-8' : 'application/json' },
      body: { statuses: [] },
      bodySerializer: () => file,
    }),
  );
}
