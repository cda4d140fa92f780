// Light, dark, or as the system says. Remembered on this device.
export type Theme = 'auto' | 'light' | 'dark';
const kKey = 'pastille.theme';

export function theme(): Theme {
  const stored = localStorage.getItem(kKey);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

export function applyTheme(chosen: Theme = theme()): void {
  if (chosen === 'auto') localStorage.removeItem(kKey);
  else localStorage.setItem(kKey, chosen);
  if (chosen === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset['theme'] = chosen;
}
