/** What the virtual microphone's program takes, understands and tells. */
import type { Contract } from '../program.js';
import type { CableCommand, CableEvent } from '../cables.js';
import type { LineFaultName } from '../serial-line.js';

export interface MicrophoneOptions {
  /** Path of the control line, as the service opens it. */
  readonly ptyPath: string;
  /** Path of the sound's socket: socket-path of shmsrc. Its caps are audio/x-raw, S16LE, 48000 Hz, interleaved. */
  readonly socketPath: string;
  readonly channels: 1 | 2;
  /** Instance tag of the microphone's block. Default `Mic1`. */
  readonly tag?: string;
  /** Default 115200. */
  readonly baudRate?: number;
  /** Sends each command back before its answer, as a Tesira's serial port does. Default true. */
  readonly echo?: boolean;
  /** From command to answer, ms. Default 5. */
  readonly answerMs?: number;
  /** As after mains power. Default false: nobody has muted it yet. */
  readonly muted?: boolean;
}

export type MicrophoneCommand = CableCommand;

export type MicrophoneEvent = CableEvent | { readonly at: number } & (
  /** A reader opened or closed the sound; `readers` is how many have it open now. */
  | { readonly what: 'device-opened' | 'device-closed'; readonly readers: number }
  /** Every block offered after `at` is exact zeros in the muted channels. */
  | { readonly what: 'mute'; readonly channels: readonly boolean[] }
  /** A whole command line. */
  | { readonly what: 'heard'; readonly line: string }
);

export interface MicrophoneSnapshot {
  /** Whether every channel is muted. */
  readonly muted: boolean;
  /** Gain of each channel, dB. */
  readonly levels: readonly number[];
  readonly relay: 'open' | 'closed';
  readonly readers: number;
  /** Blocks of 20 ms offered since the program began. */
  readonly blocks: number;
  readonly plugged: boolean;
  readonly lineFault: LineFaultName;
}

export interface MicrophoneContract extends Contract {
  options: MicrophoneOptions;
  command: MicrophoneCommand;
  event: MicrophoneEvent;
  snapshot: MicrophoneSnapshot;
}
