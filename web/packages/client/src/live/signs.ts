// What the browser says of the network and of the page, for the live connection: gone, back, asleep. It
// says it late, or not at all, so each sign is only a reason to look.

interface Connection {
  check(): void;
  sleep(): void;
  wake(): void;
}

const tickMs = 5_000;
/** A clock that jumps by this much in a page that is seen: the machine has slept. */
const sleptMs = 20_000;

/** Returns its own end. */
export function heedSigns(connection: Connection): () => void {
  const look = () => connection.check();
  const seen = () => {
    if (document.visibilityState === 'visible') look();
  };
  const hidden = ({ persisted }: PageTransitionEvent) => {
    if (persisted) connection.sleep();
  };
  const shown = ({ persisted }: PageTransitionEvent) => {
    if (persisted) connection.wake();
  };
  let last = Date.now();
  const ticking = setInterval(() => {
    const now = Date.now();
    if (now - last > sleptMs) seen();
    last = now;
  }, tickMs);
  const heeded = [
    [globalThis, 'online', look],
    [globalThis, 'offline', look],
    [globalThis, 'pagehide', hidden],
    [globalThis, 'pageshow', shown],
    [document, 'visibilitychange', seen],
  ] as [EventTarget, string, EventListener][];
  for (const [of, sign, heed] of heeded) of.addEventListener(sign, heed);
  return () => {
    clearInterval(ticking);
    for (const [of, sign, heed] of heeded) of.removeEventListener(sign, heed);
  };
}
