/**
 * Counts the frames that overload has cost. GStreamer's queue drops without
 * counting, so it is reckoned: what `videorate` made before the queue, less
 * what waits in it and what came out behind it. Pure.
 */

export interface FrameCounters {
  /** Given to the queue since the start. */
  readonly made: number;
  /** In the queue now. */
  readonly waiting: number;
  /** Taken out of the queue since the start. */
  readonly kept: number;
}

export class DroppedFrames {
  #lastMissing = 0;
  #dropped = 0;

  /**
   * The three counters cannot be read in one moment, so a frame on its way
   * between them may seem lost: only what was missing at the reading before is
   * counted. Call it about once a second.
   * @returns frames lost so far; never less than before.
   */
  at({ made, waiting, kept }: FrameCounters): number {
    const missing = made - waiting - kept;
    this.#dropped = Math.max(this.#dropped, Math.min(missing, this.#lastMissing));
    this.#lastMissing = missing;
    return this.#dropped;
  }
}
