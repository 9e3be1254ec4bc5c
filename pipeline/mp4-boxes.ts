/**
 * The few boxes of fragmented MP4 that we must read (ISO/IEC 14496-12, cited
 * by clause): enough to cut a stream into boxes and to know when a fragment
 * was recorded. Pure.
 */
import type { Track } from './sources.js';

export class MediaFormatError extends Error {
  override readonly name = 'MediaFormatError';
}

export interface Box {
  /** Four characters (4.2). */
  readonly type: string;
  /** The whole box, header included. */
  readonly bytes: Buffer;
}

/** No box of half a second of media comes near this; a larger one means that we lost the stream's structure. */
const BOX_LIMIT = 32 * 1024 * 1024;

/** Cuts a stream into top-level boxes, however it is split. */
export class BoxSplitter {
  #pieces: Buffer[] = [];
  #held = 0;
  #need = 8;

  /** @returns the boxes that are complete now. @throws MediaFormatError where the bytes are no boxes; no further bytes may follow. */
  push(piece: Buffer): Box[] {
    this.#pieces.push(piece);
    this.#held += piece.length;
    const boxes: Box[] = [];
    while (this.#held >= this.#need) {
      const joined = Buffer.concat(this.#pieces);
      const size = boxSize(joined);
      const complete = size !== null && joined.length >= size;
      if (complete) boxes.push({ type: typeOf(joined), bytes: joined.subarray(0, size) });
      const rest = complete ? joined.subarray(size) : joined;
      this.#pieces = rest.length > 0 ? [rest] : [];
      this.#held = rest.length;
      this.#need = complete ? 8 : (size ?? 16);
    }
    return boxes;
  }
}

const typeOf = (bytes: Buffer): string => bytes.toString('latin1', 4, 8);

/** Size of the box that begins here (4.2), or null where its 64-bit size has not all come. */
function boxSize(bytes: Buffer): number | null {
  if (!/^[\x20-\x7e]{4}$/.test(typeOf(bytes))) throw new MediaFormatError(`no box type [${bytes.toString('hex', 4, 8)}]`);
  const short = bytes.readUInt32BE(0);
  if (short === 1 && bytes.length < 16) return null;
  const size = short === 1 ? Number(bytes.readBigUInt64BE(8)) : short;
  if (size < (short === 1 ? 16 : 8) || size > BOX_LIMIT) throw new MediaFormatError(`box "${typeOf(bytes)}" says that it has ${size} bytes`);
  return size;
}

export function* childrenOf(bytes: Buffer): Generator<Box> {
  for (let at = 8; at < bytes.length;) {
    const rest = bytes.subarray(at);
    const size = rest.length < 8 ? null : boxSize(rest);
    if (size === null || size > rest.length) throw new MediaFormatError(`a box inside "${typeOf(bytes)}" is cut short`);
    yield { type: typeOf(rest), bytes: rest.subarray(0, size) };
    at += size;
  }
}

export function inside(box: Buffer, ...path: string[]): Buffer {
  const [type, ...deeper] = path;
  if (type === undefined) return box;
  for (const child of childrenOf(box)) if (child.type === type) return inside(child.bytes, ...deeper);
  throw new MediaFormatError(`"${typeOf(box)}" has no "${type}"`);
}

export const readable = (type: string, read: () => number | bigint): number => {
  try {
    return Number(read());
  } catch {
    throw new MediaFormatError(`"${type}" is too short`);
  }
};

/** Full boxes have a version before their fields (4.2); version 1 has 64-bit times. */
export const isLong = (box: Buffer): boolean => box[8] === 1;

export interface TrackClock {
  readonly track: Track;
  /** Ticks a second. */
  readonly timescale: number;
}

/** Track id → what it is and its clock, from the `moov` box (8.3.2, 8.4.2, 8.4.3). @throws MediaFormatError */
export function trackClocks(moov: Buffer): ReadonlyMap<number, TrackClock> {
  const clocks = new Map<number, TrackClock>();
  for (const { type, bytes } of childrenOf(moov)) {
    if (type !== 'trak') continue;
    const tkhd = inside(bytes, 'tkhd');
    const mdhd = inside(bytes, 'mdia', 'mdhd');
    const handler = inside(bytes, 'mdia', 'hdlr').toString('latin1', 16, 20);
    const id = readable('tkhd', () => tkhd.readUInt32BE(isLong(tkhd) ? 28 : 20));
    const timescale = readable('mdhd', () => mdhd.readUInt32BE(isLong(mdhd) ? 28 : 20));
    if (timescale === 0) throw new MediaFormatError('"mdhd" has no timescale');
    if (handler === 'vide' || handler === 'soun') clocks.set(id, { track: handler === 'vide' ? 'picture' : 'sound', timescale });
  }
  return clocks;
}

/** When a fragment begins on each track, in milliseconds of media time. */
export type FragmentTimes = Partial<Record<Track, number>>;

/** From the `moof` box (8.8.7, 8.8.12). Tracks without a clock are left out. @throws MediaFormatError */
export function fragmentTimes(moof: Buffer, clocks: ReadonlyMap<number, TrackClock>): FragmentTimes {
  const times: FragmentTimes = {};
  for (const { type, bytes } of childrenOf(moof)) {
    if (type !== 'traf') continue;
    const tfhd = inside(bytes, 'tfhd');
    const tfdt = inside(bytes, 'tfdt');
    const clock = clocks.get(readable('tfhd', () => tfhd.readUInt32BE(12)));
    const ticks = readable('tfdt', () => (isLong(tfdt) ? tfdt.readBigUInt64BE(12) : tfdt.readUInt32BE(12)));
    if (clock !== undefined) times[clock.track] = Math.floor((ticks * 1000) / clock.timescale);
  }
  return times;
}
