// Which part of the Banner is shown, and in which form. On the Banner's own page the part stands in
// the address (/banner/conversations/c4), so that it can be reloaded and gone back from; beside the
// Maker it is kept in memory. In the small form the colleagues are the rail itself and every other
// place is a panel beside it: `conversations` is then the place with no panel. A frame that has no room for
// a panel (the rail alone, in another application) opens a window for it.
import { device } from '../stores/device_storage';

export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'conversations' }
  | { readonly at: 'conversation'; readonly id: string }
  | { readonly at: 'profile' }
  | { readonly at: 'history' };

export interface ListPlace {
  scrollTop: number;
  /** The row that is the tab stop. */
  active: string | null;
  /** Whose conversation was opened from the list: the focus goes back to their row. */
  opened: string | null;
  /** The search was asked for where there is no field for it. */
  searching: boolean;
}

const kFormKey = 'pastille.banner.form';
const kWindow = 'pastille-window';

export class BannerView {
  place = $state.raw<Place>({ at: 'home' });
  /** There is room for the rail and nothing else. */
  cramped = $state(false);
  #small = $state(window.name !== kWindow && device.get(kFormKey) === 'small');
  /** Where one was in the list of colleagues, for when it is shown again. */
  readonly list: ListPlace = { scrollTop: 0, active: null, opened: null, searching: false };
  readonly #root: string | null;
  #wanted: object | null = null;

  /** root: the page's address, or null when the view is not kept in the address. */
  constructor(root: string | null) {
    this.#root = root;
    const room = matchMedia('(width < 240px)');
    const measure = () => (this.cramped = room.matches);
    measure();
    room.onchange = measure;
    if (root !== null) this.place = parsePlace(location.pathname.slice(root.length));
    if (this.small && this.place.at === 'home') this.#stay({ at: 'conversations' });
    if (root === null) return;
    $effect(() => {
      const back = () => (this.place = parsePlace(location.pathname.slice(root.length)));
      addEventListener('popstate', back);
      return () => removeEventListener('popstate', back);
    });
  }

  /** A page of its own, not the strip beside the Maker. */
  get alone(): boolean {
    return this.#root !== null;
  }

  get small(): boolean {
    return this.#small || this.cramped;
  }

  /** Opens a place in a window beside a cramped frame; false where there is room, or the browser opens none. */
  outside(place: Place): boolean {
    return this.cramped && window.open(addressOf(place), kWindow, 'popup,width=380,height=760') !== null;
  }

  go(place: Place): void {
    if (place.at !== 'conversations' && this.outside(place)) return;
    this.place = place;
    if (this.#root !== null) history.pushState(null, '', this.#root + writePlace(place));
  }

  /** Goes there once it is known where that is; not when one has gone elsewhere, or asked for another,
   *  meanwhile. */
  async goWhenKnown(place: Promise<Place | null>): Promise<void> {
    const from = this.place;
    const mine = (this.#wanted = {});
    const found = await place;
    if (found !== null && this.place === from && this.#wanted === mine) this.go(found);
  }

  resize(small: boolean): void {
    if (this.outside({ at: 'home' })) return;
    this.#small = small;
    device.set(kFormKey, small ? 'small' : 'full');
    if (small && this.place.at !== 'conversations') this.#stay({ at: 'conversations' });
  }

  /** The small form for as long as there is little room, without remembering it. */
  fit(narrow: boolean): void {
    this.#small = narrow || device.get(kFormKey) === 'small';
    if (this.small && this.place.at !== 'conversations') this.#stay({ at: 'conversations' });
  }

  /** Another place in the stead of this one: going back does not lead here. */
  #stay(place: Place): void {
    this.place = place;
    if (this.#root !== null) history.replaceState(null, '', this.#root + writePlace(place));
  }
}

/** A place's address on the Banner's own page: a real one, also from beside the Maker. */
export function addressOf(place: Place): string {
  return `/banner${writePlace(place)}`;
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

/** A plain click on a link to a place stays on the page; with a modifier it is the browser's. */
export function followHere(event: MouseEvent, view: BannerView, place: Place): boolean {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  event.preventDefault();
  view.go(place);
  return true;
}
