/** What the virtual sign board is told and tells (see ../program.ts). */
import type { Contract } from '../program.js';

export interface SignOptions {
  /** The firmware, as built by hardware/sign/Makefile. */
  readonly hexPath: string;
  /** Where the serial line appears. */
  readonly ptyPath: string;
  /** Where the EEPROM is kept, so that a pairing survives. Made where it does not exist. */
  readonly eepromPath: string;
  /** How long the panel takes for a refresh; a real one's 4108 ms where it is not said. */
  readonly refreshMs?: number;
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
    | 'panel-stuck' | 'panel-unstuck';
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
  /** What the glass shows, 800x480: rows from the top, MSB left, 1 = white. */
  readonly glassBits: Uint8Array;
  /** CRC-16/MCRF4XX of glassBits, as the firmware reckons it. */
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
  readonly plugged: boolean;
  /** Milliseconds by which emulated time was let slip, because the machine was too slow. */
  readonly lag: number;
}

export interface SignContract extends Contract {
  options: SignOptions;
  command: SignCommand;
  event: SignEvent;
  snapshot: SignSnapshot;
}
