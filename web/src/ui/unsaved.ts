// What is typed on the page and not saved. Whatever leads away asks here first; who holds the edits then
// asks the person. The browser asks by itself before the whole page goes.

/** Asks the person, and calls `go` when what was typed may be lost. */
type Ask = (go: () => void) => void;

const held = new Set<Ask>();
const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

/** For as long as there is something unsaved. Returns its own end. */
export function holdUnsaved(ask: Ask): () => void {
  held.add(ask);
  addEventListener('beforeunload', warn);
  return () => {
    held.delete(ask);
    if (held.size === 0) removeEventListener('beforeunload', warn);
  };
}

/** Whether the person is asked first: then `go` is called later, or never. */
export function asksFirst(go: () => void): boolean {
  const ask = [...held].at(-1);
  ask?.(go);
  return ask !== undefined;
}
