// The router of a page whose lists have filters in the address (/maker/TAB/ID?q=...), which can be shared and gone back
// from, and whose forms may hold something unsaved.
import { getContext, setContext } from 'svelte';
import { asksFirst } from '../../ui/unsaved';
import { Router } from './router.svelte';
import { isPlainClick } from './routes';

/** Marks the entries of the browser's history that were made here: one can go back from them. */
const kWithin = 'pastille.maker';
/** One whose search is still being typed: the next letters make no entry of their own. */
const kTyped = 'pastille.maker.typed';

export class FilteringRouter extends Router {
  readonly query: URLSearchParams = $derived(new URLSearchParams(this.search));
  /** The person, team or the like that is on view, for the page's title; '' for none. */
  subject = $state('');

  /** The part of the page: "statuses" of /maker/statuses/s4/edit; null at the root. */
  get part(): string | null {
    return this.below.split('/')[1] || null;
  }

  /** All of the address that counts here. */
  get address(): string {
    return this.path + refined(this.query, {});
  }

  go(address: string): void {
    const go = () => this.push(address, kWithin);
    if (!asksFirst(go)) go();
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
    else this.push(address, typed ? kTyped : kWithin);
  }

  /** An address of the same view with the query as it is. */
  within(path: string): string {
    return path + refined(this.query, {});
  }

  /** For a click anywhere in the page: a plain one on a link within it stays on the page. */
  follow(event: MouseEvent): void {
    if (event.defaultPrevented || !isPlainClick(event)) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !`${to.pathname}/`.startsWith(`${this.root}/`)) return;
    event.preventDefault();
    this.go(to.pathname + to.search);
  }

  /** The browser is there already: back here, until it is said that what was typed may go. */
  protected override back(): void {
    if (asksFirst(() => history.back())) history.pushState(kWithin, '', this.address);
    else this.read();
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

/** While the calling component is there, the title of the page names what it shows. */
export function nameSubject(router: FilteringRouter, name: () => string | undefined): void {
  $effect(() => {
    router.subject = name() ?? '';
    return () => (router.subject = '');
  });
}

const kContext = Symbol('router');
export const provideRouter = (router: FilteringRouter): FilteringRouter => setContext(kContext, router);
export const useRouter = (): FilteringRouter => getContext<FilteringRouter>(kContext);
