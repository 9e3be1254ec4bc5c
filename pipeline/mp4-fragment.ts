/** The samples of a fragment: single pictures and pieces of sound, each with its time (ISO/IEC 14496-12, cited by clause). Pure. */
import { childrenOf, inside, isLong, MediaFormatError, readable, type TrackClock } from './mp4-boxes.js';
import type { Track } from './sources.js';

export interface Sample {
  readonly track: Track;
  /** Milliseconds of media time, not rounded. */
  readonly atMs: number;
  readonly bytes: Buffer;
}

/** Flags of `tfhd` (8.8.7): which fields it has, in this order. */
const HEAD = { baseOffset: 0x1, description: 0x2, duration: 0x8, size: 0x10 } as const;
/** Flags of `trun` (8.8.8): which fields it has, in this order. */
const RUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, compositionOffset: 0x800 } as const;

/**
 * @param fragment `moof` and its `mdat`. @param clocks of the `moov` before it; tracks without one are left out.
 * @throws MediaFormatError also where nothing says how long and how large a sample is.
 */
export function samplesOf(fragment: Buffer, clocks: ReadonlyMap<number, TrackClock>): Sample[] {
  const moof = fragment.subarray(0, readable('moof', () => fragment.readUInt32BE(0)));
  const samples: Sample[] = [];
  for (const { type, bytes } of childrenOf(moof)) {
    if (type !== 'traf') continue;
    const tfhd = inside(bytes, 'tfhd');
    const clock = clocks.get(readable('tfhd', () => tfhd.readUInt32BE(12)));
    if (clock === undefined) continue;
    const usual = usualOf(tfhd);
    const tfdt = inside(bytes, 'tfdt');
    let ticks = readable('tfdt', () => (isLong(tfdt) ? tfdt.readBigUInt64BE(12) : tfdt.readUInt32BE(12)));
    for (const run of childrenOf(bytes)) {
      if (run.type !== 'trun') continue;
      for (const { duration, at, size } of runOf(run.bytes, usual)) {
        if (at + size > fragment.length) throw new MediaFormatError('a sample lies beyond its fragment');
        samples.push({ track: clock.track, atMs: (ticks * 1000) / clock.timescale, bytes: fragment.subarray(at, at + size) });
        ticks += duration;
      }
    }
  }
  return samples;
}

interface Usual {
  readonly duration?: number;
  readonly size?: number;
}

/** What holds for samples that say nothing themselves: GStreamer's muxers leave out what is the same for all. @throws MediaFormatError */
function usualOf(tfhd: Buffer): Usual {
  const flags = readable('tfhd', () => tfhd.readUInt32BE(8) & 0xffffff);
  let at = 16 + ((flags & HEAD.baseOffset) === 0 ? 0 : 8) + ((flags & HEAD.description) === 0 ? 0 : 4);
  const next = (flag: number): number | undefined => {
    if ((flags & flag) === 0) return undefined;
    at += 4;
    return readable('tfhd', () => tfhd.readUInt32BE(at - 4));
  };
  const [duration, size] = [next(HEAD.duration), next(HEAD.size)];
  return { ...(duration !== undefined && { duration }), ...(size !== undefined && { size }) };
}

function* runOf(trun: Buffer, usual: Usual): Generator<{ readonly duration: number; readonly at: number; readonly size: number }> {
  const word = (at: number): number => readable('trun', () => trun.readUInt32BE(at));
  const has = (flag: number): boolean => (word(8) & flag) !== 0;
  const count = word(12);
  if (!has(RUN.dataOffset)) throw new MediaFormatError('"trun" does not say where its samples are');
  let next = 16;
  let at = word(next); // from the start of moof, where tfhd gives no other base (8.8.7)
  next += has(RUN.firstFlags) ? 8 : 4;
  const sizeAt = has(RUN.duration) ? 4 : 0;
  const fields = sizeAt + (has(RUN.size) ? 4 : 0) + (has(RUN.flags) ? 4 : 0) + (has(RUN.compositionOffset) ? 4 : 0);
  if (next + count * fields > trun.length) throw new MediaFormatError('"trun" is too short');
  for (let i = 0; i < count; i++, next += fields) {
    const duration = has(RUN.duration) ? word(next) : usual.duration;
    const size = has(RUN.size) ? word(next + sizeAt) : usual.size;
    if (duration === undefined || size === undefined) throw new MediaFormatError('nothing says how long and how large a sample is');
    yield { duration, at, size };
    at += size;
  }
}
