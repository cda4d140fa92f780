// Addresses by pattern. A page declares its routes once; an address is read and written by them.

/** Paths below the page's root by name; one part of a path may be ":id". A path has the first route that fits. */
export type Routes<Name extends string> = Readonly<Record<Name, string>>;

export interface Match<Name> {
  readonly at: Name;
  readonly id?: string;
}

/** Which route a path below the page's root is, with what stands at ":id"; null: none. */
export function match<Name extends string>(routes: Routes<Name>, path: string): Match<Name> | null {
  for (const at in routes) {
    const found = new RegExp(`^${routes[at].replace(':id', '([^/]+)')}/*$`).exec(path);
    if (found !== null) return found[1] === undefined ? { at } : { at, id: decoded(found[1]) };
  }
  return null;
}

/** The path of a route below the page's root. */
export function write<Name extends string>(routes: Routes<Name>, { at, id = '' }: Match<Name>): string {
  return routes[at].replace(':id', encodeURIComponent(id));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A click that stays on the page; with a modifier it is the browser's. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
