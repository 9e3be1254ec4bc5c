/** What we ask a camera, and how its answers are read: SRG-300H command list, part 3, unless noted. */
import type { Version } from './models.js';

/** Camera units; signed, 0 is straight ahead. */
export interface Position {
  readonly pan: number;
  readonly tilt: number;
}

export interface Inquiry<T> {
  readonly name: string;
  /** Without address byte and FF. */
  readonly body: readonly number[];
  /** Takes the answer without header and FF; undefined where it is none of this inquiry. */
  read(payload: Uint8Array): T | undefined;
}

export type Power = 'on' | 'standby';

/** Bits of the status word (SRG-300H command list, "Pan/Tilt Status Codes"). */
export interface HeadStatus {
  readonly panDefective: boolean;
  readonly tiltDefective: boolean;
  readonly failed: boolean;
}

const oneOf = <T>(values: Readonly<Record<number, T>>) => ({ length, 0: value = 0 }: Uint8Array): T | undefined => (length === 1 ? values[value] : undefined);

export const INQUIRIES = {
  version: {
    name: 'version',
    body: [0x09, 0x00, 0x02],
    // Vendor, model, ROM revision: two bytes each; number of sockets: one.
    read: ({ length, 0: vendorHigh = 0, 1: vendorLow = 0, 2: modelHigh = 0, 3: modelLow = 0 }: Uint8Array): Version | undefined =>
      length === 7 ? { vendor: (vendorHigh << 8) | vendorLow, model: (modelHigh << 8) | modelLow } : undefined,
  },
  power: { name: 'power', body: [0x09, 0x04, 0x00], read: oneOf<Power>({ 0x02: 'on', 0x03: 'standby' }) },
  position: { name: 'pan-tilt position', body: [0x09, 0x06, 0x12], read: readPosition },
  headStatus: { name: 'pan-tilt status', body: [0x09, 0x06, 0x10], read: readHeadStatus },
  maxSpeed: {
    name: 'pan-tilt maximum speed',
    body: [0x09, 0x06, 0x11],
    read: ({ length, 0: pan = 0, 1: tilt = 0 }: Uint8Array): Position | undefined => (length === 2 && pan > 0 && tilt > 0 ? { pan, tilt } : undefined),
  },
  zoom: {
    name: 'zoom position',
    body: [0x09, 0x04, 0x47],
    read: (payload: Uint8Array): number | undefined => (payload.length === 4 && payload.every(isNibble) ? unsigned(payload) : undefined),
  },
  focusMode: { name: 'focus mode', body: [0x09, 0x04, 0x38], read: oneOf<'auto' | 'manual'>({ 0x02: 'auto', 0x03: 'manual' }) },
  /** SRG-360SHE, BRC-X1000, BRC-X400 and newer. */
  tally: { name: 'tally', body: [0x09, 0x7e, 0x01, 0x0a], read: oneOf<'on' | 'off'>({ 0x02: 'on', 0x03: 'off' }) },
  /** BRC-X400 command list, "CAM_StandbyModeInq". */
  standbyMode: { name: 'standby mode', body: [0x09, 0x7e, 0x04, 0x50], read: oneOf<'side' | 'neutral'>({ 0x02: 'side', 0x03: 'neutral' }) },
  /** BRC-X400 command list, "CAM_PresetLastRecallInq": 7F where none was recalled. */
  lastPreset: {
    name: 'last preset',
    body: [0x09, 0x04, 0x3f],
    read: ({ length, 0: preset = 0 }: Uint8Array): number | 'none' | undefined => (length !== 1 ? undefined : preset === 0x7f ? 'none' : preset),
  },
} as const satisfies Record<string, Inquiry<unknown>>;

/** 4+4, 5+4 or 5+5 nibbles by model (SRG-300H, BRC-X1000, SRG-360SHE): the length tells. */
function readPosition(payload: Uint8Array): Position | undefined {
  if (payload.length < 8 || payload.length > 10 || !payload.every(isNibble)) return undefined;
  const panNibbles = Math.ceil(payload.length / 2);
  return { pan: signed(payload.subarray(0, panNibbles)), tilt: signed(payload.subarray(panNibbles)) };
}

/** `pq rs`: bits 4–5 pan, 8–9 tilt, 10–11 the last move; 01 is a defect, 11 a failure. */
function readHeadStatus({ length, 0: high = 0, 1: low = 0 }: Uint8Array): HeadStatus | undefined {
  if (length !== 2) return undefined;
  return { panDefective: ((low >> 4) & 3) === 1, tiltDefective: (high & 3) === 1, failed: ((high >> 2) & 3) === 3 };
}

const isNibble = (byte: number): boolean => byte <= 0x0f;
const unsigned = (digits: Uint8Array): number => digits.reduce((sum, digit) => sum * 16 + digit, 0);

function signed(digits: Uint8Array): number {
  const value = unsigned(digits);
  const range = 16 ** digits.length;
  return value < range / 2 ? value : value - range;
}
