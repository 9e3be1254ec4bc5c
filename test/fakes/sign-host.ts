/** A host for the sign board, as small as PROTOCOL.md allows: for tests of the firmware, written apart from the product's. */
import { crc16 } from '../../hardware/virtual/sign/crc.js';

export const SUBS = {
  hello: 0x01, arm: 0x02, beat: 0x03, faceBegin: 0x04, faceData: 0x05, faceShow: 0x06, pair: 0x07, faceOwn: 0x08,
  board: 0x41, armed: 0x42, status: 0x43, faceAck: 0x44, shown: 0x45, button: 0x46, paired: 0x47, refused: 0x4f,
} as const;

/** A message of the sign's sysex, unpacked. */
export interface Message {
  readonly sub: number;
  readonly body: Buffer;
}

const MASK = (1n << 64n) - 1n;
const rotate = (v: bigint, bits: bigint): bigint => ((v << bits) | (v >> (64n - bits))) & MASK;

/** SipHash-2-4 as in the paper (Aumasson and Bernstein, 2012), 8 bytes little-endian. */
export function siphash(key: Uint8Array, message: Uint8Array): Buffer {
  const k = Buffer.from(key);
  const [k0, k1] = [k.readBigUInt64LE(0), k.readBigUInt64LE(8)];
  let [v0, v1, v2, v3] = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn, k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n];
  const rounds = (count: number): void => {
    while (count-- > 0) {
      v0 = (v0 + v1) & MASK; v1 = rotate(v1, 13n) ^ v0; v0 = rotate(v0, 32n);
      v2 = (v2 + v3) & MASK; v3 = rotate(v3, 16n) ^ v2;
      v0 = (v0 + v3) & MASK; v3 = rotate(v3, 21n) ^ v0;
      v2 = (v2 + v1) & MASK; v1 = rotate(v1, 17n) ^ v2; v2 = rotate(v2, 32n);
    }
  };
  const padded = Buffer.alloc((Math.floor(message.length / 8) + 1) * 8);
  padded.set(message);
  padded[padded.length - 1] = message.length;
  for (let i = 0; i < padded.length; i += 8) {
    const word = padded.readBigUInt64LE(i);
    v3 ^= word;
    rounds(2);
    v0 ^= word;
  }
  v2 ^= 0xffn;
  rounds(4);
  const mac = Buffer.alloc(8);
  mac.writeBigUInt64LE(v0 ^ v1 ^ v2 ^ v3);
  return mac;
}

/** One sysex frame of the sign's. */
export function frame(sub: number, body: Uint8Array): Buffer {
  const out = [0xf0, 0x0e, sub];
  let bits = 0;
  let count = 0;
  for (const byte of body) {
    bits |= byte << count;
    for (count += 8; count >= 7; count -= 7, bits >>= 7) out.push(bits & 0x7f);
  }
  if (count > 0) out.push(bits);
  return Buffer.from([...out, 0xf7]);
}

/** All of the sign's messages in what a board sent. */
export function messages(bytes: readonly number[]): Message[] {
  const found: Message[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0xf0 || bytes[i + 1] !== 0x0e) continue;
    const end = bytes.indexOf(0xf7, i);
    if (end < 0) break;
    const body: number[] = [];
    let bits = 0;
    let count = 0;
    for (const byte of bytes.slice(i + 3, end)) {
      bits |= byte << count;
      count += 7;
      if (count < 8) continue;
      body.push(bits & 0xff);
      bits >>= 8;
      count -= 8;
    }
    found.push({ sub: bytes[i + 2] ?? 0, body: Buffer.from(body) });
    i = end;
  }
  return found;
}

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const signed = (key: Uint8Array, sub: number, body: Buffer): Buffer => Buffer.concat([body, siphash(key, Buffer.concat([Buffer.of(sub), body]))]);

export const arm = (key: Uint8Array, seq: number, bootId: number): Buffer => frame(SUBS.arm, signed(key, SUBS.arm, Buffer.concat([u32(seq), u32(bootId)])));

export interface Beat {
  readonly seq: number;
  readonly bootId: number;
  readonly nonce: Uint8Array;
  readonly wanted: number;
  readonly close: boolean;
  readonly faceCrc: number;
  readonly ack: number;
}

export const beat = (key: Uint8Array, b: Beat): Buffer =>
  frame(SUBS.beat, signed(key, SUBS.beat, Buffer.concat([u32(b.seq), u32(b.bootId), b.nonce, Buffer.of(b.wanted, b.close ? 1 : 0), u16(b.faceCrc), Buffer.of(b.ack)])));

export const pair = (key: Uint8Array): Buffer => frame(SUBS.pair, Buffer.concat([key, u16(crc16(key))]));
export const faceBegin = (transfer: number, crc: number): Buffer => frame(SUBS.faceBegin, Buffer.concat([Buffer.of(transfer), u16(crc)]));
export const faceShow = (transfer: number, crc: number): Buffer => frame(SUBS.faceShow, Buffer.concat([Buffer.of(transfer), u16(crc)]));
/** @param face 4 = PAUSED. */
export const faceOwn = (transfer: number, face: number): Buffer => frame(SUBS.faceOwn, Buffer.of(transfer, face));
export function faceData(transfer: number, index: number, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.of(transfer), u16(index), data]);
  return frame(SUBS.faceData, Buffer.concat([body, u16(crc16(body))]));
}

/** What a board says of itself. */
export interface BoardSays {
  readonly version: number;
  readonly bootId: number;
  readonly flags: number;
  readonly panel: number;
  readonly width: number;
  readonly height: number;
  /** Of the faces in its flash. */
  readonly crcs: { readonly checking: number; readonly assumeRecording: number; readonly outOfOrder: number; readonly paused: number };
}

/** @throws Error where the body of BOARD has another length. */
export function readBoard(body: Buffer): BoardSays {
  if (body.length !== 19) throw new Error(`no BOARD: ${body.toString('hex')}`);
  const word = (at: number): number => body.readUInt16LE(at);
  return {
    version: body.readUInt8(0), bootId: body.readUInt32LE(1), flags: body.readUInt8(5), panel: body.readUInt8(6), width: word(7), height: word(9),
    crcs: { checking: word(11), assumeRecording: word(13), outOfOrder: word(15), paused: word(17) },
  };
}

export interface Status {
  readonly nonce: string;
  readonly number: number;
  readonly bootId: number;
  readonly actual: number;
  readonly wanted: number;
  readonly lamp: number;
  readonly lampWorst: number;
  readonly samples: number;
  readonly photo: number;
  readonly shunt: number;
  readonly relay: number;
  readonly button: number;
  readonly glassCrc: number;
  readonly panel: number;
  readonly fault: number;
  readonly refreshes: number;
}

/** @throws Error where it is no STATUS, or its MAC is wrong. */
export function readStatus(key: Uint8Array, { sub, body }: Message): Status {
  if (sub !== SUBS.status || body.length !== 37) throw new Error(`no STATUS: ${sub.toString(16)} ${body.toString('hex')}`);
  const covered = Buffer.concat([Buffer.of(sub), body.subarray(0, -8)]);
  if (!siphash(key, covered).equals(body.subarray(-8))) throw new Error(`STATUS with a wrong MAC: ${body.toString('hex')}`);
  const byte = (at: number): number => body.readUInt8(at);
  return {
    nonce: body.toString('hex', 0, 8), number: byte(8), bootId: body.readUInt32LE(9), actual: byte(13), wanted: byte(14), lamp: byte(15), lampWorst: byte(16),
    samples: body.readUInt16LE(17), photo: byte(19), shunt: byte(20), relay: byte(21), button: byte(22), glassCrc: body.readUInt16LE(23), panel: byte(25),
    fault: byte(26), refreshes: body.readUInt16LE(27),
  };
}

/** PackBits (Apple TN1023) in messages of at most `max` bytes, none of them crossed by a run. */
export function packBits(picture: Uint8Array, max = 120): Buffer[] {
  const runs: number[][] = [];
  for (let i = 0; i < picture.length;) {
    let same = 1;
    while (same < 128 && picture[i + same] === picture[i]) same++;
    if (same >= 2) {
      runs.push([257 - same, picture[i] ?? 0]);
      i += same;
      continue;
    }
    let end = i + 1;
    while (end < picture.length && end - i < 100 && picture[end] !== picture[end + 1]) end++;
    runs.push([end - i - 1, ...picture.subarray(i, end)]);
    i = end;
  }
  const out: number[][] = [[]];
  for (const run of runs) {
    if ((out.at(-1)?.length ?? 0) + run.length > max) out.push([]);
    out.at(-1)?.push(...run);
  }
  return out.map((bytes) => Buffer.from(bytes));
}
