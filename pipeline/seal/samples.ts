/** The samples of a fragment: which can begin a picture by themselves, and where their bytes are (ISO/IEC 14496-12, cited by clause). Pure. */
import { all, baseTime, broken, fragmentHeader, inside, reading, view, type Track } from './fragments.js';

export interface Sample {
  /** Decode time and length, in ticks of its track. */
  readonly at: number;
  readonly ticks: number;
  /** Its picture is shown so many ticks after its decode time (8.8.8). */
  readonly shownLater: number;
  /** Nothing before it is needed to decode it. */
  readonly isSync: boolean;
  /** From the beginning of `moof`. */
  readonly from: number;
  readonly size: number;
}

/** Flags of `tfhd` (8.8.7.1) and `trun` (8.8.8.1): which fields there are, in this order. */
const HEAD = { description: 0x2, duration: 0x8, size: 0x10, flags: 0x20 };
const RUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, later: 0x800 };
/** sample_is_non_sync_sample (8.8.3.1). */
const NOT_SYNC = 0x10000;
/** No fragment of seconds has so many; more is a figure that was made up. */
const MOST_SAMPLES = 100_000;

/** Track id → its samples in this fragment. @throws FormatError MEDIA_BROKEN */
export function samplesOf(moof: Uint8Array, tracks: ReadonlyMap<number, Track>): ReadonlyMap<number, readonly Sample[]> {
  return reading(() => {
    const found = new Map<number, Sample[]>();
    for (const traf of all(moof, 'traf')) {
      const tfhd = inside(traf, 'tfhd');
      const { track: id } = fragmentHeader(tfhd);
      const usual = usualOf(tfhd, tracks.get(id) ?? broken('a fragment of an unknown track'));
      const samples = found.get(id) ?? [];
      let at = Number(baseTime(inside(traf, 'tfdt')));
      for (const trun of all(traf, 'trun')) {
        for (const sample of runOf(trun, usual)) {
          samples.push({ ...sample, at });
          at += sample.ticks;
        }
      }
      found.set(id, samples);
    }
    return found;
  });
}

interface Usual { readonly ticks: number; readonly size: number; readonly flags: number }

function usualOf(tfhd: Uint8Array, track: Track): Usual {
  const flags = view(tfhd).getUint32(8) & 0xffffff;
  let at = 16 + ((flags & HEAD.description) === 0 ? 0 : 4);
  const next = (flag: number, usual: number): number => {
    if ((flags & flag) === 0) return usual;
    at += 4;
    return view(tfhd).getUint32(at - 4);
  };
  return { ticks: next(HEAD.duration, track.sampleTicks), size: next(HEAD.size, track.sampleSize), flags: next(HEAD.flags, track.sampleFlags) };
}

function* runOf(trun: Uint8Array, usual: Usual): Generator<Omit<Sample, 'at'>> {
  const fields = view(trun);
  const flags = fields.getUint32(8) & 0xffffff;
  const count = fields.getUint32(12);
  if ((flags & RUN.dataOffset) === 0 || count > MOST_SAMPLES) broken('a fragment does not say where its samples are');
  let [from, at] = [fields.getInt32(16), 20];
  const next = (flag: number, otherwise: number): number => {
    if ((flags & flag) === 0) return otherwise;
    at += 4;
    return fields.getUint32(at - 4);
  };
  const firstFlags = next(RUN.firstFlags, usual.flags);
  for (let i = 0; i < count; i += 1) {
    const ticks = next(RUN.duration, usual.ticks);
    const size = next(RUN.size, usual.size);
    const own = next(RUN.flags, i === 0 ? firstFlags : usual.flags);
    const shownLater = next(RUN.later, 0) | 0; // signed in version 1, and never that large in version 0
    yield { ticks, size, from, isSync: (own & NOT_SYNC) === 0, shownLater };
    from += size;
  }
}
