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
  readonly v: 1;
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

export class DurableFile<T> implements Adapter<T> {
  readonly #file: string;
  readonly #check: (data: unknown) => data is T;
  #gen = 0;

  /**
   * @param file the newest generation; the one before lies beside it as `NAME.previous`.
   * @param check says whether data have the shape that the program expects.
   */
  constructor(file: string, check: (data: unknown) => data is T) {
    this.#file = file;
    this.#check = check;
  }

  /** @returns null where nothing was ever stored. @throws StateDamaged where both generations are unreadable. */
  async read(): Promise<T | null> {
    await this.#sweep();
    const generations = await Promise.all([this.#file, this.#previous].map((file) => this.#readOne(file)));
    const [newest, previous] = generations;
    const good = generations.find((generation) => generation?.kind === 'good');
    if (good !== undefined && good !== null) {
      this.#gen = good.gen;
      return good.data;
    }
    if (newest == null && previous == null) return null;
    throw new StateDamaged(this.#file, newest?.reason ?? previous?.reason ?? 'unreadable');
  }

  /** Resolves when the data are on the disk. @throws the file system's error; then the old generation still stands. */
  async write(data: T): Promise<void> {
    if (!this.#check(data)) throw new TypeError('the state to be stored does not have its own shape');
    const body = JSON.stringify(data);
    const envelope = `{"v":1,"gen":${this.#gen + 1},"sha256":"${sha256(body)}","data":${body}}\n`;
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

  async #readOne(file: string): Promise<{ kind: 'good'; gen: number; data: T; reason?: undefined } | { kind: 'bad'; reason: string } | null> {
    const text = await readFile(file, 'utf8').catch(ignoreMissing);
    if (text === undefined) return null;
    let envelope: Partial<Envelope> | null;
    try {
      envelope = JSON.parse(text) as Partial<Envelope> | null;
    } catch {
      return { kind: 'bad', reason: 'not JSON' };
    }
    if (envelope?.v !== 1 || typeof envelope.gen !== 'number') return { kind: 'bad', reason: 'no envelope' };
    if (envelope.sha256 !== sha256(JSON.stringify(envelope.data))) return { kind: 'bad', reason: 'checksum differs' };
    if (!this.#check(envelope.data)) return { kind: 'bad', reason: 'unknown shape' };
    return { kind: 'good', gen: envelope.gen, data: envelope.data };
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
