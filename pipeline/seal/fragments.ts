/**
 * As much of fragmented MP4 (ISO/IEC 14496-12, cited by clause) as joining parts takes: the boxes of a stream of
 * bytes, and a fragment's times read and moved. Browsers run this too, so no Buffer. Pure.
 */
import { joined } from './bytes.js';
import { FormatError } from './errors.js';
import { withoutRates } from './sample-description.js';

export interface Box {
  /** Four characters (4.2). */
  readonly type: string;
  /** The whole box, header included. */
  readonly bytes: Uint8Array;
}

const SMALLEST = 8;
/** No box of a part comes near this; a larger one means that these are no boxes. */
const BOX_LIMIT = 32 * 1024 * 1024;

export const broken = (what: string): never => { throw new FormatError('MEDIA_BROKEN', `the media cannot be read: ${what}`); };

export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const typeOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(4, 8));

/** The whole boxes of a stream; a last one that is cut short is left out. @throws FormatError MEDIA_BROKEN */
export async function* boxesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Box, void> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let need = SMALLEST;
  for await (const piece of stream) {
    pieces.push(piece);
    held += piece.length;
    while (held >= need) {
      const all = joined(...pieces);
      need = sizeOf(all);
      const whole = held >= need;
      if (whole) yield { type: typeOf(all), bytes: all.subarray(0, need) };
      pieces = [whole ? all.subarray(need) : all];
      held = pieces[0]?.length ?? 0;
      if (!whole) break;
      need = SMALLEST;
    }
  }
}

/** Of a 32-bit box (4.2); our writer makes no other. */
function sizeOf(bytes: Uint8Array): number {
  const size = view(bytes).getUint32(0);
  return size >= SMALLEST && size <= BOX_LIMIT ? size : broken(`a box says that it has ${size} bytes`);
}

export function childrenOf(box: Uint8Array, from = SMALLEST): Box[] {
  const children: Box[] = [];
  for (let at = from; at < box.length;) {
    const rest = box.subarray(at);
    const size = rest.length < SMALLEST ? BOX_LIMIT : sizeOf(rest);
    if (size > rest.length) broken('a box inside another is cut short');
    children.push({ type: typeOf(rest), bytes: rest.subarray(0, size) });
    at += size;
  }
  return children;
}

export const all = (box: Uint8Array, type: string): Uint8Array[] => childrenOf(box).flatMap((child) => (child.type === type ? [child.bytes] : []));

/** @throws FormatError MEDIA_BROKEN where there is none. */
export const inside = (box: Uint8Array, ...path: readonly string[]): Uint8Array =>
  path.reduce((outer, type) => all(outer, type)[0] ?? broken(`there is no "${type}"`), box);

/** Full boxes have a version before their fields (4.2); version 1 has 64-bit times. */
export const isLong = (box: Uint8Array): boolean => box[8] === 1;

export interface Track {
  /** 8.4.3; undefined for what is neither. */
  readonly kind: 'picture' | 'sound' | undefined;
  /** Ticks a second. */
  readonly timescale: number;
  /** Where neither fragment nor sample says how long a sample is (8.8.3). */
  readonly sampleTicks: number;
  /** The same for its size and flags. */
  readonly sampleSize: number;
  readonly sampleFlags: number;
  /** What the decoder needs to know (8.5.2), without bit rates; two parts with other descriptions cannot be one file. */
  readonly description: Uint8Array;
}

const KINDS: Readonly<Record<string, Track['kind']>> = { vide: 'picture', soun: 'sound' };

/** Track id → its clock and description, from `moov` (8.3.2, 8.4.2, 8.8.3). @throws FormatError MEDIA_BROKEN */
export function tracksOf(moov: Uint8Array): ReadonlyMap<number, Track> {
  return reading(() => {
    const defaults = new Map(all(moov, 'mvex').flatMap((mvex) => all(mvex, 'trex')).map((trex) => [view(trex).getUint32(12), trex]));
    return new Map(all(moov, 'trak').map((trak) => {
      const [tkhd, mdhd] = [inside(trak, 'tkhd'), inside(trak, 'mdia', 'mdhd')];
      const id = view(tkhd).getUint32(isLong(tkhd) ? 28 : 20);
      const timescale = view(mdhd).getUint32(isLong(mdhd) ? 28 : 20) || broken('a track has no clock');
      const trex = defaults.get(id);
      const usual = (at: number): number => (trex === undefined ? 0 : view(trex).getUint32(at));
      return [id, {
        kind: KINDS[typeOf(inside(trak, 'mdia', 'hdlr').subarray(12))], timescale, sampleTicks: usual(20), sampleSize: usual(24), sampleFlags: usual(28),
        description: withoutRates(inside(trak, 'mdia', 'minf', 'stbl', 'stsd')),
      }];
    }));
  });
}

export interface Span { readonly track: number; readonly from: bigint; readonly to: bigint }

/** From when to when a fragment lasts on each of its tracks, in ticks (8.8.7, 8.8.8, 8.8.12). @throws FormatError MEDIA_BROKEN */
export function spansOf(moof: Uint8Array, tracks: ReadonlyMap<number, Track>): Span[] {
  return reading(() => all(moof, 'traf').map((traf) => {
    const { track, sampleTicks } = fragmentHeader(inside(traf, 'tfhd'));
    const from = baseTime(inside(traf, 'tfdt'));
    const each = sampleTicks ?? tracks.get(track)?.sampleTicks ?? 0;
    return { track, from, to: from + all(traf, 'trun').reduce((sum, trun) => sum + runTicks(trun, each), 0n) };
  }));
}

/** The same fragment, later by `ticks` on each track and with another number. @throws FormatError MEDIA_BROKEN */
export function moved(moof: Uint8Array, number: number, ticks: (track: number) => bigint): Uint8Array {
  return reading(() => {
    const copy = new Uint8Array(moof);
    view(inside(copy, 'mfhd')).setUint32(12, number);
    for (const traf of all(copy, 'traf')) {
      const tfdt = inside(traf, 'tfdt');
      const later = baseTime(tfdt) + ticks(fragmentHeader(inside(traf, 'tfhd')).track);
      if (isLong(tfdt)) view(tfdt).setBigUint64(12, later);
      else if (later < 2n ** 32n) view(tfdt).setUint32(12, Number(later));
      else broken('a 32-bit time is too late to be moved');
    }
    return copy;
  });
}

export const baseTime = (tfdt: Uint8Array): bigint => (isLong(tfdt) ? view(tfdt).getBigUint64(12) : BigInt(view(tfdt).getUint32(12)));

/** Flags of `tfhd` (8.8.7.1). */
const HAS = { baseOffset: 0x1, description: 0x2, duration: 0x8 };

export function fragmentHeader(tfhd: Uint8Array): { track: number; sampleTicks: number | undefined } {
  const flags = view(tfhd).getUint32(8) & 0xffffff;
  // An offset from the beginning of the file would be wrong as soon as padding is left out.
  if ((flags & HAS.baseOffset) !== 0) broken('a fragment counts from the beginning of the file');
  const at = 16 + ((flags & HAS.description) === 0 ? 0 : 4);
  return { track: view(tfhd).getUint32(12), sampleTicks: (flags & HAS.duration) === 0 ? undefined : view(tfhd).getUint32(at) };
}

/** Flags of `trun` (8.8.8.1): the data offset and first sample's flags stand once, the others in each sample. */
const RUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, perSample: [0x100, 0x200, 0x400, 0x800] };

function runTicks(trun: Uint8Array, each: number): bigint {
  const flags = view(trun).getUint32(8) & 0xffffff;
  const samples = view(trun).getUint32(12);
  if ((flags & RUN.duration) === 0) return BigInt(samples) * BigInt(each);
  const stride = 4 * RUN.perSample.filter((flag) => (flags & flag) !== 0).length;
  let at = 16 + ((flags & RUN.dataOffset) === 0 ? 0 : 4) + ((flags & RUN.firstFlags) === 0 ? 0 : 4);
  let sum = 0n;
  for (let i = 0; i < samples; i += 1, at += stride) sum += BigInt(view(trun).getUint32(at));
  return sum;
}

/** A field beyond a box's end is a broken box, and no error of ours. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return broken('a box is too short');
    throw error;
  }
}
