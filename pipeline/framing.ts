/** What becomes of media while a teacher frames the picture: shown and forgotten. Nothing here is sealed or written. */
import type { Advance, Medium } from './capture.js';
import { ClapEar, type Clap } from './clap.js';
import { BoxSplitter, MediaFormatError, trackClocks, type TrackClock } from './mp4-boxes.js';
import { samplesOf, type Sample } from './mp4-fragment.js';
import type { Track } from './sources.js';

/** Pictures a second on the framing screen. */
const PREVIEW_FPS = 12;

export interface FramingMedium extends Medium {
  /** Tells the next clap, once. */
  listenForClap(heard: (clap: Clap) => void): void;
}

/**
 * @param launchLine gives JPEG pictures and S16LE sound at CLAP_RATE, one channel, in fragmented MP4.
 * @param show sends a picture on its way and resolves when it has gone.
 */
export function framingMedium(launchLine: string, show: (jpeg: Buffer) => Promise<void>): FramingMedium {
  const splitter = new BoxSplitter();
  let clocks: ReadonlyMap<number, TrackClock> = new Map();
  let moof: Buffer | undefined;
  const began: Record<Track, number> = { picture: 0, sound: 0 };
  let shownAtMs = -Infinity;
  let busy = false;
  let ear: { readonly ear: ClapEar; readonly heard: (clap: Clap) => void } | undefined;

  const showSome = ({ atMs, bytes }: Sample): void => {
    if (busy || atMs - shownAtMs < 1000 / PREVIEW_FPS) return; // the latest picture wins: those that come while one is on its way are dropped
    busy = true;
    shownAtMs = atMs;
    void show(bytes).finally(() => { busy = false; });
  };
  const take = (sample: Sample): Advance => {
    const clap = ear?.ear.hear(sample);
    if (clap !== undefined) {
      ear?.heard(clap);
      ear = undefined;
    }
    if (sample.track === 'picture') showSome(sample);
    return { track: sample.track, stamp: sample.atMs };
  };

  return {
    launchLine,
    take(bytes) {
      return splitter.push(bytes).flatMap((box) => {
        if (box.type === 'moov') clocks = trackClocks(box.bytes);
        if (box.type === 'moof') moof = box.bytes;
        if (box.type !== 'mdat') return [];
        if (moof === undefined) throw new MediaFormatError('media without a "moof"');
        return samplesOf(Buffer.concat([moof, box.bytes]), clocks).map((sample) => take({ ...sample, atMs: sample.atMs + began[sample.track] }));
      });
    },
    takeLevel: () => [],
    began: (track, atMs) => { began[track] = atMs; },
    confirm: () => undefined,
    close: () => Promise.resolve(undefined),
    listenForClap(heard) {
      ear = { ear: new ClapEar(), heard };
    },
  };
}
