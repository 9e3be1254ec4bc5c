/** The cameras that the virtual one can be, as data: Sony's VISCA command lists unless noted. */

export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface Model {
  /**
   * `sony`: a ring of addresses, two sockets, all errors. `oem`: what Minrray and the many brands of its family
   * document, ACK 41, Completion 51, errors 60 02 and 61 41, and nothing else; it is always address 1.
   */
  readonly dialect: 'sony' | 'oem';
  /** VersionInq: vendor, model, ROM revision, sockets; undefined where it does not know the inquiry. */
  readonly version: readonly number[] | undefined;
  /** It answers 60 01 to what begins as it knows and is too long or too short; the others 60 02. */
  readonly complainsOfLength: boolean;
  readonly stepsPerDegree: number;
  readonly pan: Range;
  readonly tilt: Range;
  /** Degrees a second for 01h, 02h … */
  readonly panSpeeds: readonly number[];
  readonly tiltSpeeds: readonly number[];
  /** Of each of the two positions. */
  readonly positionNibbles: 4 | 5;
  /** The tilt speed in moves to a position: its own byte, or 00, and one speed for both. */
  readonly moves: 'two-speeds' | 'one-speed';
  /** CAM_Memory numbers, from 0. */
  readonly presets: number;
  readonly tally: boolean;
  /** IR_Receive on and off. */
  readonly irLock: boolean;
  /** Standby Mode, and the inquiry for the preset that was recalled last. */
  readonly standbySide: boolean;
  readonly tellsLastPreset: boolean;
}

/** SRG-300H manual, "Pan/Tilt Speed (Slow Mode Off)". */
const PAN_SPEEDS = [1.1, 1.3, 1.6, 2.2, 2.9, 6.7, 11, 23, 24, 27, 41, 43, 47, 49, 54, 57, 62, 64, 69, 72, 80, 84, 91, 101];
const TILT_SPEEDS = [1.1, 1.3, 1.6, 2.2, 2.9, 6.7, 11, 16, 26, 29, 31, 34, 50, 52, 54, 57, 62, 64, 69, 72, 80, 84, 91];
/** SRG-360SHE command list, same table. */
const SLOWER_PAN_SPEEDS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 1.2, 1.5, 1.9, 2.4, 3, 3.6, 4.2, 6.6, 7.8, 8.9, 13, 16, 20, 24, 30, 38, 47, 60];
const SLOWER_TILT_SPEEDS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 1.2, 1.5, 1.9, 2.4, 3, 3.8, 4.7, 5.9, 7.5, 8.9, 12, 15, 19, 24, 30, 38, 47, 60];

const SRG_300H: Model = {
  dialect: 'sony',
  version: [0x00, 0x01, 0x05, 0x13, 0x01, 0x00, 0x02],
  complainsOfLength: false,
  // "Pan/Tilt Position": DE00 is −170°, 2200 is +170°; FC00 is −20°, 1200 is +90°.
  stepsPerDegree: 0x2200 / 170,
  pan: { least: -0x2200, most: 0x2200 },
  tilt: { least: -0x400, most: 0x1200 },
  panSpeeds: PAN_SPEEDS,
  tiltSpeeds: TILT_SPEEDS,
  positionNibbles: 4,
  moves: 'two-speeds',
  presets: 16,
  tally: false,
  irLock: true,
  standbySide: false,
  tellsLastPreset: false,
};

export const MODELS = {
  'srg-300h': SRG_300H,
  'brc-x400': {
    ...SRG_300H,
    version: [0x00, 0x01, 0x05, 0x1c, 0x02, 0x10, 0x02],
    complainsOfLength: true,
    moves: 'one-speed',
    presets: 100,
    tally: true,
    standbySide: true,
    tellsLastPreset: true,
  },
  'srg-360she': {
    ...SRG_300H,
    version: [0x00, 0x01, 0x06, 0x04, 0x01, 0x00, 0x02],
    complainsOfLength: true,
    // EAC00 is −170°, 15400 is +170°; FC400 is −30°, 0B400 is +90°.
    stepsPerDegree: 0x15400 / 170,
    pan: { least: -0x15400, most: 0x15400 },
    tilt: { least: -0x3c00, most: 0xb400 },
    panSpeeds: SLOWER_PAN_SPEEDS,
    tiltSpeeds: SLOWER_TILT_SPEEDS,
    positionNibbles: 5,
    moves: 'one-speed',
    tally: true,
    irLock: false,
  },
  oem: {
    ...SRG_300H,
    dialect: 'oem',
    version: undefined,
    // Telycam TLC-700-S manual p.16: F670 is −170°, 0990 is +170°; the range of tilt is ours, in the same steps.
    stepsPerDegree: 0x990 / 170,
    pan: { least: -0x990, most: 0x990 },
    tilt: { least: -0x1b0, most: 0x510 },
    tiltSpeeds: TILT_SPEEDS.slice(0, 0x14),
    presets: 90,
    irLock: false,
  },
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof MODELS;
