/** Looking at what a camera says of itself, for everyone who must know where it stands. */
import { DeviceRefused } from '../serial/errors.js';
import { pause, type Timers } from '../serial/timers.js';
import type { Exchange } from './exchange.js';
import { INQUIRIES } from './inquiries.js';
import type { Model } from './models.js';
import { isStill, type Poses, type Sighting } from './poses.js';

/** What all parts of one camera share. */
export interface Scene {
  model: Model;
  poses: Poses;
  /** Somebody steers it now, or it has not yet been seen where it came to stand. */
  steered: boolean;
}

/** Between an answer and the next question: at 9600 baud two questions and their answers take as long again. */
export const LOOK_EVERY_MS = 60;

export interface Eye {
  /** @param before what was seen LOOK_EVERY_MS ago or more; without it nothing is called still. @throws DeviceLost, DeviceRefused */
  look(before: Sighting | undefined, signal: AbortSignal): Promise<Sighting>;
  /** Looks until it stands, or does not tell where; undefined where it still turns after `withinMs`. */
  untilStill(withinMs: number, signal: AbortSignal): Promise<Sighting | undefined>;
}

export function createEye(exchange: Exchange, scene: Scene, timers: Timers): Eye {
  async function look(before: Sighting | undefined, signal: AbortSignal): Promise<Sighting> {
    const power = await exchange.ask(INQUIRIES.power, signal);
    // Many cameras do not tell while in standby, or while they wake.
    const position = await unlessRefused(exchange.ask(INQUIRIES.position, signal));
    return { power, position, still: isStill(before?.position, position, scene.model) };
  }

  async function untilStill(withinMs: number, signal: AbortSignal): Promise<Sighting | undefined> {
    const deadline = timers.now() + withinMs;
    let seen = await look(undefined, signal);
    while (!seen.still && seen.position !== undefined) {
      if (timers.now() > deadline) return undefined;
      await pause(timers, LOOK_EVERY_MS, signal);
      seen = await look(seen, signal);
    }
    return seen;
  }

  return { look, untilStill };
}

/** For what the camera may decline: undefined then. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DeviceRefused) return undefined;
    throw error;
  }
}
