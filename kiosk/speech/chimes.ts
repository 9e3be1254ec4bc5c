/** The kiosk's sounds without words, as numbers. Soft mallet tones on one pentatonic scale: no two of them can clash. Pure. */
import { levelled, type Pcm } from './pcm.js';
import type { Chime } from './words.js';

/** Opus’s own rate. */
const RATE = 48_000;

interface Note { readonly hz: number; readonly atMs: number; readonly lastsMs: number }
interface Score {
  readonly notes: readonly Note[];
  /** In dBFS. Words are at −20; a tone carries further than a voice, and a lesson is going on. */
  readonly rmsDb: number;
}

// Equal temperament, A4 = 440 Hz.
const C5 = 523.25, G4 = 392, G5 = 783.99, E5 = 659.26, A5 = 880;

const SCORES: Readonly<Record<Chime, Score>> = {
  start: { rmsDb: -22, notes: [{ hz: C5, atMs: 0, lastsMs: 420 }, { hz: G5, atMs: 180, lastsMs: 620 }] },
  // As long as capture takes to end (LIMITS.ending, 500 ms): the words after it are true when they begin.
  stop: { rmsDb: -22, notes: [{ hz: G5, atMs: 0, lastsMs: 420 }, { hz: C5, atMs: 180, lastsMs: 620 }] },
  'minute-left': { rmsDb: -22, notes: [{ hz: E5, atMs: 0, lastsMs: 350 }, { hz: E5, atMs: 260, lastsMs: 540 }] },
  'ten-minutes': { rmsDb: -30, notes: [{ hz: G4, atMs: 0, lastsMs: 900 }] },
  tick: { rmsDb: -26, notes: [{ hz: A5, atMs: 0, lastsMs: 120 }] },
};

/** Without a click at the beginning. */
const ATTACK_MS = 8;
/** Multiples of the tone and how loud each is: much of the fundamental, so that small speakers and tired ears take it. */
const PARTIALS: readonly (readonly [times: number, share: number])[] = [[1, 1], [2, 0.22], [3, 0.06]];
/** A note has died down by 60 dB at its end (e^−6.9), and is led to nothing over its last tenth. */
const DECAY = 6.9;
const TAIL = 0.1;

/** @returns the chime, a second long at most */
export function chime(name: Chime): Pcm {
  const { notes, rmsDb } = SCORES[name];
  const samples = new Float32Array(toSamples(Math.max(...notes.map(({ atMs, lastsMs }) => atMs + lastsMs))));
  for (const { hz, atMs, lastsMs } of notes) {
    const first = toSamples(atMs);
    const count = toSamples(lastsMs);
    for (let i = 0; i < count; i += 1) {
      const part = i / count;
      const rise = Math.min(1, i / toSamples(ATTACK_MS));
      const fall = Math.exp(-DECAY * part) * Math.min(1, (1 - part) / TAIL);
      const tone = PARTIALS.reduce((sum, [times, share]) => sum + share * Math.sin(2 * Math.PI * hz * times * i / RATE), 0);
      samples[first + i] = (samples[first + i] ?? 0) + tone * rise * fall;
    }
  }
  return levelled({ rate: RATE, samples }, rmsDb);
}

const toSamples = (ms: number): number => Math.round(ms * RATE / 1000);
