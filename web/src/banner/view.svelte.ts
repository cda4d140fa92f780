// Which part of the Banner is shown, and in which form. On the Banner's own page the part stands in
// the address (/banner/conversations/c4), so that it can be reloaded and gone back from; beside the
// Maker it is kept in memory.

export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'conversations' }
  | { readonly at: 'conversation'; readonly id: string }
  | { readonly at: 'profile' }
  | { readonly at: 'history' };

const kFormKey = 'pastille.banner.form';

export class BannerView {
  place = $state.raw<Place>({ at: 'home' });
  small = $state(localStorage.getItem(kFormKey) === 'small');
  readonly #root: string | null;

  /** root: the page's address, or null when the view is not kept in the address. */
  constructor(root: string | null) {
    this.#root = root;
    if (root === null) return;
    this.place = parsePlace(location.pathname.slice(root.length));
    $effect(() => {
      const back = () => (this.place = parsePlace(location.pathname.slice(root.length)));
      addEventListener('popstate', back);
      return () => removeEventListener('popstate', back);
    });
  }

  go(place: Place): void {
    this.place = place;
    if (this.#root !== null) history.pushState(null, '', this.#root + writePlace(place));
  }

  resize(small: boolean): void {
    this.small = small;
    localStorage.setItem(kFormKey, small ? 'small' : 'full');
  }
}

export function parsePlace(path: string): Place {
  const [at, id] = path.split('/').filter((part) => part !== '');
  if (at === 'conversations') return id === undefined ? { at: 'conversations' } : { at: 'conversation', id };
  return at === 'profile' || at === 'history' ? { at } : { at: 'home' };
}

export function writePlace(place: Place): string {
  switch (place.at) {
    case 'home':
      return '';
    case 'conversation':
      return `/conversations/${encodeURIComponent(place.id)}`;
    default:
      return `/${place.at}`;
  }
}
