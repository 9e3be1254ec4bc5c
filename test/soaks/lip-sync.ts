/**
 * A sound card whose clock runs apart from the room's by 100 ppm, for 90
 * minutes: 540 ms in the end. The sources are live, so it is the skew that is made
 * faster and not the time: a minute of the lesson passes in a second, at 6000 ppm. What is
 * mended by the amount of the error is put to the same test by that; what learns a
 * rate slowly (a resampler's loop) has a harder one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { flashAndBeep } from '../fakes/flash-and-beep.js';
import { lipSync, median } from '../fakes/lip-sync-meter.js';
import { recordFlashAndBeep } from '../fakes/lip-sync-recording.js';
import type { Figures, Soak } from './soak.js';

const PPM = 100;
const FASTER = 60;
const MINUTES = 90;
const MOST_DRIFT_MS = 5;
/** Flashes that are compared at either end. */
const ENDS = 10;
/** What decides about time in a recording. */
const SUBJECT = ['pipeline/launch-line.ts', 'pipeline/sources-sound.ts', 'pipeline/encoders.ts'];

/** Even numbers: the card runs fast; odd ones: slow. */
async function run(number: number): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lip-sync-'));
  try {
    const skew = PPM * FASTER * (number % 2 === 0 ? 1 : -1);
    const { offsetsMs, frames } = await lipSync(await recordFlashAndBeep(folder, (MINUTES * 60_000) / FASTER, await flashAndBeep({ skewPpm: skew })));
    const first = median(offsetsMs.slice(0, ENDS));
    const apart = Math.max(...offsetsMs.map((ms) => Math.abs(ms - first)));
    const drift = Math.abs(median(offsetsMs.slice(-ENDS)) - first);
    const figures = { flashes: offsetsMs.length, frames, driftMs: Math.round(drift * 10) / 10, mostApartMs: Math.round(apart * 10) / 10 };
    if (apart > MOST_DRIFT_MS) throw new Error(`chunk ${number}: sound and picture came apart: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const soak: Soak = {
  claim: `sound and picture stay within ${MOST_DRIFT_MS} ms of where they began, over ${MINUTES} minutes with clocks ${PPM} ppm apart (${FASTER} times faster)`,
  size: 2 * MINUTES,
  unit: 'minutes',
  chunk: MINUTES,
  subject: () => `launch line ${SUBJECT.reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256')).digest('hex').slice(0, 12)}`,
  run,
};
