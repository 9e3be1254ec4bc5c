/**
 * Parts joined into one MP4: the first part's ftyp, binding and moov, then the fragments of all, moved in time so
 * that each run of parts begins where the one before ended. Padding is left out. Pure.
 */
import { FormatError } from './errors.js';
import { moved, spansOf, tracksOf, type Box, type Track } from './fragments.js';
import { isBinding } from './mp4.js';

/** A part that goes on begins within this of the end of the one before. */
const NEAR_S = 1;

export class Joiner {
  #tracks: ReadonlyMap<number, Track> | undefined;
  #part = 0;
  #continues: boolean | undefined;
  /** A fragment's `moof`, until its `mdat` has come too. */
  #moof: Uint8Array | undefined;
  #fragments = 0;
  /** Whether the first fragment of this part has come. */
  #placed = true;
  /** By how much this run of parts is moved, and where the media end so far. */
  #offsetS = 0;
  #endS = 0;

  /** Length of what was joined so far, in seconds. */
  get seconds(): number {
    return this.#endS;
  }

  /** @param continues as the journal has it; undefined where it does not say: then the times do. */
  begin(part: number, continues: boolean | undefined): void {
    this.#part = part;
    this.#continues = continues;
    this.#moof = undefined;
    this.#placed = false;
  }

  /** @returns what to write. A fragment counts once it is whole. @throws FormatError MEDIA_DIFFERS where this part's media cannot be played after those before, MEDIA_BROKEN */
  take({ type, bytes }: Box): readonly Uint8Array[] {
    switch (type) {
      case 'ftyp':
        return this.#tracks === undefined ? [bytes] : [];
      case 'uuid':
        return this.#tracks === undefined && isBinding(bytes) ? [bytes] : [];
      case 'moov':
        return this.#init(bytes);
      case 'moof':
        this.#moof = bytes;
        return [];
      case 'mdat':
        return this.#fragment(bytes);
      default:
        return [];
    }
  }

  #init(moov: Uint8Array): Uint8Array[] {
    const tracks = tracksOf(moov);
    if (this.#tracks === undefined) {
      this.#tracks = tracks;
      return [moov];
    }
    if (!sameTracks(tracks, this.#tracks)) throw new FormatError('MEDIA_DIFFERS', `part ${this.#part} was encoded in another way than the parts before it`);
    return [];
  }

  #fragment(mdat: Uint8Array): Uint8Array[] {
    const [moof, tracks] = [this.#moof, this.#tracks];
    if (moof === undefined || tracks === undefined) throw new FormatError('MEDIA_BROKEN', 'the media cannot be read: a fragment without its beginning');
    this.#moof = undefined;
    const scale = (track: number): number => tracks.get(track)?.timescale ?? NaN;
    const spans = spansOf(moof, tracks);
    if (spans.some(({ track }) => !tracks.has(track))) throw new FormatError('MEDIA_BROKEN', 'the media cannot be read: a fragment of an unknown track');
    if (!this.#placed) this.#place(Math.min(...spans.map(({ track, from }) => Number(from) / scale(track))));
    this.#endS = Math.max(this.#endS, ...spans.map(({ track, to }) => Number(to) / scale(track) + this.#offsetS));
    this.#fragments += 1;
    return [moved(moof, this.#fragments, (track) => BigInt(Math.round(this.#offsetS * scale(track)))), mdat];
  }

  /** The part's first fragment begins at `fromS` by its own clock. */
  #place(fromS: number): void {
    const goesOn = this.#continues ?? (fromS > NEAR_S && Math.abs(fromS + this.#offsetS - this.#endS) < NEAR_S);
    if (!goesOn) this.#offsetS = this.#endS;
    this.#placed = true;
  }
}

/** Whether a decoder that was set up for one can go on with the other. */
export const sameTracks = (a: ReadonlyMap<number, Track>, b: ReadonlyMap<number, Track>): boolean =>
  a.size === b.size && [...a].every(([id, track]) => sameTrack(track, b.get(id)));

const sameTrack = (a: Track, b: Track | undefined): boolean =>
  a.timescale === b?.timescale && a.sampleTicks === b.sampleTicks && a.description.length === b.description.length && a.description.every((byte, i) => byte === b.description[i]);
