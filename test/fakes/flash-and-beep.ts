/**
 * A white flash and a 1 kHz beep at the same instant of each second, on virtual
 * capture devices: what lip-sync is measured with. Both tracks are reckoned from
 * one clock in one process, each block offered at the moment at which it begins,
 * so that flash and beep differ by the lateness of a timer at most (1 ms).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CaptureDevice } from '../../hardware/virtual/capture-device.js';
import { monotonic } from '../../hardware/virtual/program.js';
import { beatSteadily } from '../../hardware/virtual/steady-beat.js';
import type { SourceSettings, Track } from '../../pipeline/sources.js';

export const RATE = 48_000;
/** 20 ms. */
const BLOCK = 960;
const BEEP_HZ = 1000;
/** Both last so long; the rest of the second is black and silent. */
const LASTS_S = 0.2;
const LOUDNESS = 0.5 * 0x7fff;
/** Luma and neutral chroma in the video range (ITU-R BT.601). */
const BLACK = 16;
const WHITE = 235;
const NEUTRAL = 128;

export interface FlashAndBeepOptions {
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  /** A reader opened or closed one of the two devices. */
  readonly onReader?: (track: Track, change: 'opened' | 'closed', readers: number) => void;
}

export interface FlashAndBeep {
  readonly sources: SourceSettings;
  /** CLOCK_MONOTONIC milliseconds at which a second, and with it a flash, begins. */
  readonly beganAt: number;
  close(): Promise<void>;
}

/** @throws Error where the sockets cannot be made. */
export async function flashAndBeep({ width = 320, height = 180, fps = 30, onReader = () => undefined }: FlashAndBeepOptions = {}): Promise<FlashAndBeep> {
  const folder = mkdtempSync(path.join(tmpdir(), 'beep-')); // a socket's path has 107 characters at most (unix(7))
  const sockets = { picture: path.join(folder, 'picture'), sound: path.join(folder, 'sound') };
  const device = (track: Track, blockBytes: number, blocks: number): Promise<CaptureDevice> =>
    CaptureDevice.open({ socketPath: sockets[track], blockBytes, blocks, onReader: (change, readers) => onReader(track, change, readers) });
  const [dark, white] = [frame(width, height, BLACK), frame(width, height, WHITE)];
  const [picture, sound] = await Promise.all([device('picture', dark.length, 16), device('sound', BLOCK * 2, 64)]);
  let [frames, blocks] = [0, 0];
  const beganAt = monotonic();
  const stops = [
    // The latest only, as a camera does; a late turn shows the frame that is due now.
    beatSteadily(1000 / fps, (periods) => { frames += periods; picture.offer(isOn(frames / fps) ? white : dark); }),
    // Every one, as a sound card does.
    beatSteadily((1000 * BLOCK) / RATE, (periods) => { for (; periods > 0; periods--) sound.offer(beep(++blocks * BLOCK)); }),
  ];
  return {
    beganAt,
    sources: { video: { kind: 'shm', socket: sockets.picture, width, height, fps }, sound: { kind: 'shm', socket: sockets.sound, channels: 1 } },
    async close() {
      for (const stop of stops) stop();
      await Promise.all([picture.close(), sound.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** In the first part of each second. A frame's time is a fraction: what lies within a microsecond of the second counts as on it. */
const isOn = (seconds: number): boolean => (seconds + 1e-6) % 1 < LASTS_S;

/** I420. */
function frame(width: number, height: number, luma: number): Buffer {
  return Buffer.concat([Buffer.alloc(width * height, luma), Buffer.alloc((width * height) / 2, NEUTRAL)]);
}

/** S16LE, one channel. @param first the number of its first sample. */
function beep(first: number): Buffer {
  const block = Buffer.alloc(BLOCK * 2);
  for (let i = 0; i < BLOCK; i++) {
    const seconds = (first + i) / RATE;
    // A cosine, so that the very first sample is loud.
    if (isOn(seconds)) block.writeInt16LE(Math.round(LOUDNESS * Math.cos(2 * Math.PI * BEEP_HZ * (seconds % 1))), i * 2);
  }
  return block;
}
