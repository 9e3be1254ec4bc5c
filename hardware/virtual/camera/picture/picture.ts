/** The frames of the virtual camera: the room, the teacher, the clocks and the texture. */
import { clockBarOf, drawClockBar } from './clock-bar.js';
import { blackPicture, type Planes } from './planes.js';
import { drawRoom } from './room-drawing.js';
import { RunningClock } from './running-clock.js';
import { Teacher } from './teacher.js';
import { drawTexture, TEXTURE_ROWS } from './texture.js';
import { look, WIDEST, type Gaze } from './view.js';

export class Picture {
  readonly black: Uint8Array;
  readonly #room: Planes;
  /** The room as it was last looked at: looked at anew only when the gaze moves. */
  readonly #still: Planes;
  readonly #frame: Planes;
  readonly #teacher: Teacher;
  readonly #clock: RunningClock;
  readonly #barHeight: number;
  #gaze: Gaze | undefined;

  /** @throws RangeError for sizes that cannot be made: width under 600 or not divisible by 8, odd height. */
  constructor(width: number, height: number) {
    this.#barHeight = clockBarOf(width).height;
    this.black = blackPicture(width, height).bytes;
    this.#still = blackPicture(width, height);
    this.#frame = blackPicture(width, height);
    this.#room = drawRoom(width / WIDEST);
    this.#teacher = new Teacher(width / WIDEST);
    this.#clock = new RunningClock(height);
  }

  /**
   * @param now CLOCK_MONOTONIC ms, burnt in.
   * @returns I420 bytes, good until the next call.
   */
  frame(gaze: Gaze, now: number, wall: Date): Uint8Array {
    const { pan, tilt, times } = gaze;
    if (this.#gaze?.pan !== pan || this.#gaze.tilt !== tilt || this.#gaze.times !== times) {
      look(this.#room, gaze, this.#still);
      this.#gaze = gaze;
    }
    this.#frame.bytes.set(this.#still.bytes);
    this.#teacher.walkInto(this.#frame, gaze, now);
    this.#clock.drawInto(this.#frame, wall);
    drawClockBar(this.#frame.y, this.#frame.width, now);
    drawTexture(this.#frame.y, this.#frame.width, this.#barHeight);
    this.#uncolour(this.#barHeight + TEXTURE_ROWS);
    return this.#frame.bytes;
  }

  /** The clock and the texture are grey. */
  #uncolour(rows: number): void {
    for (const plane of [this.#frame.u, this.#frame.v]) plane.fill(128, 0, (rows / 2) * (this.#frame.width / 2));
  }
}
