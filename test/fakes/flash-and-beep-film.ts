/**
 * A white flash and a 1 kHz beep at the same instant of each second, as two
 * films with exact time stamps: for measuring what the recorder itself puts
 * between picture and sound. (What arrives over flash-and-beep.ts is stamped on
 * arrival, and so up to a block and a frame apart from the start.)
 */
import path from 'node:path';
import { output } from '../pipeline/keys.js';
import type { SourceSettings } from '../../pipeline/sources.js';

const SIZE = { width: 320, height: 180, fps: 30 };

/** @param folder for the films. @param seconds that they last. @param soundFromS the sound begins so much later than the picture, as a device does that is slow to open. */
export async function flashAndBeepFilm(folder: string, seconds: number, soundFromS = 0): Promise<SourceSettings> {
  const [picture, sound] = [path.join(folder, 'flash.mkv'), path.join(folder, 'beep.mka')];
  const make = (source: string, codec: string[], file: string): Promise<unknown> =>
    output('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...codec, '-t', String(seconds), file], Buffer.alloc(0));
  await make(`color=black:s=${SIZE.width}x${SIZE.height}:r=${SIZE.fps},geq=lum='if(lt(mod(T\\,1)\\,0.2)\\,235\\,16)':cb=128:cr=128`, ['-c:v', 'ffv1'], picture);
  // A cosine, so that the very first sample is loud.
  await make(`aevalsrc='0.5*cos(2*PI*1000*mod(t\\,1))*lt(mod(t\\,1)\\,0.2)':s=48000,atrim=start=${soundFromS}`, ['-c:a', 'pcm_s16le', '-output_ts_offset', String(soundFromS)], sound);
  return { video: { kind: 'file', path: picture, ...SIZE }, sound: { kind: 'file', path: sound, channels: 1 } };
}
