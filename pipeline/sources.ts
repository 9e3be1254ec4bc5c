/** Where light and sound come from, as settings, and what a part takes of them. Pure. */
import type { Mode } from '../session/ports.js';

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

export type VideoSource =
  /** A capture device. `pixels` is what it is asked for; `h264` is the camera's own, which is kept as it comes. */
  | Pixels & { readonly kind: 'v4l2'; readonly device: string; readonly pixels: 'raw' | 'mjpeg' | 'h264' }
  /** Virtual classroom: raw I420 frames through shared memory. */
  | Pixels & { readonly kind: 'shm'; readonly socket: string }
  /** Tests: a node of PipeWire, by its name. */
  | Pixels & { readonly kind: 'pipewire'; readonly node: string }
  /** Virtual classroom: a film, played once, at its own speed. */
  | Pixels & { readonly kind: 'file'; readonly path: string }
  /** Tests: GStreamer's own test picture. */
  | Pixels & { readonly kind: 'test'; readonly pattern: 'ball' | 'smpte' | 'snow' | 'white' };

interface Channels {
  /** How many the device is asked for. */
  readonly channels: number;
  /** Which of them, counted from 1; all where nothing is said. */
  readonly take?: readonly number[];
  /** How many the recording has: as many as are taken, but one where they are more than two. */
  readonly give?: 1 | 2;
}

export type SoundSource =
  | Channels & { readonly kind: 'alsa'; readonly device: string }
  /** Virtual classroom: S16LE at 48 kHz through shared memory. */
  | Channels & { readonly kind: 'shm'; readonly socket: string }
  /** Tests: a source of PulseAudio, or of PipeWire in its place, by name. */
  | Channels & { readonly kind: 'pulse'; readonly device: string }
  | Channels & { readonly kind: 'file'; readonly path: string }
  | Channels & { readonly kind: 'test'; readonly wave: 'sine' | 'ticks' | 'silence' };

/** A part of the picture that is never recorded, in fractions of its width and height from the top left. */
export interface Cover {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface SourceSettings {
  readonly video: VideoSource;
  readonly sound: SoundSource;
  /** Black before anything is encoded. */
  readonly covers?: readonly Cover[];
  /** Whole milliseconds by which the sound's time stamps are moved: positive is later. */
  readonly soundOffsetMs?: number;
  /** Names of the GStreamer elements (encoders.ts); those that run on every machine where nothing is said. */
  readonly encoders?: { readonly picture?: string; readonly sound?: string };
  /** Of the session, never of the settings file: both tracks, unblurred, where nothing is said. */
  readonly mode?: Mode;
}

/** Names of the source elements in the launch line: an error from one of them is an error of the source. */
export const SOURCE_NAMES = ['picture', 'sound'] as const;
export type Track = (typeof SOURCE_NAMES)[number];

/** What a mode records; no other device is opened. The first leads: its first media say that capture has begun. */
export function tracksOf(mode: Mode = 'picture-and-sound'): readonly Track[] {
  switch (mode) {
    case 'picture-and-sound': case 'blurred': return SOURCE_NAMES;
    case 'sound-only': return ['sound'];
    case 'picture-only': return ['picture'];
  }
}

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * A source that shows no real room, or one behind a daemon (PipeWire,
 * PulseAudio): that keeps the device open when our process has closed it, and
 * moves a recording silently to another microphone when its own is pulled out.
 * The installed package refuses these.
 */
export const isVirtual = ({ kind }: VideoSource | SoundSource): boolean => kind !== 'v4l2' && kind !== 'alsa';

/** @throws SettingsError */
export function whole(setting: string, value: number): number {
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new SettingsError(`${setting} is ${value}; it must be a whole number from 1 to 10000`);
}

/** A path or device name for the launch line, which has a grammar of its own: anything that could end the value is refused. @throws SettingsError */
export function quoted(setting: string, value: string): string {
  if (/^[\w./:=,@+-]{1,200}$/.test(value)) return `"${value}"`;
  throw new SettingsError(`${setting} is ${JSON.stringify(value)}; only letters, digits and ./:=,@+-_ are taken`);
}
