/**
 * What we say to a camera: one line a command, to be held against one row of
 * Sony's lists (SRG-300H command list, part 2, unless noted). The first byte
 * is filled in with the camera's address.
 */
import type { Position } from './inquiries.js';
import type { Model } from './models.js';

export interface Command {
  readonly name: string;
  /** Without address byte and FF. */
  readonly body: readonly number[];
  /** How long the camera may execute it; after that only a read-back counts. */
  readonly completesWithinMs: number;
  /** A drive is done when it is accepted, and so is what is read back anyway until it is so: its completion may be lost on the line. All else, when the camera says so. */
  readonly doneWhen: 'accepted' | 'completed';
  /** Goes before everything that waits, and does not wait for a late answer. */
  readonly urgent: boolean;
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
/** From one end of the pan to the other at 60° a second (SRG-360SHE command list), and as long again. */
export const SIDE_MS = 10_000;

const slow = (name: string, ...body: number[]): Command => ({ name, body, completesWithinMs: SLOW_MS, doneWhen: 'completed', urgent: false });
/** Read back until it is so (turning.ts). */
const watched = (name: string, ...body: number[]): Command => ({ ...slow(name, ...body), doneWhen: 'accepted' });
const quick = (name: string, ...body: number[]): Command => ({ ...slow(name, ...body), completesWithinMs: QUICK_MS });
const driven = (name: string, ...body: number[]): Command => ({ ...quick(name, ...body), doneWhen: 'accepted' });
const stopping = (name: string, ...body: number[]): Command => ({ ...driven(name, ...body), urgent: true });

export const COMMANDS = {
  powerOn: watched('power on', 0x01, 0x04, 0x00, 0x02),
  standby: watched('power standby', 0x01, 0x04, 0x00, 0x03),
  /** The same where it turns aside by that: where a camera tells no position in standby, its completion is all that says that it has. */
  standbyTurning: { ...slow('power standby, turning aside', 0x01, 0x04, 0x00, 0x03), completesWithinMs: SIDE_MS },
  home: slow('home', 0x01, 0x06, 0x04),
  resetHead: slow('pan-tilt reset', 0x01, 0x06, 0x05),
  /** Speeds of 00 are refused by some (BRC-300), which then never stop. */
  stopDrive: stopping('pan-tilt stop', 0x01, 0x06, 0x01, 0x01, 0x01, 0x03, 0x03),
  stopZoom: stopping('zoom stop', 0x01, 0x04, 0x07, 0x00),
  focusAuto: quick('focus auto', 0x01, 0x04, 0x38, 0x02),
  focusManual: quick('focus manual', 0x01, 0x04, 0x38, 0x03),
  focusOnce: quick('focus once', 0x01, 0x04, 0x18, 0x01),
  focusStop: quick('focus stop', 0x01, 0x04, 0x08, 0x00),
  focusFar: driven('focus far', 0x01, 0x04, 0x08, 0x02),
  focusNear: driven('focus near', 0x01, 0x04, 0x08, 0x03),
  /** SRG-360SHE, BRC-X1000, BRC-X400, SRG-A40, ILME-FR7: the red lamp. */
  tallyOn: quick('tally on', 0x01, 0x7e, 0x01, 0x0a, 0x00, 0x02),
  tallyOff: quick('tally off', 0x01, 0x7e, 0x01, 0x0a, 0x00, 0x03),
  /** PTZOptics' own opcode. */
  ptzOpticsTallyOn: quick('tally on', 0x0a, 0x02, 0x02, 0x02),
  ptzOpticsTallyOff: quick('tally off', 0x0a, 0x02, 0x02, 0x03),
  handsetOn: quick('handset on', 0x01, 0x06, 0x08, 0x02),
  handsetOff: quick('handset off', 0x01, 0x06, 0x08, 0x03),
  /** While its menu shows, a Sony camera does not turn. */
  menuOff: quick('menu off', 0x01, 0x06, 0x06, 0x03),
  /** BRC-X400 command list, "Standby Mode", note 4: pan to the end point, tilt to 0°. */
  standbySide: quick('standby mode side', 0x01, 0x7e, 0x04, 0x50, 0x02),
  standbyNeutral: quick('standby mode neutral', 0x01, 0x7e, 0x04, 0x50, 0x03),
} as const satisfies Record<string, Command>;

/** CAM_Memory. @param preset as the camera counts: 0 to 15 on older Sony, 0 to 99 on newer. */
export const resetPreset = (preset: number): Command => quick(`preset ${preset} reset`, 0x01, 0x04, 0x3f, 0x00, preset);
export const setPreset = (preset: number): Command => quick(`preset ${preset} set`, 0x01, 0x04, 0x3f, 0x01, preset);
export const recallPreset = (preset: number): Command => slow(`preset ${preset} recall`, 0x01, 0x04, 0x3f, 0x02, preset);

/** From one end to the other takes 2 to 5 s (SRG and BRC manuals, "zoom speed"). */
const ZOOM_MS = 8_000;
/** CAM_Zoom direct. @param zoom 0 (wide) to 4000h (optical tele). */
export const zoomTo = (zoom: number): Command => ({ ...slow(`zoom to ${zoom}`, 0x01, 0x04, 0x47, ...nibbles(zoom, 4)), completesWithinMs: ZOOM_MS });
/** CAM_Focus direct; refused while the focus is automatic. */
export const focusTo = (focus: number): Command => slow(`focus to ${focus}`, 0x01, 0x04, 0x48, ...nibbles(focus, 4));

/** Pan-tilt absolute position, in the width and speed of the model. */
export const moveTo = (to: Position, model: Model): Command => watched(`move to pan ${to.pan} tilt ${to.tilt}`, 0x01, 0x06, 0x02, ...motion(to, model));
/** Pan-tilt relative position. Never sent again by itself: twice is twice as far. */
export const moveBy = (by: Position, model: Model): Command => slow(`move by pan ${by.pan} tilt ${by.tilt}`, 0x01, 0x06, 0x03, ...motion(by, model));

const motion = ({ pan, tilt }: Position, { moveSpeed, positionNibbles }: Model): number[] =>
  [moveSpeed.pan, moveSpeed.tilt, ...nibbles(pan, positionNibbles.pan), ...nibbles(tilt, positionNibbles.tilt)];

const LEFT_RIGHT = { [-1]: 0x01, 0: 0x03, 1: 0x02 } as const;
const UP_DOWN = { [-1]: 0x02, 0: 0x03, 1: 0x01 } as const;
const wayOf = (speed: number): -1 | 0 | 1 => (speed > 0 ? 1 : speed < 0 ? -1 : 0);

/** Pan-tilt drive; the urgent stop where both are 0. @param pan, tilt −1 … 1: right and up are positive. @param fastest of the model. */
export function driveAt({ pan, tilt }: Position, fastest: Position): Command {
  if (pan === 0 && tilt === 0) return COMMANDS.stopDrive;
  const step = (speed: number, most: number): number => Math.min(most, Math.max(1, Math.round(Math.abs(speed) * most)));
  return driven('pan-tilt drive', 0x01, 0x06, 0x01, step(pan, fastest.pan), step(tilt, fastest.tilt), LEFT_RIGHT[wayOf(pan)], UP_DOWN[wayOf(tilt)]);
}

/** CAM_Zoom variable, in eight speeds; the urgent stop where it is 0. @param speed −1 … 1: tele is positive. */
export function zoomAt(speed: number): Command {
  if (speed === 0) return COMMANDS.stopZoom;
  const step = Math.min(7, Math.max(0, Math.ceil(Math.abs(speed) * 8) - 1));
  return driven(speed > 0 ? 'zoom tele' : 'zoom wide', 0x01, 0x04, 0x07, (speed > 0 ? 0x20 : 0x30) | step);
}

/** Takes back what executes in a socket: `8x 2y FF`, EVI-H100S manual p.29. */
export const cancelIn = (socket: number): { readonly body: readonly number[] } => ({ body: [0x20 | socket] });

/** The bytes on the wire. @param address 1 to 7, or 8 for all. */
export function encode(address: number, { body }: { readonly body: readonly number[] }): Uint8Array {
  return Uint8Array.of(0x80 | address, ...body, 0xff);
}

/** Two's complement, one nibble a byte, highest first. */
function nibbles(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) => (value >> (4 * (count - 1 - place))) & 0x0f);
}
