/** What the virtual camera's program takes, understands and tells. */
import type { Contract } from '../program.js';
import type { CableCommand, CableEvent } from '../cables.js';
import type { LineFaultName } from '../serial-line.js';
import type { ModelName } from './models.js';
import type { HandsetKey } from './visca/handset.js';

export interface CameraOptions {
  /** Path of the control line, as the service opens it. */
  readonly ptyPath: string;
  /** Path of the picture's socket: socket-path of shmsrc. Its caps are video/x-raw, I420, of the size and rate below. */
  readonly socketPath: string;
  /** Pixels, even; width at least 640 (the burnt-in clock needs it). */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Which camera it is (`models.ts`). Default `srg-300h`. */
  readonly model?: ModelName;
  /** Default 9600. */
  readonly baudRate?: number;
  /** How long it takes to leave standby, ms. Default 2000. */
  readonly wakeMs?: number;
  /** From command to ACK, and from one command to the next that it takes up, ms. Default 17: one picture at 60 Hz (Sony EVI-H100S manual: at most 1V). */
  readonly answerMs?: number;
  /** In standby it answers no inquiry but power and version (some cameras do). Default false. */
  readonly blindInStandby?: boolean;
  /** In standby it says of its position what it said last while it was on (some cameras do). Default false. */
  readonly staleInStandby?: boolean;
  /** Default true. Without, the inquiry for its position is a syntax error. */
  readonly tellsPosition?: boolean;
  /** Default true. Without, a Completion comes and no ACK before it (some cameras do). */
  readonly acknowledges?: boolean;
  /** As after mains power: `on`, facing the room (default), or in standby. */
  readonly power?: 'on' | 'standby';
}

export type CameraCommand =
  | CableCommand
  /** It restarts, as after mains power: it says Network Change, and boots. Presets and standby mode stay. */
  | { readonly do: 'reset' }
  /** It says Network Change, from itself (default) or to all, and has no address until it is given one. */
  | { readonly do: 'network-change'; readonly from?: 'camera' | 'all' }
  /** So many commands are answered "buffer full" from now on. */
  | { readonly do: 'buffer-full'; readonly times: number }
  /** It takes up commands so much later; inquiries overtake them. 0 ends it. */
  | { readonly do: 'slow-ack'; readonly ms: number }
  /** Somebody presses a key of its infrared handset; nothing happens where that is locked. */
  | { readonly do: 'handset'; readonly key: HandsetKey }
  /** The head is held fast: no move arrives; or is let go. */
  | { readonly do: 'stall' | 'unstall' };

export type CameraPower = 'standby' | 'waking' | 'on';

export type CameraEvent = CableEvent | { readonly at: number } & (
  /** A reader opened or closed the picture; `readers` is how many have it open now. */
  | { readonly what: 'device-opened' | 'device-closed'; readonly readers: number }
  | { readonly what: 'reset' }
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
  readonly motor: 'free' | 'blocked';
  /** Its red lamp. */
  readonly tally: 'off' | 'on';
  readonly irLocked: boolean;
  readonly focus: 'auto' | 'manual';
  readonly relay: 'open' | 'closed';
  readonly readers: number;
  /** Frames drawn and offered since the program began. */
  readonly frames: number;
  readonly plugged: boolean;
  /** The first, where there are several. */
  readonly lineFault: LineFaultName;
}

export interface CameraContract extends Contract {
  options: CameraOptions;
  command: CameraCommand;
  event: CameraEvent;
  snapshot: CameraSnapshot;
}
