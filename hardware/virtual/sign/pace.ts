/** Ties the chip's cycles to CLOCK_MONOTONIC. */
import { monotonic } from '../program.js';
import { CYCLES_PER_MS } from './avr.js';

/** A board that is behind by more than this lets the time slip, rather than hurry after it. */
const SLIP_MS = 250;

export class Pace {
  readonly #cyclesPerMs: number;
  #zeroAt = monotonic();
  /** Milliseconds let slip so far. */
  lag = 0;

  /** @param speed how many times as fast as a real chip; 1 where it is not said. */
  constructor(speed = 1) {
    this.#cyclesPerMs = CYCLES_PER_MS * speed;
  }

  /** The moment of a cycle, in CLOCK_MONOTONIC milliseconds. */
  at(cycles: number): number {
    return this.#zeroAt + cycles / this.#cyclesPerMs;
  }

  /** The cycle that a board which is at `cycles` ought to be at now. */
  due(cycles: number): number {
    const behind = monotonic() - this.at(cycles);
    if (behind > SLIP_MS) {
      this.lag += behind;
      this.#zeroAt += behind;
    }
    return Math.floor((monotonic() - this.#zeroAt) * this.#cyclesPerMs);
  }
}
