/**
 * A lowdb adapter that survives a power cut. lowdb's own (steno) syncs neither
 * the file nor its directory, so an acknowledged write can vanish. Here a write
 * is acknowledged only when file and directory are on the disk, the generation
 * before it is kept, and what is read must carry its own checksum.
 */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';

/** What lies in the file: the data in an envelope that tells damage from emptiness. */
interface Envelope {
  /** Of the shape of the data. */
  readonly v: number;
  /** Rises with every write, so that the newer of two generations is known. */
  readonly gen: number;
  readonly sha256: string;
  readonly data: unknown;
}

/** The state exists but cannot be trusted; it must never be taken for "nothing stored yet". */
export class StateDamaged extends Error {
  readonly code = 'STATE_DAMAGED';
  constructor(file: string, reason: string) {
    super(`the stored state cannot be read (${basename(file)}: ${reason}); restore the file from a copy, or move it away to begin anew`);
  }
}

/** The state is whole, and this program is too old for it. */
export class StateNewer extends Error {
  readonly code = 'STATE_NEWER';
  constructor(file: string, version: number) {
    super(`the stored state was written by a newer version of this program (${basename(file)}: version ${version}); install that version again, or restore the file from a copy that this one wrote`);
  }
}

/** Makes data of one version into those of the next. */
export type Migration = (data: unknown) => unknown;

export interface Versions {
  readonly current: number;
  /** For each older version that can still be read. */
  readonly from: Readonly<Record<number, Migration>>;
}

/** What was found in one file. */
type Generation<T> =
  | { readonly kind: 'good'; readonly gen: number; readonly data: T }
  /** `gen` is null where not even that can be read. */
  | { readonly kind: 'damaged'; readonly gen: number | null; readonly reason: string }
  | { readonly kind: 'newer'; readonly version: number };

export class DurableFile<T> implements Adapter<T> {
  readonly #file: string;
  readonly #check: (data: unknown) => data is T;
  readonly #versions: Versions;
  #gen = 0;

  /**
   * @param file the newest generation; the one before lies beside it as `NAME.previous`.
   * @param check says whether data have the shape that the program expects.
   */
  constructor(file: string, check: (data: unknown) => data is T, versions: Versions = { current: 1, from: {} }) {
    this.#file = file;
    this.#check = check;
    this.#versions = versions;
  }

  /**
   * @returns null where nothing was ever stored.
   * @throws StateDamaged where the newest generation is unreadable and what lies beside it is not the one just before it. StateNewer where this program is too old.
   */
  async read(): Promise<T | null> {
    await this.#sweep();
    const newest = await this.#readOne(this.#file);
    if (newest?.kind === 'good') return this.#take(newest);
    const previous = await this.#readOne(this.#previous);
    if (newest === null && previous === null) return null;
    for (const found of [newest, previous]) if (found?.kind === 'newer') throw new StateNewer(this.#file, found.version);
    if (previous?.kind === 'good' && isJustBefore(previous.gen, newest)) return this.#take(previous);
    throw new StateDamaged(this.#file, newest?.kind === 'damaged' ? newest.reason : 'missing');
  }

  #take({ gen, data }: { readonly gen: number; readonly data: T }): T {
    this.#gen = gen;
    return data;
  }

  /** Resolves when the data are on the disk. @throws the file system's error; then the old generation still stands. */
  async write(data: T): Promise<void> {
    if (!this.#check(data)) throw new TypeError('the state to be stored does not have its own shape');
    const body = JSON.stringify(data);
    const envelope = `{"v":${this.#versions.current},"gen":${this.#gen + 1},"sha256":"${sha256(body)}","data":${body}}\n`;
    const folder = dirname(this.#file);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `.${basename(this.#file)}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await writeSynced(temporary, envelope);
      await rename(this.#file, this.#previous).catch(ignoreMissing);
      await rename(temporary, this.#file);
    } catch (error) {
      await unlink(temporary).catch(ignoreMissing);
      throw error;
    }
    await syncFolder(folder);
    this.#gen += 1;
  }

  get #previous(): string {
    return `${this.#file}.previous`;
  }

  async #readOne(file: string): Promise<Generation<T> | null> {
    const text = await readFile(file, 'utf8').catch(ignoreMissing);
    if (text === undefined) return null;
    const damaged = (reason: string): Generation<T> => ({ kind: 'damaged', gen: genIn(text), reason });
    let envelope: Partial<Envelope> | null;
    try {
      envelope = JSON.parse(text) as Partial<Envelope> | null;
    } catch {
      return damaged('not JSON');
    }
    if (typeof envelope?.v !== 'number' || typeof envelope.gen !== 'number') return damaged('no envelope');
    if (envelope.sha256 !== sha256(JSON.stringify(envelope.data))) return damaged('checksum differs');
    if (envelope.v > this.#versions.current) return { kind: 'newer', version: envelope.v };
    const data = this.#migrated(envelope.v, envelope.data);
    return this.#check(data) ? { kind: 'good', gen: envelope.gen, data } : damaged('unknown shape');
  }

  /** @returns undefined where no way leads from that version to the present one. */
  #migrated(version: number, data: unknown): unknown {
    if (version === this.#versions.current) return data;
    const migration = this.#versions.from[version];
    if (migration === undefined) return undefined;
    try {
      return this.#migrated(version + 1, migration(data));
    } catch (error) {
      if (error instanceof TypeError) return undefined; // the data are not what that version wrote
      throw error;
    }
  }

  /** Removes what a power cut left half-written. */
  async #sweep(): Promise<void> {
    const folder = dirname(this.#file);
    const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
    const stale = names.filter((name) => name.startsWith(`.${basename(this.#file)}.`) && name.endsWith('.tmp'));
    await Promise.all(stale.map((name) => unlink(join(folder, name)).catch(ignoreMissing)));
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How the envelope begins, for a file whose rest is damaged. */
const genIn = (text: string): number | null => {
  const digits = /^\{"v":\d{1,9},"gen":(\d{1,15}),/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** A power cut damages the last write at most: whoever finds an older state than that has been given it, and what it would undo is not for the program to decide. */
const isJustBefore = <T>(gen: number, newest: Generation<T> | null): boolean =>
  newest === null || newest.kind !== 'damaged' || newest.gen === null || newest.gen - gen <= 1;

const ignoreMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

/** Owner-only, never over an existing file; on the disk when it resolves. */
async function writeSynced(file: string, text: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    await handle.writeFile(text, 'utf8');
    const { size } = await handle.stat();
    if (size !== Buffer.byteLength(text)) throw new Error(`only ${size} bytes of the state could be written; the disk may be full`);
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
