// Which part of the Banner is shown, and in which form. On the Banner's own page the part stands in
// the address (/banner/conversations/c4), so that it can be reloaded and gone back from; beside the
// Maker it is kept in memory. In the small form the colleagues are the rail itself and every other
// place is a panel beside it: `conversations` is then the place with no panel. A frame that has no room for
// a panel (the rail alone, in another application) opens a window for it.
import { Router } from '../app/router/router.svelte';
import { isPlainClick, match, write } from '../app/router/routes';
import { device } from '../stores/device_storage';

const kRoot = '/banner';
const kRoutes = {
  home: '',
  conversations: '/conversations',
  conversation: '/conversations/:id',
  profile: '/profile',
  history: '/history',
};

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
  readonly #router: Router;
  #place: { readonly path: string; readonly is: Place } | null = null;
  /** There is room for the rail and nothing else. */
  cramped = $state(false);
  #small = $state(window.name !== kWindow && device.get(kFormKey) === 'small');
  /** Where one was in the list of colleagues, for when it is shown again. */
  readonly list: ListPlace = { scrollTop: 0, active: null, opened: null, searching: false };
  #wanted: object | null = null;

  /** alone: a page of its own, whose address it is; else the strip beside the Maker. */
  constructor(readonly alone: boolean) {
    this.#router = new Router(kRoot, !alone);
    const room = matchMedia('(width < 240px)');
    const measure = () => (this.cramped = room.matches);
    measure();
    room.onchange = measure;
    if (this.small && this.place.at === 'home') this.#stay({ at: 'conversations' });
  }

  /** The same object for as long as one stays there. */
  get place(): Place {
    const path = this.#router.below;
    if (path !== this.#place?.path) this.#place = { path, is: parsePlace(path) };
    return this.#place!.is;
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
    this.#router.push(addressOf(place));
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
    this.#router.replace(addressOf(place));
  }
}

/** A place's address on the Banner's own page: a real one, also from beside the Maker. */
export function addressOf(place: Place): string {
  return kRoot + writePlace(place);
}

export function parsePlace(path: string): Place {
  return (match(kRoutes, path) as Place | null) ?? { at: 'home' };
}

export const writePlace = (place: Place): string => write(kRoutes, place);

/** A plain click on a link to a place stays on the page; with a modifier it is the browser's. */
export function followHere(event: MouseEvent, view: BannerView, place: Place): boolean {
  if (!isPlainClick(event)) return false;
  event.preventDefault();
  view.go(place);
  return true;
}
