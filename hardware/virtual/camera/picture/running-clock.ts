/** A clock in the corner of the picture that people can read. */
import { createCanvas } from '@napi-rs/canvas';
import type { Planes } from './planes.js';

const CHARACTERS = '0123456789:.';

export class RunningClock {
  readonly #width: number;
  readonly #height: number;
  readonly #glyphs = new Map<string, Uint8Array>();

  /** @param pictureHeight pixels; the digits are a sixteenth of it. */
  constructor(pictureHeight: number) {
    this.#height = Math.round(pictureHeight / 32) * 2;
    this.#width = Math.round(this.#height * 0.34) * 2;
    const canvas = createCanvas(this.#width, this.#height);
    const draw = canvas.getContext('2d');
    draw.font = `bold ${Math.round(this.#height * 0.86)}px monospace`;
    draw.textAlign = 'center';
    draw.textBaseline = 'middle';
    for (const character of CHARACTERS) {
      draw.fillStyle = '#202020';
      draw.fillRect(0, 0, this.#width, this.#height);
      draw.fillStyle = '#f4f4f4';
      draw.fillText(character, this.#width / 2, this.#height * 0.54);
      const { data } = draw.getImageData(0, 0, this.#width, this.#height);
      this.#glyphs.set(character, Uint8Array.from({ length: this.#width * this.#height }, (_, i) => data[i * 4] ?? 0));
    }
  }

  /** @param time shown as the wall clock's HH:MM:SS and tenths. */
  drawInto(view: Planes, time: Date): void {
    const two = (value: number): string => String(value).padStart(2, '0');
    const words = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${Math.floor(time.getMilliseconds() / 100)}`;
    const left = this.#width;
    const top = view.height - this.#height * 2;
    for (const [i, character] of Array.from(words).entries()) {
      const glyph = this.#glyphs.get(character);
      if (glyph === undefined) continue;
      for (let row = 0; row < this.#height; row++) {
        view.y.set(glyph.subarray(row * this.#width, (row + 1) * this.#width), (top + row) * view.width + left + i * this.#width);
      }
    }
    for (let row = top / 2; row < (top + this.#height) / 2; row++) {
      const from = (row * view.width + left) / 2;
      for (const plane of [view.u, view.v]) plane.fill(128, from, from + (words.length * this.#width) / 2);
    }
  }
}
