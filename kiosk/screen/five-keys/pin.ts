/**
 * A PIN by five keys, in a room where others listen. Pure.
 *
 * A ring of eleven: OK at the top, then 1 to 9 and 0. Next goes one on, Previous
 * one back, each with the same tick; Choose takes where the ring stands and lets it
 * go back to the top. So 7 is seven times Next or four times Previous, and 0 is once
 * Previous. What is heard is a number of ticks and never a digit (EN 301 549,
 * 5.1.3.8): by ticks alone each digit is one of two, and going back and forth
 * hides it further. What is said is only how many digits there are.
 */
import { LONGEST_PIN, SHORTEST_PIN } from '../pin-limits.js';

const RING = ['ok', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

export interface PinRing {
  /** Where the ring stands, from 0 to 10. */
  readonly at: number;
  /** How many digits are taken; which they are, only the PIN pad knows. */
  readonly taken: number;
}

/** What comes of a key. `tick`: heard the same for each step and each taking. */
export type PinStep =
  | { readonly does: 'tick' }
  | { readonly does: 'digit'; readonly digit: string }
  | { readonly does: 'delete' | 'submit' | 'too-few' | 'full' | 'leave' };

export const PIN_START: PinRing = { at: 0, taken: 0 };

export function turn(ring: PinRing, key: 'next' | 'previous' | 'choose' | 'back'): readonly [PinRing, PinStep] {
  const { at, taken } = ring;
  switch (key) {
    case 'next': return [{ at: (at + 1) % RING.length, taken }, { does: 'tick' }];
    case 'previous': return [{ at: (at + RING.length - 1) % RING.length, taken }, { does: 'tick' }];
    case 'back':
      // A slip of the ring first, then a digit, then the way out.
      if (at !== 0) return [{ at: 0, taken }, { does: 'tick' }];
      return taken === 0 ? [ring, { does: 'leave' }] : [{ at: 0, taken: taken - 1 }, { does: 'delete' }];
    case 'choose': {
      const found = RING[at];
      if (found === 'ok' || found === undefined) return taken < SHORTEST_PIN ? [ring, { does: 'too-few' }] : [PIN_START, { does: 'submit' }];
      return taken === LONGEST_PIN ? [{ at: 0, taken }, { does: 'full' }] : [{ at: 0, taken: taken + 1 }, { does: 'digit', digit: found }];
    }
  }
}
