/**
 * Kept ⇒ confirmed, exactly. Encoded media wait here, stamped with the time at
 * which they were received; a fragment may be kept only when all of it had been
 * received before the last confirmed *request*. What is never confirmed is
 * never let go. Pure.
 */
import { BoxSplitter, fragmentTimes, trackClocks, type FragmentTimes, type TrackClock } from './mp4-boxes.js';
import type { Monotonic } from '../session/ports.js';

export type Unit =
  /** ftyp and moov: how to play what follows. */
  | { readonly kind: 'init'; readonly ftyp: Buffer; readonly moov: Buffer; readonly receivedAt: Monotonic }
  /** moof and mdat, complete. */
  | { readonly kind: 'fragment'; readonly bytes: Buffer; readonly times: FragmentTimes; readonly receivedAt: Monotonic };

export class HoldBack {
  readonly #splitter = new BoxSplitter();
  #clocks: ReadonlyMap<number, TrackClock> = new Map();
  #ftyp: Buffer | undefined;
  #begun: { readonly boxes: Buffer[]; readonly times: FragmentTimes } | undefined;
  #waiting: Unit[] = [];

  /** @returns the units that these bytes complete; they wait for `release`. @throws MediaFormatError */
  push(bytes: Buffer, receivedAt: Monotonic): Unit[] {
    const complete: Unit[] = [];
    for (const box of this.#splitter.push(bytes)) {
      switch (box.type) {
        case 'ftyp':
          this.#ftyp = box.bytes;
          break;
        case 'moov':
          this.#clocks = trackClocks(box.bytes);
          complete.push({ kind: 'init', ftyp: this.#ftyp ?? Buffer.alloc(0), moov: box.bytes, receivedAt });
          break;
        case 'moof':
          this.#begun = { boxes: [box.bytes], times: fragmentTimes(box.bytes, this.#clocks) };
          break;
        case 'mdat':
          if (this.#begun !== undefined)
            complete.push({ kind: 'fragment', bytes: Buffer.concat([...this.#begun.boxes, box.bytes]), times: this.#begun.times, receivedAt });
          this.#begun = undefined;
          break;
        default: // styp, sidx and the like say nothing that a player needs between fragments
      }
    }
    this.#waiting.push(...complete);
    return complete;
  }

  /** Lets go what had been received before `requestedAt`, in order. */
  release(requestedAt: Monotonic): Unit[] {
    const firstHeld = this.#waiting.findIndex((unit) => unit.receivedAt >= requestedAt);
    return this.#waiting.splice(0, firstHeld === -1 ? this.#waiting.length : firstHeld);
  }
}
