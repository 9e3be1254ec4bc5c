/**
 * Bytes to VISCA frames; pure. A frame is `header body FF`: the header has its
 * top bit set, FF never occurs inside (Sony EVI-H100S manual p.25).
 *
 * Not every byte from 80 on begins a frame: preset numbers and version bytes
 * may have that bit. So a lost FF shows only in the length of what comes out.
 */
import type { Monotonic } from '../../session/ports.js';

/** The longest frame of any model has 17 bytes (moves in 5+5 nibbles, SRG-360SHE command list). */
export const LONGEST_FRAME_BYTES = 32;

/** At 9600 baud a byte takes 1 ms and adapters add up to 16 ms; the rest is for a service that was held up itself. */
export const LONGEST_GAP_MS = 200;

const END = 0xff;

/** What is left over between two chunks. */
export interface Framing {
  readonly partial: Uint8Array;
  readonly lastByteAt: Monotonic;
}

export const FRESH_FRAMING: Framing = { partial: new Uint8Array(), lastByteAt: 0 };

/** Takes a chunk as it came, at a time in ms; gives the whole frames in it, FF included. Garbage vanishes. */
export function frames(framing: Framing, chunk: Uint8Array, at: Monotonic): { framing: Framing; frames: Uint8Array[] } {
  const kept = at - framing.lastByteAt > LONGEST_GAP_MS ? FRESH_FRAMING.partial : framing.partial;
  let bytes = new Uint8Array([...kept, ...chunk]);
  const found: Uint8Array[] = [];
  for (let end = bytes.indexOf(END); end !== -1; end = bytes.indexOf(END)) {
    const frame = resync(bytes.subarray(Math.max(0, end + 1 - LONGEST_FRAME_BYTES), end + 1));
    if (frame !== undefined) found.push(frame);
    bytes = bytes.subarray(end + 1);
  }
  const partial = fromHeader(bytes.subarray(-LONGEST_FRAME_BYTES));
  return { framing: { partial, lastByteAt: at }, frames: found };
}

/** From the first byte that can be a header on. */
function fromHeader(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = bytes.findIndex((byte) => byte >= 0x80);
  return new Uint8Array(start === -1 ? [] : bytes.subarray(start));
}

/** The reply at the end of `bytes`, which end with FF: nothing but a reply of the right length counts. */
function resync(bytes: Uint8Array): Uint8Array | undefined {
  for (let rest = fromHeader(bytes); rest.length >= 3; rest = fromHeader(rest.subarray(1))) {
    if (hasShapeOfReply(rest)) return rest;
  }
  return undefined;
}

/** Header and length by second byte: EVI-H100S manual p.25, "Camera-issued messages". */
function hasShapeOfReply({ length, 0: header = 0, 1: kind = 0 }: Uint8Array): boolean {
  if (kind === 0x38) return length === 3;
  if (header === 0x88) return (kind === 0x30 && length === 4) || (kind === 0x01 && length === 5);
  if (header < 0x90 || (header & 0x0f) !== 0) return false;
  if (kind === 0x50) return true;
  switch (kind >> 4) {
    case 0x4:
    case 0x5:
      return length === 3;
    case 0x6:
      return length === 4;
    default:
      return false;
  }
}
