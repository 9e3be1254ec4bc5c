/** What becomes of the media of a part in the recorder process. */
import type { FaultCode, Monotonic } from '../session/ports.js';
import type { Medium } from './capture.js';
import { SOFTWARE, soundPrimingMs } from './encoders.js';
import { HoldBack } from './hold-back.js';
import { partLine } from './launch-line.js';
import { SYNC_EVERY_MS } from './part-writer.js';
import type { FromRecorder, PartOrder } from './recorder-messages.js';
import { RollingWriter } from './rolling-writer.js';
import { SOURCE_NAMES, tracksOf, type SourceSettings } from './sources.js';
import { TrackOffset } from './track-offset.js';

export interface PartMedium extends Medium {
  /** Where the recording goes on once the part is full. */
  goOnIn(order: PartOrder): void;
}

/** Held back until confirmed, then sealed into a part's file. @throws Error where the order is not one. */
export function partMedium(
  sources: SourceSettings, order: PartOrder, tell: (message: FromRecorder) => void, fail: (fault: FaultCode, evidence: string) => void, now: () => Monotonic,
): PartMedium {
  const held = new HoldBack();
  const offset = new TrackOffset((sources.soundOffsetMs ?? 0) - soundPrimingMs(sources.encoders?.sound ?? SOFTWARE.sound));
  const writer = new RollingWriter(order, {
    created: (header) => tell({ kind: 'created', header }),
    checkpoint: (checkpoint) => tell({ kind: 'checkpoint', checkpoint }),
    filling: () => tell({ kind: 'filling' }),
    rolled: (part) => tell({ kind: 'rolled', part }),
    storage: (slow) => tell({ kind: 'storage', slow }),
    failed: (evidence) => fail('STORAGE_FAILED', evidence),
  }, now);
  let isSafe = false;
  const turns = setInterval(() => void writer.sync(), SYNC_EVERY_MS);
  return {
    launchLine: partLine(sources),
    tracks: tracksOf(sources.mode),
    take(bytes, receivedAt) {
      return held.push(bytes, receivedAt).flatMap((unit) => unit.kind === 'init' ? [] : SOURCE_NAMES.flatMap((track) => {
        const stamp = unit.times[track];
        return stamp === undefined ? [] : [{ track, stamp }];
      }));
    },
    takeLevel: () => [],
    began: (track, atMs) => offset.began(track, atMs),
    confirm(requestedAt) {
      const units = offset.moved(held.release(requestedAt));
      writer.add(units);
      if (isSafe || !units.some(({ kind }) => kind === 'fragment')) return;
      // The first media wait for no turn: how soon something is kept is what a start is judged by.
      isSafe = true;
      void writer.sync(0);
    },
    goOnIn: (next) => writer.goOnIn(next),
    close() {
      clearInterval(turns);
      return writer.close();
    },
  };
}
