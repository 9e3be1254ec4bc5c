/** The two things that can become of media in the recorder process. */
import type { FaultCode, Monotonic } from '../session/ports.js';
import type { Medium } from './capture.js';
import { HoldBack } from './hold-back.js';
import { framingLine, partLine } from './launch-line.js';
import { PartWriter, SYNC_EVERY_MS } from './part-writer.js';
import type { FromRecorder, PartOrder } from './recorder-messages.js';
import { SOURCE_NAMES, type SourceSettings } from './sources.js';

/** Shown while a teacher frames the picture; nothing is sealed or kept. @param showing sends a picture and says when it has gone. */
export function framingMedium(sources: SourceSettings, showing: (jpeg: Buffer) => Promise<void>): Medium {
  let busy = false;
  return {
    launchLine: framingLine(sources),
    take(jpeg, receivedAt) {
      if (!busy) {
        busy = true; // the latest picture wins: those that come while one is on its way are dropped
        void showing(jpeg).finally(() => { busy = false; });
      }
      return [{ track: 'picture', stamp: receivedAt }];
    },
    takeLevel: (_level, receivedAt) => [{ track: 'sound', stamp: receivedAt }],
    confirm: () => undefined,
    close: () => Promise.resolve(undefined),
  };
}

/** Held back until confirmed, then sealed into a part's file. @throws Error where the order is not one. */
export function partMedium(
  sources: SourceSettings, order: PartOrder, tell: (message: FromRecorder) => void, fail: (fault: FaultCode, evidence: string) => void, now: () => Monotonic,
): Medium {
  const held = new HoldBack();
  const writer = new PartWriter(order, {
    created: (header) => tell({ kind: 'created', header }),
    checkpoint: (checkpoint) => tell({ kind: 'checkpoint', checkpoint }),
    storage: (slow) => tell({ kind: 'storage', slow }),
    failed: (evidence) => fail('STORAGE_FAILED', evidence),
  }, now);
  const turns = setInterval(() => void writer.sync(), SYNC_EVERY_MS);
  return {
    launchLine: partLine(sources),
    take(bytes, receivedAt) {
      return held.push(bytes, receivedAt).flatMap((unit) => unit.kind === 'init' ? [] : SOURCE_NAMES.flatMap((track) => {
        const stamp = unit.times[track];
        return stamp === undefined ? [] : [{ track, stamp }];
      }));
    },
    takeLevel: () => [],
    confirm: (requestedAt) => writer.add(held.release(requestedAt)),
    close() {
      clearInterval(turns);
      return writer.close();
    },
  };
}
