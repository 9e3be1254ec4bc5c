import { monitorEventLoopDelay } from 'node:perf_hooks';
import { monotonic } from '../../pipeline/monotonic.js';

/**
 * Measures from now on. What this process's own loop was late by, on a machine
 * that others share, is not the fault of what is measured, and is allowed.
 * @returns asks once: whether `at` was within the bound, and the sentence that says so.
 */
export function stopwatch(from = monotonic()): (boundMs: number, at: number, what: string) => [boolean, string] {
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  return (boundMs, at, what) => {
    lag.disable();
    return [at - from <= boundMs + lag.max / 1e6, `${what} within ${boundMs} ms (${(at - from).toFixed(0)})`];
  };
}
