/** Samples written as fragments again, and a `moov` with other tracks or another picture (ISO/IEC 14496-12, cited by clause). Pure. */
import { joined } from './bytes.js';
import { childrenOf, inside, view, type Track } from './fragments.js';
import { box } from './mp4.js';

/** A sample with its bytes; times in ticks of its track. */
export interface Cut {
  readonly at: number;
  readonly ticks: number;
  readonly shownLater: number;
  readonly isSync: boolean;
  readonly bytes: Uint8Array;
}

/** default-base-is-moof (8.8.7.1). */
const TFHD_FLAGS = 0x020000;
/** Data offset, and of each sample duration, size, flags and composition offset (8.8.8.1); version 1 has signed offsets. */
const TRUN_FLAGS = 0x01000f01;
/** sample_depends_on (8.8.3.1): none for a sync sample, others for the rest, which are no sync samples. */
const [SYNC, NOT_SYNC] = [0x02000000, 0x01010000];

const words = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(values.length * 4);
  values.forEach((value, i) => view(bytes).setUint32(i * 4, value));
  return bytes;
};

/** @param samples of one track, one or more, without gaps. @returns `moof` and `mdat`. */
export function fragmentOf(number: number, track: number, samples: readonly Cut[]): Uint8Array {
  const tfdt = new Uint8Array(12);
  view(tfdt).setUint32(0, 0x01000000);
  view(tfdt).setBigUint64(4, BigInt(samples[0]?.at ?? 0));
  const moof = (dataOffset: number): Uint8Array => box('moof', box('mfhd', words(0, number)), box('traf', box('tfhd', words(TFHD_FLAGS, track)), box('tfdt', tfdt),
    box('trun', words(TRUN_FLAGS, samples.length, dataOffset, ...samples.flatMap(({ ticks, bytes, isSync, shownLater }) => [ticks, bytes.length, isSync ? SYNC : NOT_SYNC, shownLater >>> 0])))));
  const { length } = moof(0);
  return joined(moof(length + 8), box('mdat', ...samples.map(({ bytes }) => bytes)));
}

/** The `moov` with these tracks only. */
export function withTracks(moov: Uint8Array, keep: (id: number) => boolean): Uint8Array {
  const idOf = (trak: Uint8Array): number => {
    const tkhd = inside(trak, 'tkhd');
    return view(tkhd).getUint32(tkhd[8] === 1 ? 28 : 20);
  };
  return box('moov', ...childrenOf(moov).flatMap(({ type, bytes }) => {
    if (type === 'trak') return keep(idOf(bytes)) ? [bytes] : [];
    if (type === 'mvex') return [box('mvex', ...childrenOf(bytes).filter((child) => child.type !== 'mehd' && (child.type !== 'trex' || keep(view(child.bytes).getUint32(12)))).map((child) => child.bytes))];
    return [bytes];
  }));
}

/** VisualSampleEntry (12.1.3): its header and fields, before the boxes in it. */
const VISUAL_ENTRY = 86;

/** The `moov` of one whose picture was encoded anew. @param config the content of `avcC`. */
export function withPicture(moov: Uint8Array, tracks: ReadonlyMap<number, Track>, config: Uint8Array): Uint8Array {
  const replaced = (bytes: Uint8Array, type: string, path: readonly string[]): Uint8Array => {
    const [next, ...rest] = path;
    if (next === undefined) {
      const entry = bytes.subarray(16, 16 + VISUAL_ENTRY);
      return box('stsd', bytes.subarray(8, 16), box('avc1', entry.subarray(8), box('avcC', config)));
    }
    return box(type, ...childrenOf(bytes).map((child) => (child.type === next ? replaced(child.bytes, next, rest) : child.bytes)));
  };
  const pictures = new Set([...tracks].flatMap(([id, { kind }]) => (kind === 'picture' ? [id] : [])));
  return box('moov', ...childrenOf(moov).map(({ type, bytes }) => {
    const isPicture = type === 'trak' && pictures.has(view(inside(bytes, 'tkhd')).getUint32(inside(bytes, 'tkhd')[8] === 1 ? 28 : 20));
    return isPicture ? replaced(bytes, 'trak', ['mdia', 'minf', 'stbl', 'stsd']) : bytes;
  }));
}
