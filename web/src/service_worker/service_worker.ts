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
      event.respondWith(hashed(event.request));
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
  await Promise.all(shell.files.map(async (file) => {
    const known = file.startsWith('/assets/') ? await kept(file) : undefined;
    const response = known ?? (await fetch(file, { cache: 'no-cache' }));
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    await cache.put(file, response);
  }));
}

/** The version before stays for the pages that began with it; older ones go. */
async function takeOver(): Promise<void> {
  const earlier = (await caches.keys()).filter((name) => name.startsWith(kPrefix) && name !== here);
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
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

async function hashed(request: Request): Promise<Response> {
  const known = await kept(new URL(request.url).pathname);
  if (known !== undefined) return known;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(here)).put(request, response.clone());
  return response;
}

function kept(file: string): Promise<Response | undefined> {
  return caches.match(file, { ignoreVary: true });
}

/** One for a conversation, and none while any page is in sight. */
async function notify({ title, body, conversation }: Extract<Order, { is: 'notify' }>): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some((each) => each.visibilityState === 'visible')) return;
  await self.registration.showNotification(title, { body, tag: conversation, icon: '/icon-192.png', data: { conversation } });
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
