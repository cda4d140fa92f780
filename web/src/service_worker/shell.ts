// What the service worker does with a request, as pure functions of its address.

export interface Shell {
  /** Of its contents: another shell, another version. */
  readonly version: string;
  /** Everything that the pages need to begin: "/banner", "/assets/banner-1a2b3c4d.js", … */
  readonly files: readonly string[];
}

export type Kind = 'page' | 'hashed' | 'shell' | 'other';

export function kindOf(url: URL, origin: string, method: string, navigates: boolean, shell: Shell): Kind {
  // Never the API: what is shown must be true now, or be said to be the last known.
  if (method !== 'GET' || url.origin !== origin || url.pathname.startsWith('/api/')) return 'other';
  if (navigates) return pageOf(url.pathname) === null ? 'other' : 'page';
  if (url.pathname.startsWith('/assets/')) return 'hashed';
  return shell.files.includes(url.pathname) ? 'shell' : 'other';
}

/** The document that answers for an address, as the server chooses it; null: none of the pages. */
export function pageOf(pathname: string): '/' | '/banner' | '/maker' | null {
  if (pathname === '/') return '/';
  const first = pathname.split('/')[1];
  if (first !== 'banner' && first !== 'maker') return null;
  return (pathname.split('/').at(-1) ?? '').includes('.') ? null : `/${first}`;
}

/** A proxy in front answers that the server is away: as good as no answer. */
export function isAway(status: number): boolean {
  return status >= 502 && status <= 504;
}
