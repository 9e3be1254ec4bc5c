/** Room kept for the state: a file of zeros that is given up when saving meets a full disk, and made anew when there is room again. */
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from './durable.js';

const BYTES = 16 * 1024 * 1024;
const BLOCK = 1024 * 1024;

export class Ballast {
  readonly #file: string;
  readonly #bytes: number;

  /** @param file on the disk whose room it keeps. */
  constructor(file: string, bytes = BYTES) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Makes it where it is missing and the disk has room for two of it. To be called at the start, and now and then. @returns whether it is there. */
  async make(): Promise<boolean> {
    const folder = path.dirname(this.#file);
    if (await stat(this.#file).then(({ size }) => size === this.#bytes, () => false)) return true;
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < 2 * this.#bytes) return false;
    const fresh = `${this.#file}.new`;
    try {
      const handle = await open(fresh, 'w', 0o600);
      try {
        // Written, not truncated to length: a hole in a file keeps no room.
        for (let at = 0; at < this.#bytes; at += BLOCK) await handle.writeFile(Buffer.alloc(Math.min(BLOCK, this.#bytes - at)));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(fresh, this.#file);
      await syncFolder(folder);
      return true;
    } catch (error) {
      await rm(fresh, { force: true });
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      return false;
    }
  }

  /** Does `save`; where the disk is full, gives the ballast up and does it once more. `save` may run twice. @throws (rejects) what `save` throws. */
  async spare<T>(save: () => Promise<T>): Promise<T> {
    try {
      return await save();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      await rm(this.#file, { force: true });
      await syncFolder(path.dirname(this.#file)); // only then is its room free for certain
      return save();
    }
  }
}
