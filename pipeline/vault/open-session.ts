/** The one session that is open: its journal, its parts in order, and the key that signs for it and lives only here. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Plan } from '../../session/ports.js';
import type { PartFigures } from '../recorder-messages.js';
import { commitmentOf, FormatError, HEADER_LIMIT, JournalWriter, readHeader, sealedBinding, toHex, type Binding, type JournalRecord } from '../seal/format.js';
import { nodeCrypto } from '../seal/node.js';
import { writeAbout, type Note } from './about.js';
import { claimName, claimOf } from './claims.js';
import { freshSigningKey, type SigningKey } from './device-key.js';
import { syncFolder } from './durable.js';
import { JournalFile } from './journal-file.js';
import { ABOUT, JOURNAL, LAST_PART, partFile } from './layout.js';
import type { PartLog } from './part-log.js';

/** To whom a session is sealed, and what of the device its binding names. */
export interface Sealing {
  /** The owner's public key (an age recipient). */
  readonly owner: string;
  /** All of the owner's recipients: the key itself and, where there is one, the spare. */
  readonly recipients: readonly string[];
  /** Version of the code of practice in force. */
  readonly code: string;
  readonly room: string;
  /** What a clap test in the room has found, ms. */
  readonly soundOffsetMs?: number;
}

/** FAT32 takes files of 4 GiB less one byte; this leaves room for an order that comes late. */
const PART_LIMIT = Math.floor(3.9 * 2 ** 30);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export class OpenSession {
  readonly id: string;
  readonly #folder: string;
  readonly #recipients: readonly string[];
  readonly #binding: Uint8Array;
  readonly #commitment: Uint8Array;
  readonly #journal: JournalFile;
  readonly #wall: () => Date;
  readonly #key = freshSigningKey();
  readonly #lines = new JournalWriter(nodeCrypto);
  readonly #partLimit: number;
  #parts = 0;
  #storageLost = false;
  #lastPartClosed: Promise<void> = Promise.resolve();

  private constructor(id: string, folder: string, sealing: Sealing, binding: Binding, salt: Uint8Array, journal: JournalFile, wall: () => Date, partLimit: number) {
    this.id = id;
    this.#folder = folder;
    this.#recipients = sealing.recipients;
    this.#binding = sealedBinding(salt, binding);
    this.#commitment = commitmentOf(nodeCrypto, salt, binding);
    this.#journal = journal;
    this.#wall = wall;
    this.#partLimit = partLimit;
  }

  /** Makes folder and start record under `root`; both are on the disk when this resolves. @throws Error where a recipient is none or the disk fails; nothing is left behind. */
  static async begin(root: string, plan: Plan, sealing: Sealing, device: SigningKey, wall: () => Date, partLimit = PART_LIMIT): Promise<OpenSession> {
    const id = randomBytes(16).toString('hex');
    const folder = path.join(root, id);
    const { id: purpose, version, words, audience } = plan.purpose;
    const binding: Binding = {
      v: 1, session: id, owner: sealing.owner, purpose: { id: purpose, version, words, audience }, code: sealing.code, mode: plan.mode, room: sealing.room,
      ...(sealing.soundOffsetMs === undefined ? {} : { soundOffsetMs: sealing.soundOffsetMs }),
    };
    const secret = randomBytes(32);
    const at = wall().toISOString();
    let journal: JournalFile | undefined;
    try {
      await mkdir(folder, { mode: 0o700 });
      await mkdir(path.join(folder, ABOUT), { mode: 0o700 });
      const claim = claimOf(secret);
      await writeAbout(folder, sealing.recipients, { kind: 'claim', v: 1, session: id, at, secret: toHex(secret) }, claimName(claim));
      journal = await JournalFile.create(path.join(folder, JOURNAL));
      const session = new OpenSession(id, folder, sealing, binding, randomBytes(32), journal, wall, partLimit);
      await session.#append({
        kind: 'start', v: 1, session: id, at, device: toHex(device.publicKey), key: toHex(session.#key.publicKey), commitment: toHex(session.#commitment), claim,
      }, device);
      await syncFolder(folder);
      await syncFolder(root);
      return session;
    } catch (error) {
      await journal?.close();
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    } finally {
      secret.fill(0);
    }
  }

  /** The next part, once the one before is closed. Its number is taken only when its file comes into being. @throws Error (rejects) once the disk failed, RangeError after part 99. */
  async nextPart(): Promise<PartLog> {
    await this.#lastPartClosed.catch(() => undefined);
    if (this.#storageLost) throw new Error('the disk failed in this session; it takes no further part');
    return this.#part(this.#parts + 1, false);
  }

  #part(part: number, continues: boolean): PartLog {
    if (part > LAST_PART) throw new RangeError(`a session has ${LAST_PART} parts at most`);
    const file = partFile(this.#folder, part);
    const before = this.#lastPartClosed;
    let closed: () => void = () => undefined;
    this.#lastPartClosed = new Promise((resolve) => { closed = resolve; });
    let held: Promise<FileHandle> | undefined;
    const created = async (header: string): Promise<void> => {
      this.#parts = part;
      held = open(file, 'r+');
      await Promise.all([held, this.#append({ kind: 'part', part, at: this.#now(), header, continues }), syncFolder(this.#folder)]);
    };
    return {
      order: {
        path: file,
        recipients: this.#recipients,
        stanza: { session: this.id, part, at: this.#now(), commitment: this.#commitment },
        binding: this.#binding,
        limit: this.#partLimit,
      },
      created: (header) => before.then(() => created(header)),
      checkpoint: (checkpoint) => before.then(() => this.#append({ kind: 'checkpoint', part, ...checkpoint })),
      slow: () => before.then(() => this.#append({ kind: 'storage-slow', part, at: this.#now() })),
      dropped: (frames) => before.then(() => this.#append({ kind: 'frames-dropped', part, at: this.#now(), frames })),
      next: () => this.#part(part + 1, true),
      closed: async (figures, storageLost = false) => {
        try {
          await before;
          if (storageLost) this.#storageLost = true;
          if (this.#parts < part && !await this.#adopt(file, created)) return;
          // A second fsync after one that failed would say that all is well (fsync(2)): the end of such a part is never claimed.
          if (this.#storageLost) return;
          await (await held)?.datasync();
          const { length, sha256 } = figures ?? await figuresOf(file);
          await this.#append({ kind: 'part-end', part, length, sha256, closed: figures !== undefined });
        } catch (error) {
          this.#storageLost = true;
          throw error;
        } finally {
          await held?.then((handle) => handle.close()).catch(() => undefined);
          closed();
        }
      },
    };
  }

  /** For the owner's eyes only. @throws NodeJS.ErrnoException (rejects) where the disk fails. */
  note(note: Note): Promise<void> {
    return writeAbout(this.#folder, this.#recipients, { ...note, v: 1, session: this.id, at: this.#now() });
  }

  /** Signs the end record, after the last part's. Where the disk failed none is written, so that readers say "interrupted". */
  async end(): Promise<void> {
    await this.#lastPartClosed;
    try {
      if (!this.#storageLost) await this.#append({ kind: 'end', at: this.#now(), parts: this.#parts });
    } finally {
      await this.#journal.close();
    }
  }

  /** A recorder that was killed may have made its file and not said so. @returns whether there is a part. */
  async #adopt(file: string, created: (header: string) => Promise<void>): Promise<boolean> {
    try {
      const start = await startOf(file);
      await created(sha256(start.subarray(0, readHeader(start).length)));
      return true;
    } catch (error) {
      if (!(error instanceof FormatError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await rm(file, { force: true }); // not even a whole header: it holds no media
      return false;
    }
  }

  #append(record: JournalRecord, signer: SigningKey = this.#key): Promise<void> {
    return this.#journal.append(this.#lines.line(record, (message) => signer.sign(message)));
  }

  #now(): string {
    return this.#wall().toISOString();
  }
}

async function startOf(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_LIMIT), 0, HEADER_LIMIT, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function figuresOf(file: string): Promise<PartFigures> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(bytes);
    length += bytes.length;
  }
  return { length, sha256: hash.digest('hex') };
}
