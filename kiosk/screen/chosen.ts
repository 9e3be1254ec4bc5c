/** What whoever stands at the screen chose for themselves, and everyone else is without again a minute later. */
import type { Language } from '../protocol/common.js';

/** P9.2: what the room is told may become softer for one person’s sake, never silent. */
export const VOLUMES = ['usual', 'softer', 'softest'] as const;
export type Volume = typeof VOLUMES[number];

/** Of the loudness that the technician has set: 6 dB less a step. As HTMLMediaElement.volume has it. */
export const GAINS: Readonly<Record<Volume, number>> = { usual: 1, softer: 0.5, softest: 0.25 };

export interface Chosen {
  /** Null for the signed-in teacher’s, or the room’s. */
  readonly language: Language | null;
  /** WCAG 1.4.4: twice the letters. */
  readonly largerText: boolean;
  /** EN 301 549, 5.7 and 5.8: for hands that touch twice where once is meant (steady.ts). */
  readonly steady: boolean;
  /** WCAG 1.4.2. */
  readonly volume: Volume;
}

export const NOTHING_CHOSEN: Chosen = { language: null, largerText: false, steady: false, volume: 'usual' };

/** The next one, and after the last the first. */
export const volumeAfter = (volume: Volume): Volume => VOLUMES[(VOLUMES.indexOf(volume) + 1) % VOLUMES.length] ?? 'usual';
