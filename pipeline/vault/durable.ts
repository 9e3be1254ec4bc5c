/** Files that are on the disk when these functions resolve. */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** A new file of mode 0600, synced with the folder that names it. @throws NodeJS.ErrnoException, EEXIST where it is there already. */
export async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(path.dirname(file));
}

/** So that the names in it survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a small file whole: after a power cut there is the old one or the new one. */
export async function replaceWhole(file: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${file}.new`;
  await rm(fresh, { force: true }); // of a write that was cut off
  await writeNew(fresh, bytes);
  await rename(fresh, file);
  await syncFolder(path.dirname(file));
}
