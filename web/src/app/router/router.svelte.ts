// Where one is in the Maker: /maker/TAB/ID?q=... The address is the state, so that a view can be
// shared, reloaded and gone back from.
import { getContext, setContext } from 'svelte';
import { asksFirst } from '../../ui/unsaved';

/** Marks the entries of the browser's history that were made here: one can go back from them. */
const kWithin = 'pastille.maker';
/** One whose search is still being typed: the next letters make no entry of their own. */
const kTyped = 'pastille.maker.typed';

export class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  /** The person, team or the like that is on view, for the page's title; '' for none. */
  subject = $state('');

  /** Call while a component is made: it follows back and forward until that component is gone. */
  constructor() {
    $effect(() => {
      const back = () => {
        // The browser is there already: back here, until it is said that what was typed may go.
        if (asksFirst(() => history.back())) history.pushState(kWithin, '', this.address);
        else this.#read();
      };
      addEventListener('popstate', back);
      return () => removeEventListener('popstate', back);
    });
  }

  /** ["statuses", "s4", "edit"] of /maker/statuses/s4/edit. */
  get parts(): readonly string[] {
    return this.path
      .split('/')
      .filter((part) => part !== '')
      .slice(1)
      .map(decoded);
  }

  /** All of the address that counts here. */
  get address(): string {
    return this.path + refined(this.query, {});
  }

  go(address: string): void {
    const go = () => this.#push(kWithin, address);
    if (!asksFirst(go)) go();
  }

  /** Another address in the stead of this one: going back does not lead here. */
  replace(address: string): void {
    history.replaceState(history.state, '', address);
    this.#read();
  }

  /** Out of what was opened: back, when it was opened here, so that it is not met again on the way. */
  leave(address: string): void {
    if (history.state === kWithin) history.back();
    else this.replace(address);
  }

  /** Narrows what is listed, and can be gone back from; '' takes a name out, a list gives it several times. */
  refine(more: Readonly<Record<string, string | readonly string[]>>, typed = false): void {
    this.narrow(this.path + refined(this.query, more), typed);
  }

  /** typed: letter by letter, which is one step back together. */
  narrow(address: string, typed = false): void {
    if (address === this.address) return;
    if (typed && history.state === kTyped) this.replace(address);
    else this.#push(typed ? kTyped : kWithin, address);
  }

  /** An address of the same view with the query as it is. */
  within(path: string): string {
    return path + refined(this.query, {});
  }

  /** For a click anywhere in the Maker: a plain one on a link within it stays on the page. */
  follow(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !/^\/maker(\/|$)/.test(to.pathname)) return;
    event.preventDefault();
    this.go(to.pathname + to.search);
  }

  #push(mark: string, address: string): void {
    history.pushState(mark, '', address);
    this.#read();
  }

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }
}

/** "?q=..." with these names changed, or "" when nothing is left. */
export function refined(query: URLSearchParams, more: Readonly<Record<string, string | readonly string[]>>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(more)) {
    next.delete(name);
    for (const each of typeof value === 'string' ? [value] : value) if (each !== '') next.append(name, each);
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** While the calling component is there, the title of the page names what it shows. */
export function nameSubject(route: Route, name: () => string | undefined): void {
  $effect(() => {
    route.subject = name() ?? '';
    return () => (route.subject = '');
  });
}

const kContext = Symbol('route');
export const provideRoute = (route: Route): Route => setContext(kContext, route);
export const useRoute = (): Route => getContext<Route>(kContext);
