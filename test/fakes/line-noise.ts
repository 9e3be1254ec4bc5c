/** What may come down the sign's line that nobody with the key has said: damaged, cut, spliced, replayed, foreign. */
import { KEY, type SignBench, type Wish } from './sign-bench.js';
import { arm, beat, faceBegin, faceData, faceShow, frame, pair, type Beat } from './sign-host.js';

/** @returns a number below `limit`. */
export type Roll = (limit: number) => number;

/** The line as an attacker or a bad cable knows it. */
export interface Tapped {
  readonly bench: SignBench;
  /** What a board that can be fooled would do: the opposite of what its host wants. */
  readonly temptation: Wish;
  /** Messages that the board has taken once. */
  readonly old: readonly Buffer[];
}

const STRANGER = Buffer.alloc(16, 0x5a);
const SUBS = 0x80;
/** The firmware's longest message is FACE_DATA with 120 bytes (PROTOCOL.md): a body of 125. */
const LONGEST_BODY = 125;
/** F7 and the last packed byte, whose highest bits are filling: damage there may leave the message whole. */
const TAIL = 2;

const random = (roll: Roll, length: number): Buffer => Buffer.from(Array.from({ length }, () => roll(256)));

function fields(roll: Roll, { bench, temptation }: Tapped): Beat {
  const { wanted, close = false } = temptation;
  return { seq: bench.seq + 1 + roll(100), bootId: bench.bootId, nonce: random(roll, 8), wanted, close, faceCrc: roll(0x10000), ack: roll(256) };
}

/** Flips one to four bits, each in a byte of its own, so that what is covered by the MAC is never as it was. */
function damaged(roll: Roll, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const places = new Set(Array.from({ length: 1 + roll(4) }, () => roll(copy.length - TAIL)));
  for (const at of places) copy[at] = (copy[at] as number) ^ (1 << roll(8));
  return copy;
}

/** So much is missing that what follows does not complete it by chance. */
const cut = (roll: Roll, bytes: Buffer): Buffer => bytes.subarray(0, 1 + roll(bytes.length - 8));

/** The beginning of one BEAT, with most of its nonce, and the end of another, with most of its MAC. */
function spliced(roll: Roll, one: Buffer, other: Buffer): Buffer {
  const at = 18 + roll(one.length - 28);
  return Buffer.concat([one.subarray(0, at), other.subarray(at)]);
}

/** By kind; all but the last few would be obeyed if one check of the firmware were missing. */
const KINDS = {
  damagedBeat: (roll, tapped) => damaged(roll, beat(KEY, fields(roll, tapped))),
  damagedArm: (roll, { bench }) => damaged(roll, arm(KEY, bench.seq + 1 + roll(100), bench.bootId)),
  cutBeat: (roll, tapped) => cut(roll, beat(KEY, fields(roll, tapped))),
  splicedBeats: (roll, tapped) => spliced(roll, beat(KEY, fields(roll, tapped)), beat(KEY, fields(roll, tapped))),
  replayed: (roll, { old }) => old[roll(old.length)] ?? Buffer.of(0xff),
  otherBoot: (roll, tapped) => {
    const bootId = tapped.bench.bootId + (roll(2) === 0 ? -1 : 1) * (1 + roll(3)) >>> 0;
    return Buffer.concat([arm(KEY, tapped.bench.seq + 1, bootId), beat(KEY, { ...fields(roll, tapped), bootId })]);
  },
  foreignBeat: (roll, tapped) => beat(STRANGER, fields(roll, tapped)),
  foreignArm: (roll, { bench }) => arm(STRANGER, bench.seq + 1 + roll(100), bench.bootId),
  pairing: () => pair(STRANGER), // well-formed; nobody holds the button
  oversized: (roll) => frame(roll(SUBS), random(roll, LONGEST_BODY + 1 + roll(400))),
  wellFramed: (roll) => frame(roll(SUBS), random(roll, roll(LONGEST_BODY))),
  faces: (roll) => Buffer.concat([faceBegin(roll(256), roll(0x10000)), damaged(roll, faceData(roll(256), roll(400), random(roll, 1 + roll(120)))), faceShow(roll(256), roll(0x10000))]),
  firmata: (roll) => Buffer.from([0xf0, [0x79, 0x6b, 0x69, 0x6d][roll(4)] as number, roll(128), 0xf7, 0x90 + roll(16), roll(128), roll(128), 0xf4 + roll(2), roll(128), roll(128), 0xff]),
  random: (roll) => random(roll, 1 + roll(200)),
} satisfies Record<string, (roll: Roll, tapped: Tapped) => Buffer>;

export type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];

/** One piece of noise, of any kind. */
export function noise(roll: Roll, tapped: Tapped): { readonly kind: Kind; readonly bytes: Buffer } {
  const kind = NAMES[roll(NAMES.length)] as Kind;
  return { kind, bytes: KINDS[kind](roll, tapped) };
}
