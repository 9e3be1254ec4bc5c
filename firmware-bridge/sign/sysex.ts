/**
 * How our messages travel inside Firmata: `F0 0E … F7` with bodies of 7 bits a
 * byte (MIDI 1.0: a byte above 7F is a status byte and ends a sysex message).
 */

/** One of the sysex ids that Firmata's feature registry reserves for user features (01-0F). */
export const SIGN_FEATURE = 0x0e;

const START = 0xf0;
const END = 0xf7;

/** Longer than the longest message of the protocol (FACE_DATA, 147 bytes): what grows beyond is noise. */
const LONGEST = 256;

/** Eight-bit bytes as a little-endian bit stream of 7 bits a byte, lowest bits first, filled with zeros. */
export function pack7(bytes: Uint8Array): number[] {
  const packed: number[] = [];
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits |= byte << held;
    held += 8;
    for (; held >= 7; held -= 7, bits >>= 7) packed.push(bits & 0x7f);
  }
  if (held > 0) packed.push(bits);
  return packed;
}

/** The reverse of `pack7`; null where it cannot have come from it (a byte above 7F, a superfluous byte, filling not zero). */
export function unpack7(packed: ArrayLike<number>): Buffer | null {
  const bytes = Buffer.alloc(Math.floor((packed.length * 7) / 8));
  if (Math.ceil((bytes.length * 8) / 7) !== packed.length) return null;
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const byte of Array.from(packed)) {
    if (byte > 0x7f) return null;
    bits |= byte << held;
    held += 7;
    if (held >= 8) {
      bytes[at++] = bits & 0xff;
      bits >>= 8;
      held -= 8;
    }
  }
  return bits === 0 ? bytes : null;
}

/** A message as it goes over a line that nobody frames for us. @param payload from `encode`: `0E sub …`. */
export const frame = (payload: readonly number[]): Buffer => Buffer.from([START, ...payload, END]);

/**
 * Finds our messages in the bytes of a line.
 * @param pending what the last call left over; empty at first.
 * @returns payloads (`0E sub …`) of whole messages in order, and what is left for the next call.
 * Everything else (other Firmata traffic, garbage, a message cut by another, one too long) is passed over.
 */
export function frames(pending: Uint8Array, chunk: Uint8Array): { payloads: Buffer[]; pending: Buffer } {
  const payloads: Buffer[] = [];
  const bytes = Buffer.concat([pending, chunk]);
  let start = -1;
  for (const [at, byte] of bytes.entries()) {
    if (byte === START) start = at;
    else if (byte === END && start >= 0) {
      if (bytes[start + 1] === SIGN_FEATURE && at - start < LONGEST) payloads.push(bytes.subarray(start + 1, at));
      start = -1;
    } else if (byte > 0x7f) start = -1;
  }
  const rest = start < 0 ? Buffer.alloc(0) : bytes.subarray(start);
  return { payloads, pending: rest.length < LONGEST ? Buffer.from(rest) : Buffer.alloc(0) };
}
