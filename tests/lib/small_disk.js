// A disk of its own for a data directory, small enough to fill.

import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export class SmallDisk {
  /** Mounts it. @param {string} folder that does not exist yet @param {string} size as mount(8) takes it */
  constructor(folder, size) {
    this.folder = folder;
    this.ballast = join(folder, 'ballast');
    mkdirSync(folder, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'none', folder], { stdio: 'pipe' });
    } catch (error) {
      throw new Error(`this test mounts a tmpfs and needs the right to: run it as root. ${error}`, { cause: error });
    }
  }

  /** Takes every byte that is left. */
  fill() {
    const file = openSync(this.ballast, 'a');
    try {
      for (const piece of [65536, 4096]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(piece, 'b'));
        } catch (error) {
          if (/** @type {any} */ (error).code !== 'ENOSPC') throw error;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives the bytes back. */
  free() {
    rmSync(this.ballast, { force: true });
  }

  unmount() {
    execFileSync('umount', ['-l', this.folder], { stdio: 'pipe' });
  }
}
