/**
 * The clap test: when a clap is heard, and the pictures around it, so that a
 * person can say in which of them the hands meet. Pure; samples in, and the
 * clap once there is one.
 */
import type { Sample } from './mp4-fragment.js';

/** Of the framing line: S16LE, one channel. */
export const CLAP_RATE = 48_000;

export interface Clap {
  /** Media time at which the sound begins, in milliseconds. */
  readonly soundAtMs: number;
  /** In order, from before to after. */
  readonly pictures: readonly { readonly atMs: number; readonly jpeg: Buffer }[];
}

/** Cameras are up to some 200 ms late, and sound 3 ms for each metre. */
const AROUND_MS = 350;
/** Sound is judged a millisecond at a time. */
const WINDOW = CLAP_RATE / 1000;
/** A clap stands out by this much from the 200 ms before it, and is no whisper; speech does not begin that steeply. */
const ABOVE_DB = 20;
const LEAST_DBFS = -26;
const BEFORE_WINDOWS = 200;
/** As quiet as a room is taken to be, so that a clap in silence is measured against something. */
const FLOOR_DBFS = -70;

export class ClapEar {
  #pictures: { readonly atMs: number; readonly jpeg: Buffer }[] = [];
  /** Mean power of the latest windows, oldest first. */
  #before: number[] = [];
  #rest = Buffer.alloc(0);
  #soundAtMs: number | undefined;

  /** @returns the clap, once, when the pictures after it have come too. */
  hear({ track, atMs, bytes }: Sample): Clap | undefined {
    if (track === 'sound') {
      this.#listen(bytes, atMs);
      return undefined;
    }
    this.#pictures.push({ atMs, jpeg: bytes });
    const soundAtMs = this.#soundAtMs;
    const from = (soundAtMs ?? atMs - AROUND_MS) - AROUND_MS;
    this.#pictures = this.#pictures.filter((picture) => picture.atMs >= from);
    if (soundAtMs === undefined || atMs < soundAtMs + AROUND_MS) return undefined;
    this.#soundAtMs = undefined;
    return { soundAtMs, pictures: this.#pictures };
  }

  #listen(bytes: Buffer, atMs: number): void {
    const begunMs = atMs - (this.#rest.length / 2 / CLAP_RATE) * 1000;
    const pcm = Buffer.concat([this.#rest, bytes]);
    let at = 0;
    for (; at + WINDOW * 2 <= pcm.length; at += WINDOW * 2) {
      const power = powerOf(pcm.subarray(at, at + WINDOW * 2));
      if (this.#soundAtMs === undefined && this.#isClap(power)) this.#soundAtMs = begunMs + at / 2 / WINDOW;
      this.#before.push(power);
      if (this.#before.length > BEFORE_WINDOWS) this.#before.shift();
    }
    this.#rest = Buffer.from(pcm.subarray(at));
  }

  /** Only once there is something to compare with, and pictures from before it. */
  #isClap(power: number): boolean {
    if (this.#before.length < BEFORE_WINDOWS || this.#pictures.length === 0) return false;
    const background = this.#before.reduce((sum, one) => sum + one, 0) / this.#before.length;
    return decibels(power) >= LEAST_DBFS && decibels(power) - Math.max(FLOOR_DBFS, decibels(background)) >= ABOVE_DB;
  }
}

function powerOf(pcm: Buffer): number {
  let sum = 0;
  for (let at = 0; at < pcm.length; at += 2) sum += (pcm.readInt16LE(at) / 0x8000) ** 2;
  return sum / (pcm.length / 2);
}

const decibels = (power: number): number => 10 * Math.log10(Math.max(power, 1e-12));

/** How far sound may be moved; more than this is no offset but a mistake. */
export const MOST_OFFSET_MS = 500;

/** Whole milliseconds by which the sound must be moved so that it falls on that picture: negative where it comes too late. */
export const offsetFor = (soundAtMs: number, pictureAtMs: number): number =>
  Math.max(-MOST_OFFSET_MS, Math.min(MOST_OFFSET_MS, Math.round(pictureAtMs - soundAtMs)));
