/** A file beside the recordings: the page that opens them, and a few words. What of somebody else's has its name is kept under another. */
import { createHash } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CollectError } from './faults.js';
import { writing } from './copy-file.js';
import { readBack } from './read-back.js';

export interface Beside {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** More would mean that something renames them. */
const MOST_COPIES = 99;

/** Written under another name, synced, read back past the cache and compared before it gets its own. @throws CollectError (rejects) */
export async function placeBeside(stick: string, { name, bytes }: Beside): Promise<void> {
  const [there, unfinished] = [path.join(stick, name), path.join(stick, `${name}.part`)];
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (await isSame(there, bytes.length, digest)) return;
  await writing(async () => {
    await rm(unfinished, { recursive: true, force: true });
    const out = await open(unfinished, 'wx', 0o644);
    try {
      await out.writeFile(bytes);
      await out.sync();
    } finally {
      await out.close().catch(() => undefined);
    }
  });
  if (!await isSame(unfinished, bytes.length, digest)) throw new CollectError('STICK_FAILED', `${name} read back differs`);
  await writing(async () => {
    await setAside(stick, name);
    await rename(unfinished, there);
  });
}

const isSame = (file: string, size: number, digest: string): Promise<boolean> => writing(async () => {
  const stats = await statOf(file);
  if (stats?.isFile() !== true || stats.size !== size) return false;
  const medium = await readBack(file);
  try {
    return await medium.digest(0, size) === digest;
  } finally {
    await medium.close();
  }
});

/** `READ ME.txt` becomes `READ ME 1.txt`, whatever it is. */
async function setAside(stick: string, name: string): Promise<void> {
  const { name: stem, ext } = path.parse(name);
  if (await statOf(path.join(stick, name)) === undefined) return;
  for (let number = 1; number <= MOST_COPIES; number += 1) {
    const other = path.join(stick, `${stem} ${number}${ext}`);
    if (await statOf(other) === undefined) return rename(path.join(stick, name), other);
  }
  throw new CollectError('ALREADY_THERE', name, { folder: name });
}

const statOf = (file: string) => lstat(file).catch((error: unknown) => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
});
