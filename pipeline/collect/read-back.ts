/**
 * Reads what lies on the medium, not what the page cache remembers of it: with
 * O_DIRECT, which every file system of a stick knows (vfat, exFAT, ntfs3, ext4);
 * where one does not (EINVAL), its pages are dropped first by dd(1), since Node
 * has no posix_fadvise(2).
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** At once; a multiple of every sector size. */
const BLOCK = 4 * 1024 * 1024;
const WASM_PAGE = 64 * 1024;

/** As the browser's types name it, which are not the service's. */
const { Memory } = (globalThis as unknown as { readonly WebAssembly: { readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer } } }).WebAssembly;
/** O_DIRECT wants memory that begins at a sector's boundary. Node's buffers begin anywhere; WebAssembly's memory begins at a page. */
const aligned = (): Buffer => Buffer.from(new Memory({ initial: BLOCK / WASM_PAGE, maximum: BLOCK / WASM_PAGE }).buffer);
/** Of all read-backs: one is going on at a time in each, and each waits for its own reads. */
const spare: Buffer[] = [];

export interface ReadBack {
  /** SHA-256 of a range, in hex; of less, where the file ends before. `offset` is a multiple of 4 MiB. */
  digest(offset: number, length: number): Promise<string>;
  close(): Promise<void>;
}

/** @param how `dropped` is for file systems without O_DIRECT. @throws NodeJS.ErrnoException (rejects) */
export async function readBack(file: string, how: 'direct' | 'dropped' = 'direct'): Promise<ReadBack> {
  const handle = how === 'direct' ? await openDirect(file) : await openDropped(file);
  const buffers: [Buffer, Buffer] = [spare.pop() ?? aligned(), spare.pop() ?? aligned()];
  return {
    async digest(offset, length) {
      const hash = createHash('sha256');
      const read = (at: number): Promise<number> | undefined => at < length ? handle.read(at / BLOCK % 2 === 0 ? buffers[0] : buffers[1], 0, BLOCK, offset + at).then(({ bytesRead }) => bytesRead) : undefined;
      let next = read(0);
      for (let at = 0; next !== undefined; at += BLOCK) {
        const bytes = await next;
        next = bytes < BLOCK ? undefined : read(at + BLOCK); // the disk reads on while this block is hashed
        hash.update((at / BLOCK % 2 === 0 ? buffers[0] : buffers[1]).subarray(0, Math.min(bytes, length - at)));
      }
      return hash.digest('hex');
    },
    async close() {
      await handle.close();
      spare.push(...buffers);
    },
  };
}

const PLAIN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function openDirect(file: string): Promise<FileHandle> {
  try {
    return await open(file, PLAIN | constants.O_DIRECT);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
    return openDropped(file);
  }
}

async function openDropped(file: string): Promise<FileHandle> {
  const handle = await open(file, PLAIN);
  try {
    // What dd(1) names as the way to drop a whole file from the cache; its pages are clean, since they were synced.
    await run('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}
