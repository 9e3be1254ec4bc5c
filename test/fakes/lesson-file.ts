/** Looks into a sealed part with the programs that anyone has: age, ffprobe, ffmpeg. */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { readClockBar } from '../../hardware/virtual/camera/picture/clock-bar.js';

const run = promisify(execFile);

export interface LookedInto {
  readonly video: { readonly codec: string; readonly pixels: string };
  readonly sound: { readonly codec: string };
  /** Seconds, of the longer track. */
  readonly seconds: number;
  /** Presentation times of each track rise. */
  readonly monotonous: boolean;
  /** When the camera drew each kept frame: CLOCK_MONOTONIC milliseconds, from the picture itself. */
  readonly drawnAt: readonly number[];
}

/**
 * @param interrupted age says so of a file that was cut off, and still gives all that came before the cut.
 * @returns null where nothing was kept.
 */
export async function lookInto(sealed: string, keyFile: string, { width, interrupted = false }: { width: number; interrupted?: boolean }): Promise<LookedInto | null> {
  const clear = `${sealed}.clear-for-the-test.mp4`;
  try {
    await run('age', ['-d', '-i', keyFile, '-o', clear, sealed]).catch((error: unknown) => { if (!interrupted) throw error; });
    const { stdout: streams } = await run('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,codec_type,pix_fmt', '-of', 'json', clear]).catch(() => ({ stdout: '{}' }));
    const list = (JSON.parse(streams) as { streams?: { codec_name: string; codec_type: string; pix_fmt?: string }[] }).streams ?? [];
    const video = list.find(({ codec_type }) => codec_type === 'video');
    const sound = list.find(({ codec_type }) => codec_type === 'audio');
    if (video === undefined || sound === undefined) return null;
    const { stdout: packets } = await run('ffprobe', ['-v', 'error', '-show_entries', 'packet=stream_index,pts_time', '-of', 'csv=p=0', clear], { maxBuffer: 1 << 26 });
    const times = packets.trim().split('\n').map((line) => line.split(',')).map(([stream, pts]) => ({ stream, pts: Number(pts) }));
    const rising = ['0', '1'].every((stream) => times.filter((one) => one.stream === stream).every(({ pts }, at, all) => at === 0 || pts > (all[at - 1]?.pts ?? Infinity)));
    const luma = `${clear}.gray`;
    await run('ffmpeg', ['-v', 'error', '-y', '-i', clear, '-vf', `crop=${width}:16:0:0`, '-fps_mode', 'passthrough', '-pix_fmt', 'gray', '-f', 'rawvideo', luma]);
    const bytes = await readFile(luma);
    await rm(luma, { force: true });
    const frame = width * 16;
    const drawnAt = Array.from({ length: Math.floor(bytes.length / frame) }, (_, at) => readClockBar(bytes.subarray(at * frame, (at + 1) * frame), width) ?? Number.NaN);
    return {
      video: { codec: video.codec_name, pixels: video.pix_fmt ?? '' }, sound: { codec: sound.codec_name },
      seconds: Math.max(...times.map(({ pts }) => pts)) - Math.min(...times.map(({ pts }) => pts)), monotonous: rising, drawnAt,
    };
  } finally {
    await rm(clear, { force: true });
  }
}
