// The page as something installed: its service worker, whether a newer version has come, and the
// browser's offer to install it. All of it needs TLS or localhost; without, nothing here happens.

/** Chromium's event; other browsers install from their own menu. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

class Installation {
  /** The server has a newer version than this page; a reload shows it. */
  newer = $state(false);
  #offer = $state.raw<InstallOffer | null>(null);
  #registration: ServiceWorkerRegistration | undefined;

  get offered(): boolean {
    return this.#offer !== null;
  }

  begin(): void {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault(); // offered in the profile, not in the way
      this.#offer = event as InstallOffer;
    });
    addEventListener('appinstalled', () => (this.#offer = null));
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    this.#register().catch(() => undefined); // the page works without it
  }

  /** Fails where storage is denied: in a frame of another origin, or by a choice of the browser's. */
  async #register(): Promise<void> {
    // The first one that takes this page over is no newer version.
    let controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (controlled) this.#compare();
      controlled = true;
    });
    this.#registration = await navigator.serviceWorker.register('/service_worker.js');
  }

  /** Looks for a newer version, as when the server has been away. */
  look(): void {
    this.#registration?.update().catch(() => undefined); // there will be a next time
  }

  async install(): Promise<void> {
    const offer = this.#offer;
    this.#offer = null;
    await offer?.prompt();
  }

  /** Asks the new worker whether this page began with the files that it has. */
  #compare(): void {
    const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
    if (entry === null) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<boolean>) => {
      this.newer = !data;
      port1.close();
    };
    navigator.serviceWorker.controller?.postMessage({ is: 'knows', file: new URL(entry.src).pathname }, [port2]);
  }
}

export const installation = new Installation();
