/**
 * The payload of an age v1 file (c2sp.org/age, "Payload"): STREAM over
 * ChaCha20-Poly1305, 64 KiB a chunk, its nonce an 11-byte counter and a last-chunk
 * flag. Only the layout is here; sealing itself comes through the crypto port. Pure.
 */
import { freeBox, SMALLEST_BOX } from './mp4.js';
import type { SealCrypto } from './crypto.js';

export const CHUNK = 64 * 1024;
export const TAG = 16;
export const SEALED_CHUNK = CHUNK + TAG;
/** Of the payload key; stands between header and first chunk. */
export const NONCE = 16;

export const payloadKey = (crypto: SealCrypto, fileKey: Uint8Array, nonce: Uint8Array): Promise<Uint8Array> => crypto.hkdf(fileKey, nonce, 'payload', 32);

export interface Chunk {
  readonly index: number;
  readonly last: boolean;
  readonly plain: Uint8Array;
}

function chunkNonce(index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(index));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

export const sealChunk = (crypto: SealCrypto, key: Uint8Array, { index, last, plain }: Chunk): Promise<Uint8Array> =>
  crypto.seal(key, chunkNonce(index, last), plain);

/** The chunk's plaintext, or undefined where it does not open in this place. */
export const openChunk = (crypto: SealCrypto, key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Promise<Uint8Array | undefined> =>
  crypto.open(key, chunkNonce(index, last), sealed);

/** Bytes of a file or of a part of one; fewer only where it ends. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array>;

/**
 * Cuts plaintext into chunks. A full chunk leaves at once, never flagged as
 * last: the end can always be flagged on an MP4 `free` box that is added for it,
 * since a last chunk must not be empty.
 */
export class ChunkLayout {
  #room = new Uint8Array(CHUNK);
  #used = 0;
  #index = 0;

  /** Plaintext bytes taken so far. */
  get taken(): number {
    return this.covered + this.#used;
  }

  /** Plaintext bytes that have left in chunks. */
  get covered(): number {
    return this.#index * CHUNK;
  }

  push(bytes: Uint8Array): Chunk[] {
    const full: Chunk[] = [];
    for (let at = 0; at < bytes.length;) {
      const step = Math.min(CHUNK - this.#used, bytes.length - at);
      this.#room.set(bytes.subarray(at, at + step), this.#used);
      this.#used += step;
      at += step;
      if (this.#used === CHUNK) full.push(this.#leave(false));
    }
    return full;
  }

  /** Fills the chunk that is begun with a `free` box, so that nothing stays back. Only between boxes of the file. */
  pad(): Chunk[] {
    if (this.#used === 0) return [];
    const room = CHUNK - this.#used;
    return this.push(freeBox(room < SMALLEST_BOX ? room + CHUNK : room));
  }

  /** The last chunk; nothing may follow. */
  end(): Chunk {
    if (this.#used === 0) this.push(freeBox(SMALLEST_BOX));
    return this.#leave(true);
  }

  #leave(last: boolean): Chunk {
    const chunk = { index: this.#index, last, plain: this.#room.subarray(0, this.#used) };
    this.#index += 1;
    this.#used = 0;
    this.#room = new Uint8Array(CHUNK); // the chunk goes with its bytes, for whoever seals it to wipe
    return chunk;
  }
}

/**
 * Opens a payload from the front, chunk by chunk, in constant memory.
 * @param read gives bytes of the payload (after the nonce).
 * @returns (as the generator's return value) `complete` where the flagged last chunk was met,
 *   `cut` where the rest does not open: what was yielded before is authentic, and a prefix.
 */
export async function* openPayload(
  crypto: SealCrypto, key: Uint8Array, length: number, read: ReadAt,
): AsyncGenerator<Uint8Array, 'complete' | 'cut'> {
  for (let index = 0, at = 0; at < length; index += 1, at += SEALED_CHUNK) {
    const sealed = await read(at, Math.min(SEALED_CHUNK, length - at));
    const isTail = at + sealed.length === length;
    const last = isTail ? await openChunk(crypto, key, index, true, sealed) : undefined;
    const plain = last ?? (sealed.length === SEALED_CHUNK ? await openChunk(crypto, key, index, false, sealed) : undefined);
    if (plain === undefined || (plain.length === 0 && index > 0)) return 'cut';
    yield plain;
    if (last !== undefined) return 'complete';
  }
  return 'cut';
}
