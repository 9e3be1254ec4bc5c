/** The lease's deadline as the main thread tells it to its worker: in shared memory, so that it can be read while the main thread hangs. */
import type { Monotonic } from '../session/ports.js';

export class SharedDeadline {
  readonly memory: SharedArrayBuffer;
  readonly #deadlineUs: BigInt64Array;
  readonly #bell: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(16)) {
    this.memory = memory;
    this.#deadlineUs = new BigInt64Array(memory, 0, 1);
    this.#bell = new Int32Array(memory, 8, 1);
  }

  set(deadline: Monotonic): void {
    Atomics.store(this.#deadlineUs, 0, BigInt(Math.round(deadline * 1000)));
    Atomics.add(this.#bell, 0, 1);
    Atomics.notify(this.#bell, 0);
  }

  /** Blocks the thread until the deadline, as last set, is over by `graceMs`. */
  waitUntilOver(graceMs: number, now: () => Monotonic): void {
    for (;;) {
      const rung = Atomics.load(this.#bell, 0);
      const deadline = Number(Atomics.load(this.#deadlineUs, 0)) / 1000;
      const left = deadline === 0 ? Infinity : deadline + graceMs - now();
      if (left <= 0) return;
      Atomics.wait(this.#bell, 0, rung, left);
    }
  }
}
