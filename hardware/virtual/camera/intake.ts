/**
 * When the camera takes up what it has heard: one message in each of its
 * vertical cycles (EVI-H100S manual, "VISCA command processing can only be
 * carried out one time in a Vertical cycle"), and commands later where it is slow.
 */
import { monotonic } from '../program.js';

interface Waiting {
  readonly at: number;
  readonly message: Uint8Array;
}

export class Intake {
  readonly #cycleMs: number;
  readonly #take: (message: Uint8Array) => void;
  /** The next one first. */
  #waiting: Waiting[] = [];
  #alarm: NodeJS.Timeout | undefined;
  #freeAt = 0;
  #slowMs = 0;
  /** When the last command is taken up: no later one may be before it. */
  #lastCommandAt = 0;

  /** @param take called with each message in its turn; inquiries overtake commands that wait. */
  constructor(cycleMs: number, take: (message: Uint8Array) => void) {
    this.#cycleMs = cycleMs;
    this.#take = take;
  }

  /** @param ms how much later it takes up commands from now on; 0 for at once. */
  slowDown(ms: number): void {
    this.#slowMs = ms;
  }

  push(message: Uint8Array, isCommand: boolean): void {
    const turn = Math.max(monotonic(), this.#freeAt);
    this.#freeAt = turn + this.#cycleMs;
    const at = isCommand ? Math.max(turn + this.#slowMs, this.#lastCommandAt) : turn;
    if (isCommand) this.#lastCommandAt = at;
    const before = this.#waiting.filter((one) => one.at <= at);
    this.#waiting = [...before, { at, message }, ...this.#waiting.slice(before.length)];
    this.#takeDue();
  }

  /** What waits is forgotten. */
  clear(): void {
    clearTimeout(this.#alarm);
    this.#waiting = [];
    this.#freeAt = this.#lastCommandAt = 0;
  }

  #takeDue(): void {
    clearTimeout(this.#alarm);
    const now = monotonic();
    for (let [next] = this.#waiting; next !== undefined && next.at <= now; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#take(next.message);
    }
    const [next] = this.#waiting;
    if (next !== undefined) this.#alarm = setTimeout(() => this.#takeDue(), Math.max(1, Math.ceil(next.at - now)));
  }
}
