/**
 * Copies sessions, sealed as they are, to the owner's stick. A folder there keeps
 * the ending `.part` until every byte of it has been synced, read back past the
 * cache and compared; a broken copy is carried on. The device's own copy is only ever read.
 */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../vault/durable.js';
import { JOURNAL } from '../vault/layout.js';
import { placeBeside, type Beside } from './beside.js';
import { checkFile, copyFile, digestsOf, notCancelled, reading, writing, type Digests } from './copy-file.js';
import { CollectError, full, type CollectFault } from './faults.js';
import { Pace, type Progress } from './pace.js';

export interface Session {
  /** Which is not open any more. */
  readonly folder: string;
  /** Of its folder on the stick: see folderName. */
  readonly name: string;
}

/** What came to lie on the stick, read back and compared. */
export interface Copy {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  /** SHA-256 of the journal, in hex. */
  readonly journal: string;
}

export interface CollectOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Called once for each that is whole, before the next is begun with. */
  readonly onVerified?: (copy: Copy) => void;
  readonly signal?: AbortSignal;
  readonly beside?: readonly Beside[];
  readonly now?: () => number;
}

interface Planned extends Session {
  readonly files: readonly { readonly name: string; readonly size: number }[];
  readonly bytes: number;
  /** Under its final name, from an earlier copy. */
  readonly isThere: boolean;
}

/** Carried on with at the next try; after these nothing half-done is left. */
const LEAVES_NOTHING: ReadonlySet<CollectFault> = new Set(['CANCELLED', 'STICK_FULL', 'STICK_FAILED']);

/**
 * Copies all, then checks each and gives it its name.
 * @param stick an existing folder.
 * @throws CollectError (rejects). Those that were verified by then stay.
 */
export async function collect(sessions: readonly Session[], stick: string, options: CollectOptions = {}): Promise<readonly Copy[]> {
  const { onProgress = () => undefined, onVerified = () => undefined, signal = new AbortController().signal, beside = [], now = () => performance.now() } = options;
  const plan: Planned[] = [];
  for (const session of sessions) plan.push(await planOf(session, stick));
  if (!await isFolder(stick)) throw new CollectError('STICK_MISSING', stick);
  const { needed, free } = await roomFor(plan, stick, beside);
  if (free < needed) throw full(needed, free);
  const pace = new Pace(plan.reduce((sum, { bytes }) => sum + bytes, 0), now);
  const unfinished = new Set(plan.filter(({ isThere }) => !isThere).map(({ name }) => name));
  try {
    onProgress(pace.progress);
    const digests: Digests[][] = [];
    for (const one of plan) digests.push(one.isThere ? await rereadFiles(one, (bytes) => onProgress(pace.add(bytes)), signal) : await copyFiles(one, stick, (bytes) => onProgress(pace.add(bytes)), signal));
    for (const file of beside) await placeBeside(stick, file);
    onProgress(pace.check());
    const copies: Copy[] = [];
    for (const [i, one] of plan.entries()) {
      await checkFiles(one, stick, digests[i] ?? [], (bytes) => onProgress(pace.add(bytes)), signal);
      if (!one.isThere) await giveName(stick, one.name);
      unfinished.delete(one.name);
      const copy = { name: one.name, files: one.files.length, bytes: one.bytes, journal: await journalOf(one.folder) };
      copies.push(copy);
      onVerified(copy);
    }
    return copies;
  } catch (error) {
    if (!(error instanceof CollectError) || !LEAVES_NOTHING.has(error.code)) throw error;
    await clear(stick, unfinished);
    if (error.code !== 'STICK_FULL') throw error;
    // It promised more room than it had, or somebody else took it.
    const now = await roomFor(plan.filter(({ name }) => unfinished.has(name)), stick, beside);
    throw full(now.needed, now.free, error.message);
  }
}

/** Date and id, ASCII, no person's name. @param started RFC 3339. @param id of the session. */
export const folderName = (started: string, id: string): string => `${started.slice(0, 10)}-${id}`;

async function planOf({ folder, name }: Session, stick: string): Promise<Planned> {
  const isThere = await exists(path.join(stick, name));
  const all = await reading(folder, () => filesIn(folder));
  // What the owner did since the last copy is written beside the parts; the copy from before is none the worse for it.
  const files = isThere ? await keepExisting(all, path.join(stick, name)) : all;
  return { folder, name, isThere, files, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}

/** All but small notes that came later. */
async function keepExisting(files: Planned['files'], copy: string): Promise<Planned['files']> {
  const kept = await Promise.all(files.map(async (file) => path.dirname(file.name) === '.' || await exists(path.join(copy, file.name))));
  return files.filter((_, i) => kept[i]);
}

export async function filesIn(folder: string): Promise<{ name: string; size: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return { name: path.relative(folder, file), size: (await stat(file)).size };
  }));
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** In bytes; what a broken copy already takes is not needed again. @throws CollectError (rejects) STICK_MISSING */
async function roomFor(plan: readonly Planned[], stick: string, beside: readonly Beside[]): Promise<{ needed: number; free: number }> {
  const { bavail, bsize } = await writing(() => statfs(stick));
  let needed = beside.reduce((sum, { bytes }) => sum + bytes.length, 0);
  for (const { name, files, isThere } of plan) {
    if (isThere) continue;
    for (const file of files) {
      const there = await lstat(path.join(stick, `${name}.part`, file.name)).then(({ size }) => size, () => 0);
      needed += Math.max(0, file.size - there);
    }
  }
  return { needed, free: bavail * bsize };
}

async function copyFiles({ folder, name, files }: Planned, stick: string, onSynced: (bytes: number) => void, signal: AbortSignal): Promise<Digests[]> {
  const unfinished = path.join(stick, `${name}.part`);
  const folders = [...new Set(files.map((file) => path.dirname(path.join(unfinished, file.name)))), unfinished].sort();
  for (const one of new Set(folders)) await writing(() => needFolder(one));
  const digests: Digests[] = [];
  for (const file of files) digests.push(await copyFile({ from: path.join(folder, file.name), to: path.join(unfinished, file.name), size: file.size }, onSynced, signal));
  await dropOthers(unfinished, files.map((file) => file.name));
  for (const one of new Set(folders.toReversed())) await writing(() => syncFolder(one));
  return digests;
}

async function rereadFiles({ folder, files }: Planned, onRead: (bytes: number) => void, signal: AbortSignal): Promise<Digests[]> {
  const digests: Digests[] = [];
  for (const { name, size } of files) {
    notCancelled(signal);
    digests.push(await digestsOf({ from: path.join(folder, name), to: '', size }));
    onRead(size);
  }
  return digests;
}

async function checkFiles({ folder, name, files, isThere }: Planned, stick: string, digests: readonly Digests[], onChecked: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  const copy = path.join(stick, isThere ? name : `${name}.part`);
  for (const [i, file] of files.entries()) {
    try {
      await checkFile({ from: path.join(folder, file.name), to: path.join(copy, file.name), size: file.size }, digests[i] ?? [], onChecked, signal);
    } catch (error) {
      // It was not written just now: nothing says that the stick is at fault.
      throw isThere && error instanceof CollectError && (error.code === 'STICK_FAILED' || error.code === 'STICK_MISSING') && await isFolder(stick) ? new CollectError('ALREADY_THERE', error.message, { folder: name }) : error;
    }
  }
}

const giveName = (stick: string, name: string): Promise<void> => writing(async () => {
  await rename(path.join(stick, `${name}.part`), path.join(stick, name));
  await syncFolder(stick);
});

/** A folder of one's own: a link of that name is not followed. */
async function needFolder(folder: string): Promise<void> {
  const there = await lstat(folder).catch(() => undefined);
  if (there?.isDirectory() === true) return;
  await rm(folder, { force: true });
  await mkdir(folder);
}

/** Whatever lies in the unfinished copy and is not of the recording. */
const dropOthers = (folder: string, names: readonly string[]): Promise<void> => writing(async () => {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isDirectory() && !names.includes(path.relative(folder, file))) await rm(file);
  }
});

async function clear(stick: string, names: ReadonlySet<string>): Promise<void> {
  for (const name of names) await rm(path.join(stick, `${name}.part`), { recursive: true, force: true }).catch(() => undefined);
  await syncFolder(stick).catch(() => undefined);
}

const journalOf = (folder: string): Promise<string> => reading(folder, async () => createHash('sha256').update(await readFile(path.join(folder, JOURNAL))).digest('hex'));
const exists = (file: string): Promise<boolean> => lstat(file).then(() => true, () => false);
const isFolder = (folder: string): Promise<boolean> => stat(folder).then((stats) => stats.isDirectory(), () => false);
