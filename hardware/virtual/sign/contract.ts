/** What the virtual sign board is told and tells (see ../program.ts). */
import type { Contract } from '../program.js';
import type { NoiseRates } from './noise.js';
import type { PanelId } from './panels.js';

export interface SignOptions {
  /** The firmware, as built by hardware/sign/Makefile. */
  readonly hexPath: string;
  /** Where the serial line appears. */
  readonly ptyPath: string;
  /** Where the EEPROM is kept, so that a pairing survives. Made where it does not exist. */
  readonly eepromPath: string;
  /** The panel that is wired to it; the firmware must be for the same. Default 1. */
  readonly panel?: PanelId;
  /** How long the panel takes for a refresh; as long as a real one where it is not said. */
  readonly refreshMs?: number;
  /** How bad the line is while there is `noise`. */
  readonly noise?: Partial<NoiseRates>;
  /** How many times as fast as a real board it lives. Default 1. */
  readonly speed?: number;
}

export type SignCommand = {
  readonly do:
    | 'press' | 'release'
    /** The data cable; the board has its own power supply. */
    | 'unplug' | 'plug'
    /** The board's supply, and with it the serial line. */
    | 'power-off' | 'power-on'
    | 'reset'
    /** The program stands still until the watchdog ends it. */
    | 'hang'
    | 'break-lamp' | 'mend-lamp'
    /** Tape over the lamp: current flows, no light is seen. */
    | 'cover-lamp' | 'uncover-lamp'
    /** The photodiode says light, whatever the lamp does. */
    | 'stick-sensor' | 'unstick-sensor'
    /** Once closed, the contact stays closed. */
    | 'weld-relay' | 'unweld-relay'
    /** The contact does not close. */
    | 'jam-relay' | 'unjam-relay'
    | 'panel-absent' | 'panel-present'
    /** BUSY never ends. */
    | 'panel-stuck' | 'panel-unstuck'
    /** Flipped bits and lost bytes in both directions of the line. */
    | 'noise' | 'quiet';
};

/** `at`: CLOCK_MONOTONIC milliseconds; `cycles`: the board's crystal since the program began (16 000 a millisecond). */
export type SignEvent = { readonly at: number; readonly cycles: number } & (
  | { readonly what: 'lamp'; readonly lit: boolean }
  /** The contact in the capture path, not the coil. */
  | { readonly what: 'relay'; readonly state: 'open' | 'closed' }
  | { readonly what: 'glass'; readonly crc: number }
  | { readonly what: 'button'; readonly pressed: boolean }
  | { readonly what: 'service-led'; readonly lit: boolean }
  | { readonly what: 'boot'; readonly cause: 'power-on' | 'external' | 'watchdog' }
  | { readonly what: 'power'; readonly on: boolean }
  | { readonly what: 'cable'; readonly plugged: boolean }
);

export interface BoardSnapshot {
  readonly lamp: 'lit' | 'dark';
  readonly relay: 'open' | 'closed';
  readonly button: 'pressed' | 'released';
  readonly serviceLed: 'lit' | 'dark';
  readonly powered: boolean;
  readonly panel: PanelId;
  readonly width: number;
  readonly height: number;
  /** What the glass shows, upright: rows from the top, MSB left, 1 = white. */
  readonly glassBits: Uint8Array;
  /** CRC-16/MCRF4XX of that picture in the order in which the firmware wrote it. */
  readonly glassCrc: number;
  /** Bytes that the firmware sent to a busy panel: must be 0. */
  readonly busyWrites: number;
  /** Commands and data that the panel's controller does not know: must be 0. */
  readonly strangeWrites: number;
  /** How often the chip has started. */
  readonly boots: number;
  readonly cycles: number;
}

export interface SignSnapshot extends BoardSnapshot {
  /** The glass as a PNG file. */
  readonly glass: Uint8Array;
  /** Whether the line is there: the cable is in, and the board has power. */
  readonly plugged: boolean;
  readonly cable: 'in' | 'pulled';
  /** Milliseconds by which emulated time was let slip, because the machine was too slow. */
  readonly lag: number;
}

export interface SignContract extends Contract {
  options: SignOptions;
  command: SignCommand;
  event: SignEvent;
  snapshot: SignSnapshot;
}
