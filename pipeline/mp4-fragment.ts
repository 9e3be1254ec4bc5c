/** The samples of a fragment: single pictures and pieces of sound, each with its time (ISO/IEC 14496-12, cited by clause). Pure. */
import { childrenOf, inside, isLong, MediaFormatError, readable, type TrackClock } from './mp4-boxes.js';
import type { Track } from './sources.js';

export interface Sample {
  readonly track: Track;
  /** Milliseconds of media time, not rounded. */
  readonly atMs: number;
  readonly bytes: Buffer;
}

/** Flags of `trun` (8.8.8): which fields it has, in this order. */
const RUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, compositionOffset: 0x800 } as const;

/**
 * @param fragment `moof` and its `mdat`. @param clocks of the `moov` before it; tracks without one are left out.
 * @throws MediaFormatError also where a sample does not say how long and how large it is, as GStreamer's muxers do.
 */
export function samplesOf(fragment: Buffer, clocks: ReadonlyMap<number, TrackClock>): Sample[] {
  const moof = fragment.subarray(0, readable('moof', () => fragment.readUInt32BE(0)));
  const samples: Sample[] = [];
  for (const { type, bytes } of childrenOf(moof)) {
    const clock = type === 'traf' ? clocks.get(readable('tfhd', () => inside(bytes, 'tfhd').readUInt32BE(12))) : undefined;
    if (clock === undefined) continue;
    const tfdt = inside(bytes, 'tfdt');
    let ticks = readable('tfdt', () => (isLong(tfdt) ? tfdt.readBigUInt64BE(12) : tfdt.readUInt32BE(12)));
    for (const run of childrenOf(bytes)) {
      if (run.type !== 'trun') continue;
      for (const { duration, at, size } of runOf(run.bytes)) {
        if (at + size > fragment.length) throw new MediaFormatError('a sample lies beyond its fragment');
        samples.push({ track: clock.track, atMs: (ticks * 1000) / clock.timescale, bytes: fragment.subarray(at, at + size) });
        ticks += duration;
      }
    }
  }
  return samples;
}

function* runOf(trun: Buffer): Generator<{ readonly duration: number; readonly at: number; readonly size: number }> {
  const word = (at: number): number => readable('trun', () => trun.readUInt32BE(at));
  const has = (flag: number): boolean => (word(8) & flag) !== 0;
  const count = word(12);
  if (!has(RUN.dataOffset) || !has(RUN.duration) || !has(RUN.size)) throw new MediaFormatError('"trun" does not say how long and how large its samples are');
  let next = 16;
  let at = word(next); // from the start of moof, where tfhd gives no other base (8.8.7)
  next += has(RUN.firstFlags) ? 8 : 4;
  const fields = 8 + (has(RUN.flags) ? 4 : 0) + (has(RUN.compositionOffset) ? 4 : 0);
  if (next + count * fields > trun.length) throw new MediaFormatError('"trun" is too short');
  for (let i = 0; i < count; i++, next += fields) {
    const size = word(next + 4);
    yield { duration: word(next), at, size };
    at += size;
  }
}
