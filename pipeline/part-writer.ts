/**
 * One part's file, sealed in memory and written as it comes. Whole chunks are
 * written as they fill; a chunk that would wait too long is padded; fdatasync
 * runs every 500 ms without anybody waiting for it.
 *
 * What a power cut can cost while beats arrive and fdatasync returns in 500 ms:
 * 300 ms until a fragment is complete, 300 ms until it is confirmed, 750 ms until it
 * is written (250 ms and a turn), 500 ms until it is synced: under 2 s.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import type { Unit } from './hold-back.js';
import type { PartFigures, PartOrder } from './recorder-messages.js';
import { CHUNK, ChunkLayout, HEADER_LIMIT, NONCE, payloadKey, sealChunk, SEALED_CHUNK, toHex, type Checkpoint, type Chunk } from './seal/format.js';
import { nodeCrypto, sealHeader } from './seal/node.js';
import type { Monotonic } from '../session/ports.js';

export const SYNC_EVERY_MS = 500;
/** At a sync, bytes that have waited this long are not left for the next one. */
const PAD_AFTER_MS = 250;
/** Longer than this, and the promise of 2 s does not hold. */
const SLOW_AFTER_MS = 500;
/** Sealed bytes that the disk has not taken; a disk that far behind has failed. */
const BACKLOG_LIMIT = 64 * 1024 * 1024;

export interface PartListener {
  created(header: string): void;
  checkpoint(checkpoint: Checkpoint): void;
  storage(slow: boolean): void;
  /** Nothing more can be written. */
  failed(evidence: string): void;
}

export class PartWriter {
  readonly #order: PartOrder;
  readonly #listener: PartListener;
  readonly #now: () => Monotonic;
  readonly #layout = new ChunkLayout();
  readonly #hash = nodeCrypto.sha256();
  readonly #sealing: Promise<{ header: Uint8Array; nonce: Uint8Array; key: Uint8Array }>;
  #file: FileHandle | undefined;
  #length = 0;
  /** Plaintext bytes whose chunks are in the file. */
  #written = 0;
  #backlog = 0;
  /** Writes run one after another; each continues this. */
  #writes: Promise<void> = Promise.resolve();
  #oldestWaitingAt: Monotonic | undefined;
  #index: IndexEntry[] = [];
  #syncedLength = 0;
  #syncing = false;
  #failed = false;

  constructor(order: PartOrder, listener: PartListener, now: () => Monotonic) {
    this.#order = order;
    this.#listener = listener;
    this.#now = now;
    this.#sealing = makeKeys(order);
    this.#sealing.catch((error: unknown) => this.#fail(error));
  }

  /** Takes confirmed media. The file comes into being with the first. */
  add(units: readonly Unit[]): void {
    for (const unit of units) {
      this.#oldestWaitingAt ??= this.#now();
      switch (unit.kind) {
        case 'init':
          this.#write([...this.#layout.push(unit.ftyp), ...this.#layout.push(this.#order.binding), ...this.#layout.push(unit.moov)]);
          break;
        case 'fragment': {
          const moof = this.#layout.taken;
          this.#write(this.#layout.push(unit.bytes));
          this.#index.push({ moof, end: this.#layout.taken, ...unit.times });
        }
      }
    }
  }

  /** What the file would hold with `more` bytes of media and its end, at most. */
  sealedAtMost(more: number): number {
    return HEADER_LIMIT + NONCE + (Math.ceil((this.#layout.taken + more) / CHUNK) + 1) * SEALED_CHUNK;
  }

  /** To be called every SYNC_EVERY_MS. @param padAfterMs what has waited for so long is not left for the next time. */
  async sync(padAfterMs = PAD_AFTER_MS): Promise<void> {
    if (this.#oldestWaitingAt !== undefined && this.#now() - this.#oldestWaitingAt >= padAfterMs) this.#write(this.#layout.pad());
    if (this.#syncing) return;
    this.#syncing = true;
    const slow = setTimeout(() => this.#listener.storage(true), SLOW_AFTER_MS);
    const began = this.#now();
    try {
      await this.#writes;
      if (this.#file === undefined || this.#length === this.#syncedLength) return;
      const checkpoint = this.#checkpoint();
      await this.#file.datasync();
      this.#syncedLength = checkpoint.length;
      this.#listener.checkpoint(checkpoint);
    } catch (error) {
      this.#fail(error);
    } finally {
      clearTimeout(slow);
      if (this.#now() - began >= SLOW_AFTER_MS) this.#listener.storage(false);
      this.#syncing = false;
    }
  }

  /** Writes the last chunk. @returns undefined where nothing was ever confirmed, so that there is no file, and after a failure. */
  async close(): Promise<PartFigures | undefined> {
    if (this.#layout.taken > 0) this.#write([this.#layout.end()]);
    await this.#writes;
    void this.#file?.close().catch(() => undefined); // a slow fdatasync may be out still; nobody waits for it
    if (this.#file === undefined || this.#failed) return undefined;
    return { length: this.#length, sha256: this.#digest() };
  }

  #write(chunks: readonly Chunk[]): void {
    for (const chunk of chunks) {
      this.#backlog += SEALED_CHUNK;
      this.#writes = this.#writes.then(() => this.#append(chunk)).catch((error: unknown) => this.#fail(error));
    }
    if (chunks.length > 0) this.#oldestWaitingAt = this.#layout.taken > this.#layout.covered ? this.#now() : undefined;
    if (this.#backlog > BACKLOG_LIMIT) this.#fail(new Error(`the disk is ${this.#backlog} bytes behind`));
  }

  async #append(chunk: Chunk): Promise<void> {
    if (this.#failed) return;
    const { header, nonce, key } = await this.#sealing;
    if (this.#file === undefined) {
      this.#file = await open(this.#order.path, 'wx', 0o600);
      await this.#put(Buffer.concat([header, nonce]));
      this.#listener.created(toHex(digestOf(header)));
    }
    const sealed = await sealChunk(nodeCrypto, key, chunk);
    await this.#put(sealed);
    this.#written += chunk.plain.length;
    chunk.plain.fill(0);
    this.#backlog -= SEALED_CHUNK;
  }

  async #put(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += (await (this.#file as FileHandle).write(bytes, at)).bytesWritten;
    this.#hash.update(bytes);
    this.#length += bytes.length;
  }

  /** What the disk holds after the fdatasync that follows, and the first whole fragment in it that was in none before. */
  #checkpoint(): Checkpoint {
    const covered = this.#index.findIndex(({ end }) => end > this.#written);
    const entries = this.#index.splice(0, covered === -1 ? this.#index.length : covered);
    const figures = { length: this.#length, sha256: this.#digest() };
    const [first] = entries;
    if (first === undefined) return figures;
    const picture = entries.find((entry) => entry.picture !== undefined)?.picture;
    const sound = entries.find((entry) => entry.sound !== undefined)?.sound;
    return { ...figures, moof: first.moof, ...(picture === undefined ? {} : { picture }), ...(sound === undefined ? {} : { sound }) };
  }

  #digest(): string {
    return toHex(this.#hash.soFar());
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#listener.failed(error instanceof Error ? error.message : String(error));
  }
}

interface IndexEntry {
  readonly moof: number;
  readonly end: number;
  readonly picture?: number;
  readonly sound?: number;
}

async function makeKeys({ recipients, stanza }: PartOrder): Promise<{ header: Uint8Array; nonce: Uint8Array; key: Uint8Array }> {
  const { header, fileKey } = await sealHeader(recipients, stanza);
  const nonce = randomBytes(NONCE);
  const key = await payloadKey(nodeCrypto, fileKey, nonce);
  fileKey.fill(0);
  return { header, nonce, key };
}

function digestOf(bytes: Uint8Array): Uint8Array {
  const hash = nodeCrypto.sha256();
  hash.update(bytes);
  return hash.soFar();
}
