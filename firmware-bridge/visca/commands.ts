/**
 * What we say to a camera: one line a command, to be held against one row of
 * Sony's lists (SRG-300H command list, parts 2 and 3, unless noted). The first
 * byte is filled in with the camera's address.
 */
import type { Model, Version } from './models.js';

/** Camera units; signed, 0 is straight ahead. */
export interface Position {
  readonly pan: number;
  readonly tilt: number;
}

export interface Command {
  readonly name: string;
  /** Without address byte and FF. */
  readonly body: readonly number[];
  /** How long the camera may execute it; after that only a read-back counts. */
  readonly completesWithinMs: number;
  /** Goes before everything that waits, and does not wait for a late answer. */
  readonly urgent: boolean;
}

export interface Inquiry<T> {
  readonly name: string;
  readonly body: readonly number[];
  /** Takes the answer without header and FF; undefined where it is none of this inquiry. */
  read(payload: Uint8Array): T | undefined;
}

/** To all cameras of the chain. Not every camera answers these. */
export interface Broadcast {
  readonly name: string;
  readonly body: readonly number[];
  readonly answer: 'addressed' | 'cleared';
}

/** EVI-H100S manual p.29: `88 30 01 FF`, `88 01 00 01 FF`. */
export const BROADCASTS = {
  addressSet: { name: 'address set', body: [0x30, 0x01], answer: 'addressed' },
  ifClear: { name: 'interface clear', body: [0x01, 0x00, 0x01], answer: 'cleared' },
} as const satisfies Record<string, Broadcast>;

/** Presets, moves and leaving standby take many seconds; the rest is at once. */
const SLOW_MS = 30_000;
const QUICK_MS = 2_000;

const command = (name: string, completesWithinMs: number, ...body: number[]): Command => ({ name, body, completesWithinMs, urgent: false });

export const COMMANDS = {
  powerOn: command('power on', SLOW_MS, 0x01, 0x04, 0x00, 0x02),
  standby: command('power standby', SLOW_MS, 0x01, 0x04, 0x00, 0x03),
  /** Speeds of 00 are refused by some (BRC-300), which then never stop. */
  stopDrive: { ...command('pan-tilt stop', QUICK_MS, 0x01, 0x06, 0x01, 0x01, 0x01, 0x03, 0x03), urgent: true },
} as const;

/** CAM_Memory recall. @param preset as the camera counts: 0 to 15 on older Sony. */
export const recallPreset = (preset: number): Command => command(`preset ${preset} recall`, SLOW_MS, 0x01, 0x04, 0x3f, 0x02, preset);

/** CAM_Zoom direct. @param zoom 0 (wide) to 4000h (optical tele). */
export const zoomTo = (zoom: number): Command => command(`zoom to ${zoom}`, SLOW_MS, 0x01, 0x04, 0x47, ...nibbles(zoom, 4));

/** Pan-tilt absolute position, in the width and speed of the model. */
export const moveTo = ({ pan, tilt }: Position, { moveSpeed, positionNibbles }: Model): Command =>
  command(
    `move to pan ${pan} tilt ${tilt}`,
    SLOW_MS,
    ...[0x01, 0x06, 0x02, moveSpeed.pan, moveSpeed.tilt],
    ...nibbles(pan, positionNibbles.pan),
    ...nibbles(tilt, positionNibbles.tilt),
  );

export type Power = 'on' | 'standby';

export const INQUIRIES = {
  version: {
    name: 'version',
    body: [0x09, 0x00, 0x02],
    // Vendor, model, ROM revision: two bytes each; number of sockets: one.
    read: ({ length, 0: vendorHigh = 0, 1: vendorLow = 0, 2: modelHigh = 0, 3: modelLow = 0 }: Uint8Array): Version | undefined =>
      length === 7 ? { vendor: (vendorHigh << 8) | vendorLow, model: (modelHigh << 8) | modelLow } : undefined,
  },
  power: {
    name: 'power',
    body: [0x09, 0x04, 0x00],
    read: ({ length, 0: value }: Uint8Array): Power | undefined =>
      length !== 1 ? undefined : value === 0x02 ? 'on' : value === 0x03 ? 'standby' : undefined,
  },
  position: { name: 'pan-tilt position', body: [0x09, 0x06, 0x12], read: readPosition },
} as const satisfies Record<string, Inquiry<unknown>>;

/** The bytes on the wire. @param address 1 to 7, or 8 for all. */
export function encode(address: number, { body }: { readonly body: readonly number[] }): Uint8Array {
  return Uint8Array.of(0x80 | address, ...body, 0xff);
}

/** Two's complement, one nibble a byte, highest first. */
function nibbles(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) => (value >> (4 * (count - 1 - place))) & 0x0f);
}

/** 4+4, 5+4 or 5+5 nibbles by model (SRG-300H, BRC-X1000, SRG-360SHE): the length tells. */
function readPosition(payload: Uint8Array): Position | undefined {
  if (payload.length < 8 || payload.length > 10 || payload.some((byte) => byte > 0x0f)) return undefined;
  const panNibbles = Math.ceil(payload.length / 2);
  return { pan: signed(payload.subarray(0, panNibbles)), tilt: signed(payload.subarray(panNibbles)) };
}

function signed(digits: Uint8Array): number {
  const value = digits.reduce((sum, digit) => sum * 16 + digit, 0);
  const range = 16 ** digits.length;
  return value < range / 2 ? value : value - range;
}
