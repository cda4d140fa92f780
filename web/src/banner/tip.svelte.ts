// When the one tip is shown, and for whom: after a moment under the pointer, at once with the focus.
// The pointer may go over the tip itself; Escape closes it until the next row.

const kShowMs = 300;
/** Time to cross the gap between the circle and the tip. */
const kHideMs = 150;

export class Tip {
  user = $state<string | null>(null);
  anchor = $state.raw<HTMLElement | null>(null);
  /** Goes up when what it explains has moved on the screen. */
  moves = $state(0);
  #focused: { user: string; anchor: HTMLElement } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  pointerOver(user: string, anchor: HTMLElement): void {
    clearTimeout(this.#timer);
    if (this.user === user) this.anchor = anchor;
    else this.#timer = setTimeout(() => this.#show(user, anchor), kShowMs);
  }

  /** Over the tip itself. */
  pointerStays(): void {
    clearTimeout(this.#timer);
  }

  pointerAway(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#focused === null) this.close();
      else this.#show(this.#focused.user, this.#focused.anchor);
    }, kHideMs);
  }

  focus(user: string, anchor: HTMLElement): void {
    clearTimeout(this.#timer);
    this.#focused = { user, anchor };
    this.#show(user, anchor);
  }

  blur(user: string): void {
    if (this.#focused?.user !== user) return;
    this.#focused = null;
    if (this.user === user) this.close();
  }

  /** The list has scrolled within this box: the tip goes with its row, or away with it. */
  scrolled(box: { readonly top: number; readonly bottom: number }): void {
    const row = this.#focused?.anchor.getBoundingClientRect();
    if (this.user === null || row === undefined || this.anchor !== this.#focused?.anchor) this.close();
    else if (row.top < box.top || row.bottom > box.bottom) this.close();
    else this.moves += 1;
  }

  /** Closes and stays closed, whatever has the focus. */
  dismiss(): void {
    this.#focused = null;
    this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.user = null;
    this.anchor = null;
  }

  #show(user: string, anchor: HTMLElement): void {
    this.user = user;
    this.anchor = anchor;
  }
}
