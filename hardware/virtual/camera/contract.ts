/** What the virtual camera's program takes, understands and tells. */
import type { Contract } from '../program.js';
import type { CableCommand, CableEvent } from '../cables.js';
import type { LineFaultName } from '../serial-line.js';

export interface CameraOptions {
  /** Path of the control line, as the service opens it. */
  readonly ptyPath: string;
  /** Path of the picture's socket: socket-path of shmsrc. Its caps are video/x-raw, I420, of the size and rate below. */
  readonly socketPath: string;
  /** Pixels, even; width at least 640 (the burnt-in clock needs it). */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Default 9600. */
  readonly baudRate?: number;
  /** How long it takes to leave standby, ms. Default 2000. */
  readonly wakeMs?: number;
  /** From command to ACK, ms. Default 17: one picture at 60 Hz (Sony EVI-H100S manual: at most 1V). */
  readonly answerMs?: number;
  /** In standby it answers no inquiry but power and version (some cameras do). Default false. */
  readonly blindInStandby?: boolean;
  /** As after mains power: `on`, facing the room (default), or in standby. */
  readonly power?: 'on' | 'standby';
}

export type CameraCommand = CableCommand;

export type CameraPower = 'standby' | 'waking' | 'on';

export type CameraEvent = CableEvent | { readonly at: number } & (
  /** A reader opened or closed the picture; `readers` is how many have it open now. */
  | { readonly what: 'device-opened' | 'device-closed'; readonly readers: number }
  | { readonly what: 'power'; readonly power: CameraPower }
  /** It turns or zooms, and came to rest. */
  | { readonly what: 'moving' | 'settled' }
  /** A whole VISCA message, in hex. */
  | { readonly what: 'heard'; readonly bytes: string }
);

export interface CameraSnapshot {
  readonly power: CameraPower;
  /** Degrees to the right of the room's front, and above the horizon. */
  readonly pan: number;
  readonly tilt: number;
  /** 1 is the widest view. */
  readonly zoom: number;
  readonly moving: boolean;
  readonly relay: 'open' | 'closed';
  readonly readers: number;
  /** Frames drawn and offered since the program began. */
  readonly frames: number;
  readonly plugged: boolean;
  readonly lineFault: LineFaultName;
}

export interface CameraContract extends Contract {
  options: CameraOptions;
  command: CameraCommand;
  event: CameraEvent;
  snapshot: CameraSnapshot;
}
