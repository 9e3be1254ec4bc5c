/** A moving picture and a tone on shared memory, by gst-launch-1.0(1), for tests of the recorder. They end with the test, however it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceSettings } from '../../pipeline/sources.js';

const WIDTH = 320;
const HEIGHT = 180;
const FPS = 30;

export interface SyntheticRoom {
  readonly sources: SourceSettings;
  /** Pulls the plug of one of them. */
  unplug(track: 'picture' | 'sound'): void;
  /** Goes on being there, but nothing more comes. */
  freeze(track: 'picture' | 'sound'): void;
  close(): void;
}

/** @throws Error where the sockets do not appear within 10 s. */
export async function syntheticRoom({ sound = 'sine' }: { readonly sound?: 'sine' | 'ticks' | 'silence' } = {}): Promise<SyntheticRoom> {
  const folder = mkdtempSync(path.join(tmpdir(), 'room-')); // a socket's path has 107 characters at most (unix(7))
  const sockets = { picture: path.join(folder, 'picture.shm'), sound: path.join(folder, 'sound.shm') };
  const sink = (socket: string): string[] => ['shmsink', `socket-path=${socket}`, 'wait-for-connection=false', 'sync=true', `shm-size=${8 * 1024 * 1024}`];
  const start = (...line: string[]): ChildProcess => spawn('setpriv', ['--pdeathsig', 'KILL', 'gst-launch-1.0', '-q', ...line], { stdio: 'ignore' });
  const programs = {
    picture: start('videotestsrc', 'is-live=true', 'pattern=ball', '!', `video/x-raw,format=I420,width=${WIDTH},height=${HEIGHT},framerate=${FPS}/1`, '!', ...sink(sockets.picture)),
    sound: start('audiotestsrc', 'is-live=true', `wave=${sound}`, 'samplesperbuffer=960', '!', 'audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved', '!', ...sink(sockets.sound)),
  };
  for (let tries = 0; !existsSync(sockets.picture) || !existsSync(sockets.sound); tries += 1) {
    if (tries > 500) throw new Error('the synthetic sources did not start; is gst-launch-1.0 installed?');
    await sleep(20);
  }
  return {
    sources: {
      video: { kind: 'shm', socket: sockets.picture, width: WIDTH, height: HEIGHT, fps: FPS },
      sound: { kind: 'shm', socket: sockets.sound, channels: 1 },
    },
    unplug: (track) => void programs[track].kill('SIGKILL'),
    freeze: (track) => void programs[track].kill('SIGSTOP'),
    close: () => {
      for (const program of Object.values(programs)) program.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
