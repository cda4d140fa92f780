// Light, dark, or as the system says. LastKnown on this device; every open page follows.
import { device } from '../stores/device_storage';

export type Theme = 'auto' | 'light' | 'dark';
export const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const kKey = 'pastille.theme';

class Appearance {
  theme = $state<Theme>(stored());

  constructor() {
    addEventListener('storage', (event) => {
      if (event.key === kKey || event.key === null) this.#show(stored());
    });
    this.#show(this.theme);
  }

  choose(theme: Theme): void {
    device.set(kKey, theme === 'auto' ? null : theme);
    this.#show(theme);
  }

  #show(theme: Theme): void {
    this.theme = theme;
    if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset['theme'] = theme;
  }
}

function stored(): Theme {
  const kept = device.get(kKey);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

/** Made when a page starts, which shows it. */
export const appearance = new Appearance();
