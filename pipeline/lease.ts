/**
 * The lease on the devices. A good STATUS of the sign lets capture go on for
 * 1.5 s from the moment at which it was *requested*: an absolute deadline on a
 * clock that all processes share, carried on unchanged. Nobody renews by a
 * timer of their own.
 */
import type { Monotonic } from '../session/ports.js';

export const LEASE_MS = 1500;
/** At deadline + 150 ms force follows: the kernel has 250 ms left to close the devices by request + 1.9 s. */
export const FORCE_AFTER_MS = 150;

export class Lease {
  #confirmedAt: Monotonic;

  /** @param requestedAt when the first good STATUS was requested. */
  constructor(requestedAt: Monotonic, now: Monotonic) {
    this.#confirmedAt = Math.min(requestedAt, now);
  }

  /** The last confirmed request time: what was received before it may be kept. */
  get confirmedAt(): Monotonic {
    return this.#confirmedAt;
  }

  get deadline(): Monotonic {
    return this.#confirmedAt + LEASE_MS;
  }

  /**
   * Carries the lease on; an older request changes nothing, one from the future counts as now.
   * @returns false where the lease has ended: an ended lease cannot be renewed.
   */
  renew(requestedAt: Monotonic, now: Monotonic): boolean {
    if (now >= this.deadline) return false;
    this.#confirmedAt = Math.max(this.#confirmedAt, Math.min(requestedAt, now));
    return true;
  }
}
