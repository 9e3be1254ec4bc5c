/** What a process costs, and the programs that the recorder is measured beside on the same sources. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { partLine } from '../../pipeline/launch-line.js';
import { pictureKbits } from '../../pipeline/encoders.js';
import type { SourceSettings } from '../../pipeline/sources.js';

/** USER_HZ on every Linux that Node runs on (times(2)). */
const TICKS = 100;
/** Until sources are open and code is compiled. */
const SETTLE_MS = 2000;

/** User and system seconds so far: fields 14 and 15 of proc(5) stat, counted behind the name in parentheses. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** In MiB. `VmHWM`: the most there ever was. */
export function memory(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const kib = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1024);
}

/** CPU seconds of a process that records, over `seconds` once it has settled. */
export async function cpuOver(pid: number, seconds: number): Promise<number> {
  await sleep(SETTLE_MS);
  const before = cpuSeconds(pid);
  await sleep(seconds * 1000);
  return cpuSeconds(pid) - before;
}

/** The same elements in gst-launch-1.0(1), nothing sealed or kept. */
export async function gstLaunchCpu(sources: SourceSettings, seconds: number): Promise<number> {
  const line = partLine(sources).replace(/appsink name=out .*/, 'fakesink sync=false');
  return measured([spawn('gst-launch-1.0', ['-q', ...line.split(' ')], { stdio: 'ignore' })], seconds);
}

/** ffmpeg(1) with the same codec settings into a plain file. It knows no shared memory, so gst-launch-1.0(1) hands it raw media through pipes; only ffmpeg counts. @returns NaN where its file did not grow with the time: one that starves costs nothing. */
export async function ffmpegCpu(sources: SourceSettings, file: string, seconds: number): Promise<number> {
  const { video, sound } = sources;
  if (video.kind !== 'shm' || sound.kind !== 'shm') throw new Error('only sources on shared memory');
  const raw = (socket: string): ChildProcess => spawn('gst-launch-1.0', ['-q', 'shmsrc', `socket-path=${socket}`, 'is-live=true', '!', 'fdsink'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [picture, tone] = [raw(video.socket), raw(sound.socket)];
  const kbits = pictureKbits(video.height);
  const ffmpeg = spawn('ffmpeg', [
    '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${video.width}x${video.height}`, '-r', String(video.fps), '-i', 'pipe:0',
    '-f', 's16le', '-ar', '48000', '-ac', '1', '-i', 'pipe:3',
    '-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'main', '-b:v', `${kbits}k`, '-g', String(video.fps), '-c:a', 'aac', '-b:a', '96k',
    '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4', file,
  ], { stdio: ['pipe', 'ignore', 'inherit', 'pipe'] });
  const [pictureIn, toneIn] = [ffmpeg.stdin, ffmpeg.stdio[3] as NodeJS.WritableStream];
  for (const input of [pictureIn, toneIn]) input?.on('error', () => undefined); // it is killed in the middle
  if (pictureIn !== null) picture.stdout?.pipe(pictureIn);
  tone.stdout?.pipe(toneIn);
  const cpu = measured([ffmpeg, picture, tone], seconds);
  await sleep(SETTLE_MS + seconds * 500);
  const halfway = sizeOf(file);
  const whole = await cpu;
  return halfway > 0 && sizeOf(file) > halfway ? whole : NaN;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Of the first; ends all of them. */
async function measured(programs: readonly ChildProcess[], seconds: number): Promise<number> {
  try {
    return await cpuOver(programs[0]?.pid ?? 0, seconds);
  } finally {
    for (const program of programs) program.kill('SIGKILL');
  }
}
