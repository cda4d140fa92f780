// The parts of the Banner that are loaded after its head. They are fetched as soon as the page has
// nothing else to do: a server that cannot be reached later must not take the menu away.
export const parts = {
  home: () => import('./Home.svelte'),
  conversations: () => import('./Conversations.svelte'),
  conversation: () => import('./Conversation.svelte'),
  profile: () => import('./Profile.svelte'),
  history: () => import('./History.svelte'),
  ended: () => import('./EndedLine.svelte'),
  tip: () => import('./StatusTip.svelte'),
  menu: () => import('./OwnMenu.svelte'),
  newer: () => import('./NewVersion.svelte'),
} as const;

/** Returns its own end. */
export function fetchPartsWhenIdle(): () => void {
  const fetchAll = () => {
    // One that fails is asked for again, and explained, when it is needed.
    for (const part of Object.values(parts)) part().catch(() => undefined);
  };
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(fetchAll, 1_000);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(fetchAll, { timeout: 3_000 });
  return () => cancelIdleCallback(idle);
}
