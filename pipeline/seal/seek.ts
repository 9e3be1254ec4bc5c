/**
 * Random access to a payload. The last chunk is authenticated first: a chunk in the
 * middle opens just as well in a file whose end was cut off, so that without this a
 * truncation would go unnoticed (as in github.com/str4d/rage/issues/195). Constant memory. Pure.
 */
import type { SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import { CHUNK, openChunk, SEALED_CHUNK, TAG, type ReadAt } from './payload.js';

export class SealedPayload {
  readonly #crypto: SealCrypto;
  readonly #key: Uint8Array;
  readonly #sealed: number;
  readonly #read: ReadAt;
  /** Whether the flagged last chunk stands where the payload ends. */
  readonly complete: boolean;
  /** Plaintext bytes that can be read: all, or what stands before the first chunk that does not open. */
  readonly length: number;

  private constructor(crypto: SealCrypto, key: Uint8Array, sealed: number, read: ReadAt, complete: boolean, length: number) {
    this.#crypto = crypto;
    this.#key = key;
    this.#sealed = sealed;
    this.#read = read;
    this.complete = complete;
    this.length = length;
  }

  /**
   * A complete payload costs one chunk to open. An interrupted one is read once from the front, to find
   * its longest valid prefix: searched from the back, a hole could be taken for a prefix.
   * @param sealed bytes of the payload, after the nonce. @param read gives bytes of it.
   */
  static async open(crypto: SealCrypto, key: Uint8Array, sealed: number, read: ReadAt): Promise<SealedPayload> {
    const tail = Math.max(0, Math.ceil(sealed / SEALED_CHUNK) - 1);
    const last = await openChunk(crypto, key, tail, true, await read(tail * SEALED_CHUNK, sealed - tail * SEALED_CHUNK));
    if (last !== undefined && (last.length > 0 || tail === 0)) return new SealedPayload(crypto, key, sealed, read, true, tail * CHUNK + last.length);
    let whole = 0;
    for (; (whole + 1) * SEALED_CHUNK <= sealed; whole += 1)
      if (await openChunk(crypto, key, whole, false, await read(whole * SEALED_CHUNK, SEALED_CHUNK)) === undefined) break;
    return new SealedPayload(crypto, key, sealed, read, false, whole * CHUNK);
  }

  /** One chunk's plaintext. @throws RangeError where there is none. @throws FormatError PAYLOAD_BROKEN where it does not open. */
  async chunk(index: number): Promise<Uint8Array> {
    if (!Number.isSafeInteger(index) || index < 0 || index * CHUNK >= Math.max(1, this.length)) throw new RangeError(`there is no chunk ${index}`);
    const at = index * SEALED_CHUNK;
    const last = this.complete && at + CHUNK + TAG >= this.#sealed;
    const plain = await openChunk(this.#crypto, this.#key, index, last, await this.#read(at, Math.min(SEALED_CHUNK, this.#sealed - at)));
    if (plain === undefined) throw new FormatError('PAYLOAD_BROKEN', `chunk ${index} does not open: its bytes were changed`);
    return plain;
  }

  /** The plaintext from `from` up to, not including, `to`, in pieces. @throws FormatError PAYLOAD_BROKEN at the first chunk that does not open. */
  async* range(from: number, to = this.length): AsyncGenerator<Uint8Array, void> {
    for (let at = from; at < Math.min(to, this.length);) {
      const index = Math.floor(at / CHUNK);
      const piece = (await this.chunk(index)).subarray(at - index * CHUNK, to - index * CHUNK);
      yield piece;
      at += piece.length;
    }
  }
}
