/** What can go wrong on a serial line: a table, one row a fault, from which several can be in force at once. */
import { seededDraws } from './seeded.js';
import { misread } from './wrong-baud.js';

/** Some bytes of an answer, written at once. */
export interface Piece {
  /** Beyond the device's own time to think. */
  readonly afterMs: number;
  readonly bytes: Uint8Array;
}

export interface LineFault {
  /** What reaches the device of what the host sent; all where it is not given. */
  readonly hears?: (bytes: Uint8Array) => Uint8Array;
  /** The host hears itself. */
  readonly echoes?: true;
  /** What becomes of an answer; it arrives as it is where this is not given. */
  readonly carries?: (answer: readonly Piece[]) => readonly Piece[];
}

/** So that a conversation goes the same way each time. */
const SEED = 201;
const NOISE = { mostBytes: 6, mostPauseMs: 40 } as const;
/** Heard at 38400 what was sent at 9600, as after a camera's switch was set to the other of its two rates. */
const WRONG_TIMES = 4;

const NOTHING = new Uint8Array();
const each = (act: (piece: Piece) => readonly Piece[]) => (answer: readonly Piece[]): readonly Piece[] => answer.flatMap(act);
const changed = (act: (bytes: Uint8Array) => Uint8Array) => each(({ afterMs, bytes }) => [{ afterMs, bytes: act(bytes) }]);
const later = (ms: number) => each(({ afterMs, bytes }) => [{ afterMs: afterMs + ms, bytes }]);

/** By name; made anew each time that it comes into force. `none` is a sound line. */
const LINE_FAULTS = {
  none: () => ({}),
  /** The wire back to the host is broken: the device obeys, and nobody hears of it. */
  silent: () => ({ carries: () => [] }),
  /** Hung, or both wires broken: it neither hears nor answers. */
  dead: () => ({ hears: () => NOTHING, carries: () => [] }),
  /** Every byte but the last is damaged, so that frames end where they should and say nonsense. */
  garbled: () => ({ carries: changed((bytes) => bytes.map((byte, i) => (i < bytes.length - 1 ? byte ^ 0x2a : byte))) }),
  /** A busy device: 3.1 s to an ACK was seen on a PTZOptics camera under load. */
  slow: () => ({ carries: later(3100) }),
  /** Beyond what a host waits for an answer, before it would give the device up. */
  late: () => ({ carries: later(600) }),
  /** Byte by byte, as a driver with a small buffer hands them on. */
  split: () => ({ carries: each(({ afterMs, bytes }) => Array.from(bytes, (byte, i) => ({ afterMs: afterMs + i * 2, bytes: Uint8Array.of(byte) }))) }),
  doubled: () => ({ carries: each((piece) => [piece, piece]) }),
  /** Every third answer is lost. */
  dropping: () => {
    let count = 0;
    return { carries: each((piece) => (++count % 3 === 0 ? [] : [piece])) };
  },
  /** Something like bytes between the answers, as from a cable that lies beside a motor's. */
  noisy: () => {
    const draw = seededDraws(SEED);
    const below = (most: number): number => Math.floor(draw() * most);
    return {
      carries: each((piece) => {
        const garbage = Uint8Array.from({ length: 1 + below(NOISE.mostBytes) }, () => below(256));
        return [piece, { afterMs: piece.afterMs + below(NOISE.mostPauseMs), bytes: garbage }];
      }),
    };
  },
  /** Two wires for both directions (RS-485), or a device that is set to echo. */
  echoing: () => ({ echoes: true }),
  'wrong-baud': () => ({ hears: (bytes) => misread(bytes, WRONG_TIMES), carries: changed((bytes) => misread(bytes, 1 / WRONG_TIMES)) }),
  /** An answer is held until the next one, and both are written at once, as by an adapter with a long latency timer. */
  joined: () => {
    let held: Uint8Array | undefined;
    return {
      carries: each(({ afterMs, bytes }) => {
        const both = held === undefined ? undefined : Buffer.concat([held, bytes]);
        held = both === undefined ? bytes : undefined;
        return both === undefined ? [] : [{ afterMs, bytes: both }];
      }),
    };
  },
} as const satisfies Record<string, () => LineFault>;

export type LineFaultName = keyof typeof LINE_FAULTS;

/** @param names in the order in which an answer meets them. */
export const lineFaults = (names: readonly LineFaultName[]): readonly LineFault[] => names.map((name) => LINE_FAULTS[name]());
