// Where the focus is in a dialog, and where it goes when the dialog closes. It begins at the first field;
// without fields at the first button below, which changes nothing; else at the title. When what had it goes
// or is disabled, it is where it was before, or begins anew.
import { beginIfLost } from './beginning';

const kField = 'input:not(:disabled), select:not(:disabled), textarea:not(:disabled)';
const kBusy = '[aria-busy="true"]';

interface Places {
  readonly dialog: HTMLDialogElement;
  readonly body: HTMLElement;
  readonly heading: HTMLElement;
}

function beginning({ body, heading, dialog }: Places): HTMLElement {
  const field = [...body.querySelectorAll<HTMLInputElement>(kField)].find(
    (each) => each.checkVisibility() && each.tabIndex >= 0,
  );
  if (field === undefined) return dialog.querySelector<HTMLElement>('[data-footer] :is(button, a[href])') ?? heading;
  // Of radios the chosen one is the group's tab stop.
  const chosen =
    field.type === 'radio' ? body.querySelector<HTMLElement>(`[name="${CSS.escape(field.name)}"]:checked`) : null;
  return chosen ?? field;
}

/** Opens it over the page; returns what closes it and gives the focus back. */
export function openModal(places: Places): () => void {
  const { dialog } = places;
  const before = document.activeElement;
  const rows = before?.closest('[data-rows]');
  let last: HTMLElement | null = null;
  let lost = false;

  const usable = (element: HTMLElement) =>
    element.isConnected && !element.matches(':disabled') && element.checkVisibility();

  function take(event: FocusEvent): void {
    if (event.target instanceof HTMLElement) last = event.target;
  }

  function regain(): void {
    if (last !== null && !usable(last)) lost = true;
    const at = document.activeElement;
    if (!lost || !dialog.isConnected || dialog.querySelector(kBusy) !== null) return;
    lost = false;
    if (at instanceof HTMLElement && at !== document.body && usable(at)) return;
    (last !== null && usable(last) ? last : beginning(places)).focus();
  }

  dialog.addEventListener('focusin', take);
  const watch = new MutationObserver(() => setTimeout(regain)); // first whoever changed it, on purpose
  watch.observe(dialog, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'aria-busy'],
  });
  dialog.showModal();
  beginning(places).focus();

  return () => {
    watch.disconnect();
    if (!(before instanceof HTMLElement)) return;
    // What opened it may be gone with its row: then to the one that took its place.
    if (usable(before)) before.focus();
    else rows?.querySelector<HTMLElement>('[data-row] [tabindex="0"]')?.focus();
    queueMicrotask(beginIfLost);
  };
}
