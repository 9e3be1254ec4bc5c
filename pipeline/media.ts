/** What becomes of the media of a part in the recorder process. */
import type { FaultCode, Monotonic } from '../session/ports.js';
import type { Medium } from './capture.js';
import { HoldBack } from './hold-back.js';
import { partLine } from './launch-line.js';
import { PartWriter, SYNC_EVERY_MS } from './part-writer.js';
import type { FromRecorder, PartOrder } from './recorder-messages.js';
import { SOURCE_NAMES, type SourceSettings } from './sources.js';

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
