/** How long somebody waits after wrong tries (P10.1): the first three are free, then the wait doubles up to 30 s. On monotonic time: moving the clock on the wall helps nobody. */
import type { Monotonic } from '../session/ports.js';

const FREE_TRIES = 3;
const LONGEST_WAIT_S = 30;

/** @returns seconds. */
export const waitAfter = (failures: number): number => (failures < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_S, 2 ** (failures - FREE_TRIES)));

/** Why a try was not even looked at, for the screen. */
export const waiting = (seconds: number) => ({
  ok: false, code: 'WAIT', sentence: 'Too many tries. Wait: {seconds} s.', values: { seconds }, remedy: 'Then try again. Stop works all the time.', waitSeconds: seconds,
} as const);

/** When each may try again. The number of failures is the caller's to store; after a restart the wait runs anew. */
export class Throttle {
  readonly #now: () => Monotonic;
  readonly #tryAgainAt = new Map<string, Monotonic>();

  constructor(now: () => Monotonic) {
    this.#now = now;
  }

  /** @returns whole seconds; 0 where a try is allowed. */
  secondsLeft(who: string): number {
    return Math.max(0, Math.ceil(((this.#tryAgainAt.get(who) ?? 0) - this.#now()) / 1000));
  }

  /** After each try that was looked at, and once for each stored number of failures at the start. */
  failed(who: string, failures: number): void {
    this.#tryAgainAt.set(who, this.#now() + waitAfter(failures) * 1000);
  }
}

/** One after another. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
