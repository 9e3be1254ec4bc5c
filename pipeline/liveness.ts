/** Liveness by output: a source lives while the time stamps of its media advance. Pure; the caller says what time it is. */
import type { FaultCode, Monotonic } from '../session/ports.js';
import { SOURCE_NAMES, type Track } from './sources.js';

/** Within 1 s of the device being there, and USB cameras take up to 5 s to be there. */
export const FIRST_MEDIA_MS = 6000;
export const STALL_MS = 2000;

export class Liveness {
  readonly #tracks: readonly Track[];
  readonly #last: Record<Track, { stamp: number; at: Monotonic }>;
  #begun = false;

  /** @param tracks that must live; what comes of others counts for nothing. */
  constructor(openedAt: Monotonic, tracks: readonly Track[] = SOURCE_NAMES) {
    this.#tracks = tracks;
    this.#last = { picture: { stamp: -Infinity, at: openedAt }, sound: { stamp: -Infinity, at: openedAt } };
  }

  /** Media of `track` with this time stamp have come. */
  seen(track: Track, stamp: number, at: Monotonic): void {
    if (!this.#tracks.includes(track) || stamp <= this.#last[track].stamp) return;
    this.#last[track] = { stamp, at };
    if (!this.#begun) for (const other of this.#tracks) this.#last[other].at = at; // each has its 2 s from the first media on
    this.#begun = true;
  }

  /** What is wrong now, if anything. */
  faultAt(now: Monotonic): FaultCode | undefined {
    const oldest = Math.min(...this.#tracks.map((track) => this.#last[track].at));
    if (now - oldest < (this.#begun ? STALL_MS : FIRST_MEDIA_MS)) return undefined;
    return this.#begun ? 'SOURCE_STALLED' : 'SOURCE_MISSING';
  }
}
