/**
 * One file onto the stick, in segments: each is hashed as it is read, written,
 * and synced while the next one is read and written. What an earlier, broken copy
 * left is compared with the recording past the cache, and kept as far as it is the same:
 * the recording itself is the only list of what can be trusted.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rm, type FileHandle } from 'node:fs/promises';
import { CollectError, whileOnStick } from './faults.js';
import { readBack } from './read-back.js';

export interface Part {
  readonly from: string;
  readonly to: string;
  /** As planned: what a source grows by meanwhile is not copied. */
  readonly size: number;
}

/** Of one segment: null where it was compared on the medium already. */
export type Digests = readonly (string | null)[];

/** Between two syncs, and what a broken copy is kept by; small enough for progress to move on a slow stick. */
export const SEGMENT = 16 * 1024 * 1024;
const BLOCK = 4 * 1024 * 1024;

export const segmentsOf = (size: number): { offset: number; length: number }[] =>
  Array.from({ length: Math.ceil(size / SEGMENT) }, (_, i) => ({ offset: i * SEGMENT, length: Math.min(SEGMENT, size - i * SEGMENT) }));

/** @param onSynced bytes that are on the stick for certain, as they come to be there. @throws CollectError (rejects); CANCELLED once `signal` says so. */
export async function copyFile({ from, to, size }: Part, onSynced: (bytes: number) => void, signal: AbortSignal): Promise<Digests> {
  const source = await reading(from, () => open(from, 'r'));
  try {
    const kept = await keptOf(source, from, to, onSynced, signal);
    const out = await writing(async () => {
      const handle = await open(to, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
      await handle.truncate(kept * SEGMENT);
      return handle;
    });
    try {
      const digests: (string | null)[] = Array.from({ length: kept }, () => null);
      let syncing: Promise<void> = Promise.resolve();
      for (const { offset, length } of segmentsOf(size).slice(kept)) {
        notCancelled(signal);
        digests.push(await copySegment(source, out, from, offset, length));
        await syncing;
        syncing = writing(() => out.datasync()).then(() => onSynced(length));
        syncing.catch(() => undefined); // waited for below
      }
      await syncing;
      await writing(() => out.sync());
      return digests;
    } finally {
      await out.close().catch(() => undefined);
    }
  } finally {
    await source.close();
  }
}

/** Compares what is on the medium with what was read. @throws CollectError STICK_FAILED */
export async function checkFile({ from, to, size }: Part, digests: Digests, onChecked: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  const there = await writing(() => lstat(to));
  if (!there.isFile() || there.size !== size) throw new CollectError('STICK_FAILED', `${to} has another size`);
  const medium = await writing(() => readBack(to));
  try {
    for (const [i, { offset, length }] of segmentsOf(size).entries()) {
      notCancelled(signal);
      const digest = digests[i];
      if (digest !== null && await writing(() => medium.digest(offset, length)) !== digest) throw new CollectError('STICK_FAILED', `${from} differs from ${offset} on`);
      onChecked(length);
    }
  } finally {
    await medium.close().catch(() => undefined);
  }
}

/** Of the recording, for a copy that seems to be there already. */
export async function digestsOf({ from, size }: Part): Promise<Digests> {
  const source = await reading(from, () => open(from, 'r'));
  try {
    const digests: string[] = [];
    for (const { offset, length } of segmentsOf(size)) digests.push(await digestSegment(source, from, offset, length));
    return digests;
  } finally {
    await source.close();
  }
}

/** How many segments of an earlier copy are what they should be. Whatever else has its name goes. */
async function keptOf(source: FileHandle, from: string, to: string, onSynced: (bytes: number) => void, signal: AbortSignal): Promise<number> {
  const there = await writing(() => lstat(to).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }));
  if (there === undefined) return 0;
  if (!there.isFile()) {
    await writing(() => rm(to, { recursive: true }));
    return 0;
  }
  const medium = await writing(() => readBack(to));
  try {
    const whole = Math.floor(there.size / SEGMENT);
    for (let kept = 0; ; kept += 1) {
      notCancelled(signal);
      if (kept === whole || await digestSegment(source, from, kept * SEGMENT, SEGMENT) !== await writing(() => medium.digest(kept * SEGMENT, SEGMENT))) return kept;
      onSynced(SEGMENT);
    }
  } finally {
    await medium.close().catch(() => undefined);
  }
}

/** @returns SHA-256 of what was read of the source. */
async function copySegment(source: FileHandle, out: FileHandle, from: string, offset: number, length: number): Promise<string> {
  const hash = createHash('sha256');
  let written: Promise<unknown> = Promise.resolve();
  for (let at = 0; at < length; at += BLOCK) {
    const bytes = await readBlock(source, from, offset + at, Math.min(BLOCK, length - at));
    await written;
    written = writeAll(out, bytes, offset + at);
    written.catch(() => undefined); // waited for in the next round
    hash.update(bytes); // while it is written
  }
  await written;
  return hash.digest('hex');
}

async function digestSegment(source: FileHandle, from: string, offset: number, length: number): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < length; at += BLOCK) hash.update(await readBlock(source, from, offset + at, Math.min(BLOCK, length - at)));
  return hash.digest('hex');
}

async function readBlock(source: FileHandle, from: string, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await reading(from, () => source.read(bytes, done, length - done, position + done));
    if (bytesRead === 0) throw new CollectError('RECORDING_UNREADABLE', `${from} is shorter than it was`);
    done += bytesRead;
  }
  return bytes;
}

/** A full disk takes a part of a write before it says so. */
const writeAll = (out: FileHandle, bytes: Buffer, position: number): Promise<void> => writing(async () => {
  for (let done = 0; done < bytes.length;) done += (await out.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
});

export function notCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new CollectError('CANCELLED', 'its owner');
}

export async function reading<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CollectError ? error : new CollectError('RECORDING_UNREADABLE', `${file}: ${String(error)}`);
  }
}

export async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw whileOnStick(error);
  }
}
