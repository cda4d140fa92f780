// What all files have in common that are brought in.

/** As the server: more goes by the command line. */
export const kFileMost = 8 * 1024 * 1024;
export interface FileFault {
  /** Counted from one; null: the file as a whole. */
  readonly at: number | null;
  /** In words; '' when it is no single field. */
  readonly field: string;
  /** In English, as the server says it. */
  readonly detail: string;
  /** The same in the reader's language, where there are words for it. */
  readonly said?: string | undefined;
}

/** As one goes through the file from its beginning. */
export function inOrder(faults: readonly FileFault[]): FileFault[] {
  return [...faults].sort((some, other) => (some.at ?? 0) - (other.at ?? 0));
}
