// The clock of a server, moved while it runs: libfaketime in its process alone (Debian's libfaketime).

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

export class FakeClock {
  /**
   * @param {string} folder for the file that says how late it is
   * @param {{steady: boolean}} options whether the steady clock moves too, as when a machine sleeps, or the wall clock alone, as
   * when somebody sets it
   */
  constructor(folder, { steady }) {
    assert.ok(existsSync(library), `this test needs ${library}: scripts/install test`);
    this.file = join(folder, 'clock');
    this.set(0);
    const settings = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: this.file, FAKETIME_NO_CACHE: '1', ...(steady ? {} : { FAKETIME_DONT_FAKE_MONOTONIC: '1' }) };
    /** What a server is started with. */
    this.shell = Object.entries(settings).map(([name, value]) => `export ${name}=${value}`).join('; ');
  }

  /** @param {number} seconds after the true time */
  set(seconds) {
    writeFileSync(`${this.file}.new`, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`);
    renameSync(`${this.file}.new`, this.file);
  }
}
