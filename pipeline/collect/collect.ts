/**
 * Copies a session, sealed as it is, to the owner's stick. The folder on the
 * stick keeps the ending `.part` until every byte has been synced, read back and
 * compared; the device's own copy is only ever read.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../vault/durable.js';
import { stickFaultOf } from './stick-errno.js';

export type CollectFault = keyof typeof COLLECT_FAULTS;

/** Sentence and remedy for the screen. */
export const COLLECT_FAULTS = {
  STICK_MISSING: { sentence: 'The stick is not there.', remedy: 'Plug it in again and try once more. The recording is still safe here.' },
  STICK_FULL: { sentence: 'There is not enough room on the stick.', remedy: 'Make room on it or take another one. The recording is still safe here.' },
  STICK_READ_ONLY: { sentence: 'The stick cannot be written.', remedy: 'Move its small lock switch or take another one. The recording is still safe here.' },
  STICK_FAILED: { sentence: 'The copy on the stick is not the same as the recording.', remedy: 'Take another stick: this one is not reliable. The recording is still safe here.' },
  ALREADY_THERE: { sentence: 'This recording is on the stick already.', remedy: 'To copy it anew, first rename or remove its folder on the stick.' },
  RECORDING_UNREADABLE: { sentence: 'The recording could not be read.', remedy: 'Try again. If it comes back, tell the technician.' },
} as const satisfies Record<string, { sentence: string; remedy: string }>;

export class CollectError extends Error {
  override readonly name = 'CollectError';
  readonly code: CollectFault;

  constructor(code: CollectFault, evidence: string) {
    super(`${code}: ${COLLECT_FAULTS[code].sentence} ${COLLECT_FAULTS[code].remedy} (${evidence})`);
    this.code = code;
  }
}

/** What came to lie on the stick, read back and compared. */
export interface Copy {
  readonly folder: string;
  /** SHA-256 of each file, in hex, by its name within the folder. */
  readonly sha256: ReadonlyMap<string, string>;
}

/** Bytes that are on the stick for certain, of all. */
export type Progress = (synced: number, total: number) => void;

/** Between two syncs; small enough for progress to move on a slow stick. */
const SYNC_BYTES = 8 * 1024 * 1024;
const BLOCK = 1024 * 1024;

/**
 * @param session folder of the session, which is not open any more.
 * @param name of the new folder: see folderName.
 * @param stick an existing folder.
 * @throws CollectError (rejects); a folder that this made is gone again, where the stick still lets it go.
 */
export async function collect(session: string, stick: string, name: string, onProgress: Progress = () => undefined): Promise<Copy> {
  const files = await reading(session, () => filesIn(session));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const copy = path.join(stick, name);
  const unfinished = `${copy}.part`;
  if (!await exists(stick)) throw new CollectError('STICK_MISSING', stick);
  if (await exists(copy)) throw new CollectError('ALREADY_THERE', name);
  const { bavail, bsize } = await writing(() => statfs(stick));
  if (bavail * bsize < total) throw new CollectError('STICK_FULL', `${total} bytes are to be copied, ${bavail * bsize} are free`);
  try {
    await writing(async () => {
      await rm(unfinished, { recursive: true, force: true }); // of a copy that was broken off
      await mkdir(unfinished);
    });
    let synced = 0;
    const sha256 = new Map<string, string>();
    for (const file of files) {
      const digest = await copyFile(session, unfinished, file.name, (bytes) => onProgress(synced += bytes, total));
      if (await writing(() => digestOf(path.join(unfinished, file.name))) !== digest) throw new CollectError('STICK_FAILED', `${file.name} read back differs`);
      sha256.set(file.name, digest);
    }
    await writing(async () => {
      await rename(unfinished, copy);
      await syncFolder(stick);
    });
    return { folder: copy, sha256 };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Date and id, ASCII, no person's name. @param started RFC 3339. @param id of the session. */
export const folderName = (started: string, id: string): string => `${started.slice(0, 10)}-${id}`;

async function filesIn(folder: string): Promise<{ name: string; size: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return { name: path.relative(folder, file), size: (await stat(file)).size };
  }));
}

/** @returns SHA-256 of the source. */
async function copyFile(from: string, to: string, name: string, onSynced: (bytes: number) => void): Promise<string> {
  const target = path.join(to, name);
  const source = await reading(from, () => open(path.join(from, name), 'r'));
  try {
    const out = await writing(async () => {
      await mkdir(path.dirname(target), { recursive: true });
      return open(target, 'wx');
    });
    try {
      const hash = createHash('sha256');
      const block = Buffer.alloc(BLOCK);
      for (let unsynced = 0; ;) {
        const { bytesRead } = await reading(from, () => source.read(block, 0, BLOCK, null));
        hash.update(block.subarray(0, bytesRead));
        await writing(() => out.writeFile(block.subarray(0, bytesRead)));
        unsynced += bytesRead;
        if (unsynced < SYNC_BYTES && bytesRead > 0) continue;
        await writing(() => out.sync());
        onSynced(unsynced);
        unsynced = 0;
        if (bytesRead === 0) return hash.digest('hex');
      }
    } finally {
      await out.close().catch(() => undefined);
    }
  } finally {
    await source.close();
  }
}

async function digestOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const hash = createHash('sha256');
    for await (const bytes of handle.createReadStream({ highWaterMark: BLOCK, autoClose: false }) as AsyncIterable<Buffer>) hash.update(bytes);
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}


const exists = (file: string): Promise<boolean> => stat(file).then(() => true, () => false);

async function reading<T>(session: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CollectError('RECORDING_UNREADABLE', `${path.basename(session)}: ${String(error)}`);
  }
}

async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CollectError(stickFaultOf(error), String(error));
  }
}
