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
  /** Whose text protocol it speaks. Default `tesira`. A Vaddio's inputs are `line_in_1`, `line_in_2` and `master`. */
  readonly kind?: 'tesira' | 'vaddio';
  /** Tesira: instance tag of the microphone's block. Default `Mic1`. */
  readonly tag?: string;
  /** Tesira: tag of a Logic State block that lights the mute LED, and of an Audio Meter block. Default: there are none. */
  readonly led?: string;
  readonly meter?: string;
  /** Default 115200; Vaddio 38400. */
  readonly baudRate?: number;
  /** It asks for a name before it obeys, and nobody knows it. Default false. */
  readonly login?: boolean;
  /** Tesira: sends each command back before its answer, as its serial port does. Default true. */
  readonly echo?: boolean;
  /** From command to answer, ms. Default 5. */
  readonly answerMs?: number;
  /** As after mains power. Default false: nobody has muted it yet. */
  readonly muted?: boolean;
  /** After a reset it is deaf for so long, ms. Default 100. */
  readonly bootMs?: number;
}

export type MicrophoneCommand =
  | CableCommand
  /** It restarts as after mains power: it says so, and nothing is as it was set. */
  | { readonly do: 'reset' }
  /** Somebody presses its own mute button, which toggles. */
  | { readonly do: 'press'; readonly what: 'mute' };

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
  /** What its mute LED shows; null where it has none. */
  readonly led: 'muted' | 'open' | null;
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
