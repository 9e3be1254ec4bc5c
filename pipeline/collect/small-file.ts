/**
 * One small file of a fixed name on the stick: a locked key, a recipient, a code
 * to be opened at home. What was there before under that name is kept, and of
 * what is read nothing is trusted before it was looked at.
 */
import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../vault/durable.js';
import { stickFaultOf, type StickFault } from './stick-errno.js';

export type SmallFileFault = StickFault | 'FILE_MISSING' | 'FILE_NOT_PLAIN' | 'FILE_TOO_LARGE' | 'FILE_NOT_TEXT' | 'TOO_MANY_COPIES';

interface Words { readonly sentence: string; readonly remedy: string }

/** Sentence and remedy for the screen; `{name}` is the file's. */
export const SMALL_FILE_FAULTS: Readonly<Record<SmallFileFault, Words>> = {
  STICK_MISSING: { sentence: 'The stick is not there.', remedy: 'Plug it in and try once more.' },
  STICK_FULL: { sentence: 'There is not enough room on the stick.', remedy: 'Make room on it or take another one.' },
  STICK_READ_ONLY: { sentence: 'The stick cannot be written.', remedy: 'Move its small lock switch or take another one.' },
  STICK_FAILED: { sentence: 'What is on the stick is not what was written.', remedy: 'Take another stick: this one is not reliable.' },
  FILE_MISSING: { sentence: 'There is no file {name} on the stick.', remedy: 'Put it there, not in a folder and under exactly this name, and try once more.' },
  FILE_NOT_PLAIN: { sentence: 'What is called {name} on the stick is no file.', remedy: 'Rename it, and put the file itself there under this name.' },
  FILE_TOO_LARGE: { sentence: 'The file {name} is too large.', remedy: 'Make sure that it is the right file: it has 64 kilobytes at most.' },
  FILE_NOT_TEXT: { sentence: 'The file {name} is not plain text.', remedy: 'Save it as plain text (UTF-8) and try once more.' },
  TOO_MANY_COPIES: { sentence: 'The stick holds too many older copies of {name}.', remedy: 'Move some of them away, or take another stick.' },
};

export class SmallFileError extends Error {
  override readonly name = 'SmallFileError';
  readonly code: SmallFileFault;

  /** @param evidence holds nothing of what is in the file */
  constructor(code: SmallFileFault, evidence: string) {
    super(`${code} (${evidence})`);
    this.code = code;
  }
}

/** Of what is read. */
export const SMALL_FILE_LIMIT = 64 * 1024;
/** Of what is written, which the house makes itself: the largest is the page of 300 paper codes, 140 kB with the longest names of nothing but what HTML spells out. */
export const WRITTEN_LIMIT = 256 * 1024;
/** More would hide what belongs to what, and looking for a free number takes time. */
const MOST_COPIES = 99;

/**
 * Written under another name, synced, read back and compared before it gets its own. A different one of that name becomes `NAME.1`, `NAME.2` and so on.
 * @param stick an existing folder. @param name a file name, no path. @param onSynced called before it is read back.
 * @throws SmallFileError (rejects); then what was there before is still there under its name or as a copy.
 */
export async function writeSmallFile(stick: string, name: string, text: string, onSynced: () => void = () => undefined): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > WRITTEN_LIMIT) throw new SmallFileError('FILE_TOO_LARGE', `${bytes.length} bytes`);
  if (!await isFolder(stick)) throw new SmallFileError('STICK_MISSING', stick);
  // Not a fixed name: nothing of somebody else's is ever in the way, or removed.
  const unfinished = path.join(stick, `${name}.${randomBytes(4).toString('hex')}.part`);
  try {
    await onStick(() => writeSynced(unfinished, bytes));
    onSynced();
    const same = await sameBytes(unfinished, bytes).catch((error: unknown) => {
      // What was there a moment ago can be gone only with the stick.
      throw error instanceof SmallFileError && error.code === 'FILE_MISSING' ? new SmallFileError('STICK_MISSING', error.message) : error;
    });
    if (!same) throw new SmallFileError('STICK_FAILED', `${name} read back differs`);
    await setAside(stick, name, bytes);
    await onStick(async () => {
      await rename(unfinished, path.join(stick, name));
      await syncFolder(stick);
    });
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * The text of a regular file; a byte order mark is left out.
 * @param stick a folder. @param name a file name, no path.
 * @throws SmallFileError (rejects)
 */
export async function readSmallFile(stick: string, name: string): Promise<string> {
  if (!await isFolder(stick)) throw new SmallFileError('STICK_MISSING', stick);
  const bytes = await readPlain(path.join(stick, name));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SmallFileError('FILE_NOT_TEXT', name);
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const out = await open(file, 'wx', 0o644);
  try {
    await out.writeFile(bytes);
    await out.sync();
  } finally {
    await out.close().catch(() => undefined);
  }
}

/** Gives way to the new one, unless it is the same. Whatever it is (a folder, a link), it is renamed and never opened as something else. */
async function setAside(stick: string, name: string, bytes: Buffer): Promise<void> {
  const there = path.join(stick, name);
  if (!await isThere(there) || await sameBytes(there, bytes).catch(() => false)) return;
  for (let number = 1; number <= MOST_COPIES; number++) {
    const copy = `${there}.${number}`;
    if (await isThere(copy)) continue;
    return onStick(() => rename(there, copy));
  }
  throw new SmallFileError('TOO_MANY_COPIES', `${MOST_COPIES} of ${name}`);
}

const sameBytes = async (file: string, bytes: Buffer): Promise<boolean> => (await readPlain(file, WRITTEN_LIMIT)).equals(bytes);

/** Looked at before and after it is opened: a pipe would wait for ever, and a link leads elsewhere. */
async function readPlain(file: string, limit = SMALL_FILE_LIMIT): Promise<Buffer> {
  const name = path.basename(file);
  needPlain(await reading(name, () => lstat(file)), name, limit);
  const handle = await reading(name, () => open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
  try {
    needPlain(await reading(name, () => handle.stat()), name, limit);
    const bytes = Buffer.alloc(limit + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await reading(name, () => handle.read(bytes, length, bytes.length - length, null));
      length += bytesRead;
      if (length > limit) throw new SmallFileError('FILE_TOO_LARGE', `${name} grew`);
      if (bytesRead === 0) return bytes.subarray(0, length);
    }
  } finally {
    await handle.close().catch(() => undefined);
  }
}

function needPlain(stats: Stats, name: string, limit: number): void {
  if (!stats.isFile()) throw new SmallFileError('FILE_NOT_PLAIN', name);
  if (stats.size > limit) throw new SmallFileError('FILE_TOO_LARGE', `${name}: ${stats.size} bytes`);
}

const isFolder = (folder: string): Promise<boolean> => stat(folder).then((stats) => stats.isDirectory(), () => false);

const isThere = (file: string): Promise<boolean> => onStick(() => lstat(file).then(() => true, (error: unknown) => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  throw error;
}));

async function onStick<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new SmallFileError(stickFaultOf(error), String(error));
  }
}

/** The same number means something else where a file is read: it is this file that is missing or out of reach. */
async function reading<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new SmallFileError('FILE_MISSING', name);
    if (code === 'ELOOP' || code === 'EACCES' || code === 'EPERM') throw new SmallFileError('FILE_NOT_PLAIN', `${name}: ${code}`);
    throw new SmallFileError(stickFaultOf(error), `${name}: ${String(error)}`);
  }
}
