// Where one is in the Maker: /maker/TAB/ID?q=... The address is the state, so that a view can be
// shared, reloaded and gone back from.
import { getContext, setContext } from 'svelte';

/** Marks the entries of the browser's history that were made here: one can go back from them. */
const kWithin = 'pastille.maker';

export class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  /** Call while a component is made: it follows back and forward until that component is gone. */
  constructor() {
    $effect(() => {
      const back = () => this.#read();
      addEventListener('popstate', back);
      return () => removeEventListener('popstate', back);
    });
  }

  /** ["statuses", "s4", "edit"] of /maker/statuses/s4/edit. */
  get parts(): readonly string[] {
    return this.path.split('/').filter((part) => part !== '').slice(1).map(decoded);
  }

  go(address: string): void {
    history.pushState(kWithin, '', address);
    this.#read();
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

  /** Changes the query in place; '' takes a name out, a list gives the name several times. */
  refine(more: Readonly<Record<string, string | readonly string[]>>): void {
    this.replace(this.path + refined(this.query, more));
  }

  /** An address of the same view with the query as it is. */
  within(path: string): string {
    return path + refined(this.query, {});
  }

  /** For a click anywhere in the Maker: a plain one on a link within it stays on the page. */
  follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !/^\/maker(\/|$)/.test(to.pathname)) return;
    event.preventDefault();
    this.go(to.pathname + to.search);
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

const kContext = Symbol('route');
export const provideRoute = (route: Route): Route => setContext(kContext, route);
export const useRoute = (): Route => getContext<Route>(kContext);
