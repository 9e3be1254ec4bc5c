/** How far a copy is, and how long it will still take: from what is synced, never from what was only handed over. Pure. */

export type Phase = 'copying' | 'checking';

export interface Progress {
  readonly phase: Phase | 'removing';
  /** Of this phase, over all recordings. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** To the end of the last phase; null while nothing is known yet. */
  readonly secondsLeft: number | null;
}

/** A rate is taken from so much time at least. */
const ENOUGH_MS = 1000;

export class Pace {
  readonly #total: number;
  readonly #now: () => number;
  #phase: Phase = 'copying';
  #done = 0;
  #since: number;
  /** Bytes a millisecond of the phase before. */
  #before: number | undefined;

  /** @param now of any clock that never goes back */
  constructor(total: number, now: () => number) {
    this.#total = total;
    this.#now = now;
    this.#since = now();
  }

  add(bytes: number): Progress {
    this.#done += bytes;
    return this.progress;
  }

  /** What was copied is checked. */
  check(): Progress {
    this.#before = this.#rate;
    this.#phase = 'checking';
    this.#done = 0;
    this.#since = this.#now();
    return this.progress;
  }

  get progress(): Progress {
    return { phase: this.#phase, doneBytes: this.#done, totalBytes: this.#total, secondsLeft: this.#secondsLeft };
  }

  /** Checking is taken to be as fast as copying until it is known: a stick reads faster than it writes, so that the time only gets less. */
  get #secondsLeft(): number | null {
    const rate = this.#rate ?? this.#before;
    if (rate === undefined) return null;
    const left = this.#total - this.#done + (this.#phase === 'copying' ? this.#total : 0);
    return Math.ceil(left / rate / 1000);
  }

  get #rate(): number | undefined {
    const ms = this.#now() - this.#since;
    return ms < ENOUGH_MS || this.#done === 0 ? undefined : this.#done / ms;
  }
}
