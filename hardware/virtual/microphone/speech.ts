/** Something like speech, the same each time: voiced syllables with moving formants, in phrases with pauses between. */

export const SAMPLE_RATE = 48_000;
/** It begins again after this. */
const SECONDS = 8;
const SYLLABLE_MS = 190;
/** Two phrases of syllables, each followed by a pause of ¾ s. */
const PHRASES = [{ from: 0, syllables: 15 }, { from: 3600, syllables: 19 }] as const;

/** First two formants of cardinal vowels, Hz (Peterson and Barney 1952, means of male speakers). */
const VOWELS = [[730, 1090], [530, 1840], [270, 2290], [570, 840], [300, 870]] as const;
const FORMANT_WIDTH_HZ = [80, 110] as const;

/** The air of the room, in steps of 16 bits: an open microphone never gives exact silence, so silence means muted. */
const ROOM_TONE = 3;

/** @returns 8 s of mono at 48 kHz, peak about −9 dB of full scale. */
export function speak(): Int16Array {
  const sound = new Float64Array(SAMPLE_RATE * SECONDS);
  for (const { from, syllables } of PHRASES) {
    for (let i = 0; i < syllables; i++) {
      const start = Math.round(((from + i * SYLLABLE_MS) / 1000) * SAMPLE_RATE);
      sound.set(syllable(i + from, i / syllables), start);
    }
  }
  const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  let seed = 1;
  return Int16Array.from(sound, (sample) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; // a linear congruential sequence, Numerical Recipes' constants
    return Math.round((sample / peak) * 11_600) + (seed >>> 31 === 1 ? ROOM_TONE : -ROOM_TONE);
  });
}

/** @param which chooses the vowels. @param progress 0 to 1 through the phrase: the voice sinks towards its end. */
function syllable(which: number, progress: number): Float64Array {
  const length = Math.round((SYLLABLE_MS / 1000) * SAMPLE_RATE * 0.86);
  const from = VOWELS[(which * 7) % VOWELS.length] ?? VOWELS[0];
  const to = VOWELS[(which * 3 + 2) % VOWELS.length] ?? VOWELS[0];
  const samples = new Float64Array(length);
  const resonators = FORMANT_WIDTH_HZ.map(() => ({ last: 0, before: 0 }));
  let phase = 0;
  for (let n = 0; n < length; n++) {
    const along = n / length;
    phase += (175 - 50 * progress + 14 * Math.sin(Math.PI * along)) / SAMPLE_RATE;
    const pulse = phase >= 1 ? 1 : 0; // the glottis closes once a period
    phase %= 1;
    let out = 0;
    for (const [i, memory] of resonators.entries()) {
      const frequency = (from[i] ?? 0) + ((to[i] ?? 0) - (from[i] ?? 0)) * along;
      const radius = Math.exp((-Math.PI * (FORMANT_WIDTH_HZ[i] ?? 100)) / SAMPLE_RATE);
      const next = pulse + 2 * radius * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE) * memory.last - radius * radius * memory.before;
      memory.before = memory.last;
      memory.last = next;
      out += next / (i + 1);
    }
    samples[n] = out * Math.sin(Math.PI * along) ** 0.6;
  }
  return samples;
}
