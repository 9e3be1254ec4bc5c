/** A part of a film as single samples that begin near 0, each track by itself: what a clip is made of. Pure. */
import { FormatError } from './errors.js';
import type { Film, Piece } from './film.js';
import { childrenOf, type Track } from './fragments.js';
import { sameTracks } from './join.js';
import type { Cut } from './mux.js';
import { samplesOf } from './samples.js';

/** Samples that follow one another on a track. */
export interface Run { readonly track: number; readonly kind: Track['kind']; readonly samples: readonly Cut[] }

export interface Cutting {
  readonly ftyp: Uint8Array;
  readonly moov: Uint8Array;
  readonly tracks: ReadonlyMap<number, Track>;
  /** Where in the film it really begins: at a sync sample, not after `fromMs`. */
  readonly fromMs: number;
  runs(): AsyncGenerator<Run, void>;
}

/** Sound that begins so much after the end of a picture fragment may still stand before it in the file. */
const TOGETHER_MS = 2000;

/** @throws FormatError MEDIA_DIFFERS where its parts were encoded in different ways, PAYLOAD_BROKEN */
export async function cutting(film: Film, fromMs: number, toMs: number): Promise<Cutting> {
  const parts = film.parts.filter((part) => part.fromMs < toMs && part.toMs > fromMs);
  const [first] = parts;
  if (first === undefined) throw new FormatError('MEDIA_BROKEN', 'there is nothing to cut');
  if (parts.some(({ tracks }) => !sameTracks(tracks, first.tracks))) throw new FormatError('MEDIA_DIFFERS', 'these parts were encoded in different ways');
  const [ftyp, moov] = childrenOf(first.init, 0);
  const beginMs = await begin(film, fromMs);
  return {
    ftyp: ftyp?.bytes ?? new Uint8Array(), moov: moov?.bytes ?? new Uint8Array(), tracks: first.tracks, fromMs: beginMs,
    async* runs() {
      for await (const piece of film.play(fromMs)) {
        if (piece.fromMs >= toMs + TOGETHER_MS) return;
        yield* runsOf(piece, beginMs, toMs);
      }
    },
  };
}

/** The last sync sample not after `fromMs`; without a picture, that time itself. */
async function begin(film: Film, fromMs: number): Promise<number> {
  let found: number | undefined;
  for await (const { of, moof, fromMs: from } of film.play(fromMs)) {
    if (from > fromMs && found !== undefined) return found;
    for (const [id, samples] of samplesOf(moof, of.tracks)) {
      const { kind, timescale } = of.tracks.get(id) as Track;
      if (kind !== 'picture') continue;
      for (const { at, isSync } of samples) {
        const ms = (at * 1000) / timescale;
        if (isSync && (found === undefined || ms <= fromMs)) found = ms;
      }
    }
    if (found === undefined && from > fromMs + TOGETHER_MS) return fromMs;
  }
  return found ?? fromMs;
}

function* runsOf({ of, moof, mdat }: Piece, fromMs: number, toMs: number): Generator<Run> {
  for (const [track, all] of samplesOf(moof, of.tracks)) {
    const { kind, timescale } = of.tracks.get(track) as Track;
    const [from, to] = [Math.round((fromMs * timescale) / 1000), (toMs * timescale) / 1000];
    const samples = all.filter(({ at }) => at >= from && at < to).map(({ from: offset, size, at, ...sample }): Cut => {
      const start = offset - moof.length;
      if (start < 8 || start + size > mdat.length) throw new FormatError('MEDIA_BROKEN', 'the media cannot be read: a sample lies beyond its fragment');
      return { ...sample, at: at - from, bytes: mdat.subarray(start, start + size) };
    });
    if (samples.length > 0 && kind !== undefined) yield { track, kind, samples };
  }
}
