/**
 * A lesson of 90 minutes through a sound card whose clock runs 100 ppm apart
 * from the room's: 540 ms in the end, if nobody minded. The launch line of a part, in
 * gst-launch-1.0(1), with GStreamer's own alsasrc; of the camera the time stamps are kept, as a
 * real one's are (over shared memory they would be evened out, half a frame to and fro).
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { partLine } from '../../pipeline/launch-line.js';
import { flashAndBeep } from '../fakes/flash-and-beep.js';
import { lipSync, median } from '../fakes/lip-sync-meter.js';
import { skewedCard } from '../fakes/skewed-card.js';
import type { Figures, Soak } from './soak.js';

const PPM = 100;
const MINUTES = 90;
const MOST_DRIFT_MS = 5;
/**
 * The part of all flashes that is compared at either end, five minutes of 90. A reading of alsasrc's clock is up to one period
 * (10 ms) old, and with 100 ppm that error goes round once in 100 s: only over several rounds does it tell nothing of drift.
 */
const ENDS = 1 / 18;
/** The card's clock settles on its first samples, and the pipeline with it. */
const SETTLING = 3;
/** What decides about time in a recording. */
const SUBJECT = ['pipeline/launch-line.ts', 'pipeline/sources-sound.ts', 'pipeline/encoders.ts'];

/** Even numbers: the card runs fast; odd ones: slow. */
const run = (number: number): Promise<Figures> => drift(PPM * (number % 2 === 0 ? 1 : -1), MINUTES * 60);

/** @throws Error where sound and picture come apart. */
export async function drift(ppm: number, seconds: number): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lip-sync-'));
  const devices = await flashAndBeep();
  const card = skewedCard(ppm, devices.beganAt);
  try {
    const file = path.join(folder, 'film.mp4');
    const line = partLine({ video: devices.sources.video, sound: card.sound })
      .replace('max-duplication-time=500000000', 'drop-only=true').replace(/appsink name=out .*/, `filesink buffer-mode=unbuffered location=${file}`).replaceAll('"', '');
    const program = spawn('setpriv', ['--pdeathsig', 'KILL', 'gst-launch-1.0', '-q', ...line.split(' ')], { env: card.env, stdio: ['ignore', 'ignore', 'inherit'] });
    await sleep(seconds * 1000);
    if (program.exitCode !== null) throw new Error(`gst-launch-1.0 ended by itself with ${program.exitCode}`);
    program.kill('SIGKILL');
    const { offsetsMs, frames } = await lipSync(readFileSync(file));
    const settled = offsetsMs.slice(SETTLING);
    const ends = Math.max(10, Math.round(settled.length * ENDS));
    const first = median(settled.slice(0, ends));
    const apart = Math.max(...settled.map((ms) => Math.abs(ms - first)));
    const drifted = Math.abs(median(settled.slice(-ends)) - first);
    const figures = { flashes: offsetsMs.length, frames, driftMs: round(drifted), mostApartMs: round(apart) };
    if (!(drifted <= MOST_DRIFT_MS)) throw new Error(`with ${ppm} ppm sound and picture came apart: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    card.close();
    await devices.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

export const soak: Soak = {
  claim: `sound and picture stay within ${MOST_DRIFT_MS} ms of where they began, over ${MINUTES} minutes with clocks ${PPM} ppm apart`,
  size: MINUTES,
  unit: 'minutes',
  chunk: MINUTES,
  subject: () => `launch line ${SUBJECT.reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256')).digest('hex').slice(0, 12)}`,
  run,
};
