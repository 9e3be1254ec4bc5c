/** What a process costs, and the programs that the recorder is measured beside on the same sources. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** CPU seconds of processes that record, over the same `seconds`, once they have settled: what else the machine does weighs on all alike. */
export async function cpuOver(pids: readonly number[], seconds: number): Promise<number[]> {
  await sleep(SETTLE_MS);
  const before = pids.map(cpuSeconds);
  await sleep(seconds * 1000);
  return pids.map((pid, i) => cpuSeconds(pid) - (before[i] ?? 0));
}

export interface Peer {
  readonly pid: number;
  close(): void;
}

const peer = (...programs: readonly ChildProcess[]): Peer => ({
  pid: programs[0]?.pid ?? 0,
  close: () => { for (const program of programs) program.kill('SIGKILL'); },
});

/** The same elements in gst-launch-1.0(1), nothing sealed or kept. */
export function gstLaunch(sources: SourceSettings): Peer {
  const line = partLine(sources).replace(/appsink name=out .*/, 'fakesink sync=false');
  return peer(spawn('gst-launch-1.0', ['-q', ...line.split(' ')], { stdio: 'ignore' }));
}

/** ffmpeg(1) with the same codec settings into a plain file. It knows no shared memory, so gst-launch-1.0(1) hands it raw media through named pipes; only ffmpeg counts. */
export function ffmpeg({ video, sound }: SourceSettings, folder: string): Peer & { readonly file: string } {
  if (video.kind !== 'shm' || sound.kind !== 'shm') throw new Error('only sources on shared memory');
  const [picture, tone, file] = ['picture', 'tone', 'plain.mp4'].map((name) => join(folder, name)) as [string, string, string];
  spawnSync('mkfifo', [picture, tone]);
  const raw = (socket: string, pipe: string): ChildProcess => spawn('gst-launch-1.0', ['-q', 'shmsrc', `socket-path=${socket}`, 'is-live=true', '!', 'queue', 'leaky=downstream', 'max-size-buffers=4', '!', 'filesink', `location=${pipe}`], { stdio: 'ignore' });
  const kbits = pictureKbits(video.height);
  const recording = spawn('ffmpeg', [
    '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${video.width}x${video.height}`, '-r', String(video.fps), '-i', picture,
    '-f', 's16le', '-ar', '48000', '-ac', '1', '-i', tone,
    '-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'main', '-b:v', `${kbits}k`, '-g', String(video.fps), '-c:a', 'aac', '-b:a', '96k',
    '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4', file,
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  return { file, ...peer(recording, raw(video.socket, picture), raw(sound.socket, tone)) };
}
