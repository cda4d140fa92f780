// Keeps the shell of the pages, so that they begin without the server, and shows notifications for
// them. It keeps no answer of the API and no address. Served as /service_worker.js.
import { isAway, kindOf, pageOf, type Shell } from './shell';

declare const self: ServiceWorkerGlobalScope & { readonly shell: Shell };

/** From a page. */
type Order =
  | { readonly is: 'notify'; readonly title: string; readonly body: string; readonly conversation: string }
  /** Answered on the port: whether this is the version that the page began with. */
  | { readonly is: 'knows'; readonly file: string };

const kPrefix = 'pastille.shell.';
/** In a cache that has all its files: a worker that was ended while it filled one leaves it half written. */
const kWhole = '/whole';
const kPatienceMs = 5_000;
const { shell } = self; // put in front of this by the build
const here = kPrefix + shell.version;

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  switch (kindOf(url, self.location.origin, event.request.method, event.request.mode === 'navigate', shell)) {
    case 'page':
      event.respondWith(page(event, url.pathname));
      break;
    case 'hashed':
      event.respondWith(hashed(event));
      break;
    case 'shell':
      event.respondWith(fetch(event.request).catch(async () => (await kept(url.pathname)) ?? Response.error()));
      break;
    case 'other':
      break;
  }
});

self.addEventListener('message', (event) => {
  const order = event.data as Order;
  if (order.is === 'notify') event.waitUntil(notify(order));
  else event.ports[0]?.postMessage(shell.files.includes(order.file));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String((event.notification.data as { conversation: string }).conversation)));
});

/** What an earlier version has under the same hashed name is not fetched again. */
async function fill(): Promise<void> {
  const cache = await caches.open(here);
  await Promise.all(
    shell.files.map(async (file) => {
      const known = file.startsWith('/assets/') ? await kept(file) : undefined;
      const response = known ?? (await fetch(file, { cache: 'no-cache' }));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      await cache.put(file, response);
    }),
  );
  await cache.put(kWhole, new Response());
}

/** The version before stays for the pages that began with it; older ones go, and what never became one. */
async function takeOver(): Promise<void> {
  let before = false;
  for (const name of (await newestFirst()).filter((each) => each !== here)) {
    const stays = !before && (await caches.match(kWhole, { cacheName: name })) !== undefined;
    if (stays) before = true;
    else await caches.delete(name);
  }
  // The page is fetched while the worker starts; not every browser can.
  await (self.registration.navigationPreload as NavigationPreloadManager | undefined)?.enable();
  await self.clients.claim();
}

/** The newest page there is; the kept one when the server is away or takes too long. */
async function page(event: FetchEvent, pathname: string): Promise<Response> {
  const shellPage = await kept(pageOf(pathname) ?? '/');
  const answer = (async () => ((await event.preloadResponse) as Response | undefined) ?? fetch(event.request))();
  if (shellPage === undefined) return answer;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, kPatienceMs));
  const first = await Promise.race([answer, late]).catch(() => undefined);
  return first === undefined || isAway(first.status) ? shellPage : first;
}

async function hashed(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const known = await kept(new URL(request.url).pathname);
  if (known !== undefined) return known;
  const response = await fetch(request);
  if (response.ok) event.waitUntil(keep(request, response.clone()));
  return response;
}

/** A browser that has no room, or gives none, shows the pages all the same. */
async function keep(request: Request, response: Response): Promise<void> {
  try {
    await (await caches.open(here)).put(request, response);
  } catch {
    // It is fetched again the next time.
  }
}

/** From this version, else from the newest before it: a page goes with the files it was built with. */
async function kept(file: string): Promise<Response | undefined> {
  try {
    for (const name of await newestFirst()) {
      const found = await caches.match(file, { cacheName: name, ignoreVary: true });
      if (found !== undefined) return found;
    }
  } catch {
    // Nothing is kept where storage is denied.
  }
  return undefined;
}

/** This version, then those before it. */
async function newestFirst(): Promise<string[]> {
  const earlier = (await caches.keys()).filter((name) => name.startsWith(kPrefix) && name !== here);
  return [here, ...earlier.reverse()];
}

/** One for a conversation, and none while any page is in sight. */
async function notify({ title, body, conversation }: Extract<Order, { is: 'notify' }>): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some((each) => each.visibilityState === 'visible')) return;
  await self.registration.showNotification(title, {
    body,
    tag: conversation,
    icon: '/icon-192.png',
    data: { conversation },
  });
}

async function open(conversation: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  const showing = (path: string) => pages.find((each) => pageOf(new URL(each.url).pathname) === path);
  const found = showing('/banner') ?? showing('/maker');
  if (found === undefined) {
    await self.clients.openWindow(`/banner/conversations/${encodeURIComponent(conversation)}`);
    return;
  }
  await found.focus();
  found.postMessage({ is: 'open', conversation });
}
