/**
 * SipHash-2-4, the keyed MAC that sign and host share.
 * Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012, sections 2.1-2.4.
 */
import { timingSafeEqual } from 'node:crypto';

export const KEY_BYTES = 16;
export const MAC_BYTES = 8;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, bits: bigint): bigint => u64(value << bits) | (value >> (64n - bits));

/** @param key 16 bytes. @returns 8 bytes, little-endian. @throws RangeError for a key of another length. */
export function sipHash(key: Uint8Array, message: Uint8Array): Buffer {
  if (key.length !== KEY_BYTES) throw new RangeError(`a SipHash key has 16 bytes, not ${key.length}`);
  const k = Buffer.from(key);
  const [k0, k1] = [k.readBigUInt64LE(0), k.readBigUInt64LE(8)];
  // Section 2.1: the key, mixed with "somepseudorandomlygeneratedbytes".
  let [v0, v1, v2, v3] = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn, k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n];

  const round = (): void => {
    v0 = u64(v0 + v1); v1 = rotate(v1, 13n) ^ v0; v0 = rotate(v0, 32n);
    v2 = u64(v2 + v3); v3 = rotate(v3, 16n) ^ v2;
    v0 = u64(v0 + v3); v3 = rotate(v3, 21n) ^ v0;
    v2 = u64(v2 + v1); v1 = rotate(v1, 17n) ^ v2; v2 = rotate(v2, 32n);
  };

  // Section 2.2: whole words, the last one filled with zeros and topped by the length.
  const padded = Buffer.alloc((message.length >> 3) * 8 + 8);
  padded.set(message);
  padded[padded.length - 1] = message.length & 0xff;
  for (let at = 0; at < padded.length; at += 8) {
    const word = padded.readBigUInt64LE(at);
    v3 ^= word;
    round(); round();
    v0 ^= word;
  }
  v2 ^= 0xffn;
  round(); round(); round(); round();

  const mac = Buffer.alloc(MAC_BYTES);
  mac.writeBigUInt64LE(v0 ^ v1 ^ v2 ^ v3);
  return mac;
}

/** Whether `mac` is the MAC of `message` under `key`, compared in constant time. */
export function macHolds(key: Uint8Array, message: Uint8Array, mac: Uint8Array): boolean {
  return mac.length === MAC_BYTES && timingSafeEqual(sipHash(key, message), mac);
}
