/**
 * Moves sound and picture of a part to where they belong: by how far apart they
 * began, which the muxer loses (first-stamp.ts), by what the encoder puts before
 * the sound, and by what the room's clap test found. No element of GStreamer
 * 1.22 moves time stamps by a fixed amount (`identity ts-offset` moves when a
 * buffer is let through, not its stamp), so the decode times of finished
 * fragments are changed: `tfdt` of `traf` (ISO/IEC 14496-12, 8.8.12). Pure but
 * for the bytes.
 */
import type { Unit } from './hold-back.js';
import { childrenOf, inside, isLong, readable, trackClocks, type TrackClock } from './mp4-boxes.js';
import type { Track } from './sources.js';

export class TrackOffset {
  readonly #soundOffsetMs: number;
  readonly #began = new Map<Track, number>();
  #clocks: ReadonlyMap<number, TrackClock> = new Map();
  #late: { readonly track: Track; readonly byMs: number } | undefined;

  /** @param soundOffsetMs positive: sound later. */
  constructor(soundOffsetMs = 0) {
    this.#soundOffsetMs = soundOffsetMs;
  }

  /** Where a track began, in milliseconds of one clock. To be told before its first unit is moved. */
  began(track: Track, atMs: number): void {
    this.#began.set(track, atMs);
  }

  /** Each unit once; their bytes are changed in place. One track is made later, because no time lies before the first. @throws MediaFormatError */
  moved(units: readonly Unit[]): Unit[] {
    return units.map((unit) => {
      if (unit.kind === 'init') {
        this.#clocks = trackClocks(unit.moov);
        return unit;
      }
      const { track, byMs } = this.#late ??= this.#whoIsLate();
      if (byMs === 0) return unit;
      move(unit.bytes, this.#clocks, track, byMs);
      const at = unit.times[track];
      return at === undefined ? unit : { ...unit, times: { ...unit.times, [track]: Math.floor(at + byMs) } };
    });
  }

  #whoIsLate(): { readonly track: Track; readonly byMs: number } {
    // Both tracks have to be there: one alone has nothing to be moved against.
    if (this.#clocks.size < 2) return { track: 'sound', byMs: 0 };
    const apart = (this.#began.get('sound') ?? 0) - (this.#began.get('picture') ?? 0);
    const soundLater = this.#soundOffsetMs + (this.#began.size === 2 ? apart : 0);
    return soundLater > 0 ? { track: 'sound', byMs: soundLater } : { track: 'picture', byMs: -soundLater };
  }
}

function move(fragment: Buffer, clocks: ReadonlyMap<number, TrackClock>, track: Track, byMs: number): void {
  const moof = fragment.subarray(0, readable('moof', () => fragment.readUInt32BE(0)));
  for (const { type, bytes } of childrenOf(moof)) {
    if (type !== 'traf') continue;
    const clock = clocks.get(readable('tfhd', () => inside(bytes, 'tfhd').readUInt32BE(12)));
    if (clock?.track !== track) continue;
    const ticks = Math.round((byMs * clock.timescale) / 1000);
    const tfdt = inside(bytes, 'tfdt');
    if (isLong(tfdt)) readable('tfdt', () => tfdt.writeBigUInt64BE(tfdt.readBigUInt64BE(12) + BigInt(ticks), 12));
    else readable('tfdt', () => tfdt.writeUInt32BE(tfdt.readUInt32BE(12) + ticks, 12));
  }
}
