// What all files have in common that are brought in.

/** As the server: more goes by the command line. */
export const kFileMost = 1024 * 1024;
/** Of a file, to look at how it is written. */
export const kHead = 1000;

export interface FileFault {
  /** Counted from one; null: the file as a whole. */
  readonly at: number | null;
  /** In words; '' when it is no single field. */
  readonly field: string;
  readonly detail: string;
}

/** A spreadsheet in many languages writes ';' between cells and calls it CSV. */
export function hasSemicolons(text: string): boolean {
  const head = text.split(/\r?\n/u, 1)[0] ?? '';
  return head.includes(';') && !head.includes(',');
}

/** As one goes through the file from its beginning. */
export function inOrder(faults: readonly FileFault[]): FileFault[] {
  return [...faults].sort((some, other) => (some.at ?? 0) - (other.at ?? 0));
}
