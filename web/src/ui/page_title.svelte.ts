// The page's title says where one is: the part that is on view sets its text, and a dialog over it comes first. The tab
// shows it with the unread messages.
import { untrack } from 'svelte';

class PageTitle {
  text = $state('Pastille');
  #over = $state.raw<readonly { readonly title: string }[]>([]);

  get shown(): string {
    const top = this.#over.at(-1);
    return top === undefined ? this.text : `${top.title} · ${this.text}`;
  }

  /** For as long as a dialog is open. Returns its own end. */
  over(title: string): () => void {
    const mine = { title };
    this.#over = [...untrack(() => this.#over), mine];
    return () => (this.#over = untrack(() => this.#over).filter((each) => each !== mine));
  }
}

export const pageTitle = new PageTitle();
