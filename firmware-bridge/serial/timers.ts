/** Time as the serial adapters need it: tests put their own in its place. */
import type { Clock } from '../../session/ports.js';

export interface Timers extends Pick<Clock, 'now'> {
  /** Runs `work` once after `ms` milliseconds; the answer cancels it. */
  after(ms: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  // On Linux Node's hrtime is CLOCK_MONOTONIC, which all processes of one boot share.
  now: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms` milliseconds. @throws the signal's reason, at once, when it aborts. */
export function pause(timers: Timers, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = timers.after(ms, () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

const SHORTEST_WAIT_MS = 250;
/** A device that refuses may be asked to move each time. */
const LONGEST_WAIT_MS = 2000;

/** How long to wait after the n-th failure in a row (1, 2 …): doubling, from 250 ms to `longestMs`, 2 s. */
export function backOffMs(failures: number, longestMs = LONGEST_WAIT_MS): number {
  return Math.min(SHORTEST_WAIT_MS * 2 ** Math.max(0, failures - 1), longestMs);
}
