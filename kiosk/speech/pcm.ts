/** Sound as numbers: reading and writing WAV, how loud it is, and making it evenly loud. Pure. */

/** One channel, −1 to 1. */
export interface Pcm { readonly rate: number; readonly samples: Float32Array }

const HEADER_BYTES = 44;
const FULL_SCALE = 32_767;

/**
 * @param wav with the plain 44-byte header and 16-bit mono samples. Its sizes are not looked at: what is written to a pipe cannot know them.
 * @throws Error where it is anything else
 */
export function readWav(wav: Buffer): Pcm {
  const isPlain = wav.length >= HEADER_BYTES && wav.toString('latin1', 0, 4) === 'RIFF' && wav.toString('latin1', 8, 16) === 'WAVEfmt ' && wav.toString('latin1', 36, 40) === 'data';
  // Format 1 (PCM), one channel, 16 bits (Microsoft, Multimedia Programming Interface 1.0, "WAVE").
  if (!isPlain || wav.readUInt16LE(20) !== 1 || wav.readUInt16LE(22) !== 1 || wav.readUInt16LE(34) !== 16) throw new Error('not a WAV file of 16 bits and one channel');
  const samples = new Float32Array((wav.length - HEADER_BYTES) >> 1);
  for (let i = 0; i < samples.length; i += 1) samples[i] = wav.readInt16LE(HEADER_BYTES + 2 * i) / FULL_SCALE;
  return { rate: wav.readUInt32LE(24), samples };
}

/** 16 bits; what is louder than full scale is cut. */
export function writeWav({ rate, samples }: Pcm): Buffer {
  const wav = Buffer.alloc(HEADER_BYTES + 2 * samples.length);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(2 * rate, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((value, i) => wav.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * FULL_SCALE), HEADER_BYTES + 2 * i));
  return wav;
}

export interface Loudness {
  /** Of what sounds; −Infinity for silence. */
  readonly rmsDb: number;
  readonly peakDb: number;
}

const BLOCK_SECONDS = 0.05;
/** Blocks so far below the loudest are pauses (ITU-R BS.1770-5 gates as much below the mean; 26 dB leaves soft consonants in). */
const PAUSE_DB = -26;
const db = (value: number): number => 20 * Math.log10(value);
const fromDb = (value: number): number => 10 ** (value / 20);

/** In dBFS, pauses left out. */
export function loudnessOf({ rate, samples }: Pcm): Loudness {
  const size = Math.max(1, Math.round(rate * BLOCK_SECONDS));
  const powers: number[] = [];
  let peak = 0;
  for (let from = 0; from < samples.length; from += size) {
    const block = samples.subarray(from, from + size);
    let sum = 0;
    for (const value of block) {
      sum += value * value;
      peak = Math.max(peak, Math.abs(value));
    }
    powers.push(sum / block.length);
  }
  const floor = Math.max(0, ...powers) * fromDb(PAUSE_DB) ** 2;
  const heard = powers.filter((power) => power > 0 && power >= floor);
  const mean = heard.reduce((sum, power) => sum + power, 0) / Math.max(1, heard.length);
  return { rmsDb: db(Math.sqrt(mean)), peakDb: db(peak) };
}

/** A lossy encoder overshoots by a decibel or so. */
const HIGHEST_PEAK_DB = -2;

/** The same sound at this loudness; less, where its peaks would be cut. Silence stays silent. */
export function levelled(pcm: Pcm, rmsDb: number): Pcm {
  const now = loudnessOf(pcm);
  if (now.rmsDb === -Infinity) return pcm;
  const gain = fromDb(Math.min(rmsDb - now.rmsDb, HIGHEST_PEAK_DB - now.peakDb));
  return { rate: pcm.rate, samples: pcm.samples.map((value) => value * gain) };
}

export const secondsOf = ({ rate, samples }: Pcm): number => samples.length / rate;
