// What is remembered on this device. A browser may forbid it, as to a frame of another origin: then
// nothing is remembered, and the page works all the same.

export const device = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  /** null: forgets it. */
  set(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Forbidden, or full.
    }
  },
};
