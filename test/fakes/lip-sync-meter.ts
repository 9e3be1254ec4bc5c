/** How far flash and beep lie apart in a recording of flash-and-beep.ts, by the file's own time stamps, edit lists included. By ffmpeg(1). */
import { output } from '../pipeline/keys.js';
import { RATE } from './flash-and-beep.js';

/** Half between black and white, in the video range. */
const LIT = 125;
/** Of full scale; the beep begins at half of it, and an encoder's ringing before it stays below. */
const HEARD = 0.15 * 0x7fff;
/** A beep is a new one after this much silence. */
const QUIET_S = 0.4;

export interface LipSync {
  /** Beep minus flash in milliseconds, second by second: positive where the sound comes late. */
  readonly offsetsMs: readonly number[];
  readonly frames: number;
}

/** @param file an MP4 in the clear. @throws Error where there is nothing to compare. */
export async function lipSync(file: Buffer): Promise<LipSync> {
  const [stamps, pcm] = await Promise.all([frameLuma(file), sound(file)]);
  const flashes = stamps.flatMap(({ at, luma }, i) => (luma > LIT && (stamps[i - 1]?.luma ?? Infinity) <= LIT ? [at] : []));
  const beeps = onsets(pcm).map((sample) => sample / RATE);
  const offsetsMs = flashes.flatMap((flash) => {
    const near = beeps.find((beep) => Math.abs(beep - flash) < 0.5);
    return near === undefined ? [] : [(near - flash) * 1000];
  });
  if (offsetsMs.length === 0) throw new Error(`nothing to compare: ${flashes.length} flashes, ${beeps.length} beeps`);
  return { offsetsMs, frames: stamps.length };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function frameLuma(file: Buffer): Promise<{ at: number; luma: number }[]> {
  const text = (await output('ffmpeg', ['-v', 'error', '-copyts', '-i', 'pipe:0', '-an', '-vf', 'signalstats,metadata=print:file=-', '-fps_mode', 'passthrough', '-f', 'null', '/dev/null'], file)).plain.toString();
  return [...text.matchAll(/pts_time:([\d.-]+)[\s\S]*?YAVG=([\d.]+)/g)].map(([, at, luma]) => ({ at: Number(at), luma: Number(luma) }));
}

/** From time 0 on, gaps between packets as silence, so that a sample's place is its time. */
async function sound(file: Buffer): Promise<Int16Array> {
  const { plain } = await output('ffmpeg', ['-v', 'error', '-copyts', '-i', 'pipe:0', '-vn', '-af', 'aresample=async=1:min_hard_comp=0.001:first_pts=0', '-f', 's16le', '-ac', '1', '-ar', String(RATE), 'pipe:1'], file);
  return new Int16Array(plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.length - (plain.length % 2)));
}

/** Where it becomes loud after a silence. What begins loud began before the recording. */
function onsets(pcm: Int16Array): number[] {
  const found: number[] = [];
  let quietFrom = Infinity;
  pcm.forEach((value, i) => {
    if (Math.abs(value) < HEARD) {
      if (quietFrom === Infinity) quietFrom = i;
      return;
    }
    if (i - quietFrom >= QUIET_S * RATE) found.push(i);
    quietFrom = Infinity;
  });
  return found;
}
