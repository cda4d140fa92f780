// A file system of its own for a data directory, on a file, from which the power can be taken.

import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';

/** EXT4_IOC_SHUTDOWN (linux/fs/ext4/ext4.h): nothing that is not on the disk yet gets there, 1 with and 2 without the journal. */
const shutDown = 'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", int(sys.argv[2])))';

/** @param {string} command @param {string[]} args */
function run(command, args) {
  try {
    execFileSync(command, args, { stdio: 'pipe' });
  } catch (error) {
    throw new Error(`this test mounts an ext4 on a loop device and needs the right to: run it as root. ${error}`, { cause: error });
  }
}

export class LoopDisk {
  /** Makes and mounts it. @param {string} image a file that does not exist yet @param {string} folder the same */
  constructor(image, folder) {
    this.image = image;
    this.folder = folder;
    writeFileSync(image, '');
    truncateSync(image, 64 << 20);
    run('mkfs.ext4', ['-q', '-F', image]);
    mkdirSync(folder, { recursive: true });
    this.mounted = false;
    this.mount();
  }

  mount() {
    run('mount', ['-o', 'loop', this.image, this.folder]);
    this.mounted = true;
  }

  /** From now on nothing reaches the disk. @param {{journal: boolean}} options whether what ext4 has in its journal still does */
  cut({ journal }) {
    run('python3', ['-c', shutDown, this.folder, journal ? '1' : '2']);
  }

  unmount() {
    if (!this.mounted) return;
    run('umount', [this.folder]);
    this.mounted = false;
  }
}
