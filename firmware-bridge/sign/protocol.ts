/**
 * The sign's messages, as data: one row for each row of the table in
 * hardware/sign/PROTOCOL.md, read and written by the same few lines.
 */
import { crc16 } from './crc16.js';
import { KEY_BYTES, MAC_BYTES, macHolds, sipHash } from './mac.js';
import { pack7, SIGN_FEATURE, unpack7 } from './sysex.js';

/** A part of a body; one of size 'rest' takes what the others leave. */
interface Field<T> {
  readonly size: number | 'rest';
  read(body: Buffer, at: number, size: number): T;
  write(body: Buffer, at: number, value: T): void;
}

const u8: Field<number> = { size: 1, read: (body, at) => body.readUInt8(at), write: (body, at, value) => body.writeUInt8(value, at) };
const u16: Field<number> = { size: 2, read: (body, at) => body.readUInt16LE(at), write: (body, at, value) => body.writeUInt16LE(value, at) };
const u32: Field<number> = { size: 4, read: (body, at) => body.readUInt32LE(at), write: (body, at, value) => body.writeUInt32LE(value, at) };
const bytes = (size: number | 'rest'): Field<Uint8Array> => ({
  size,
  read: (body, at, taken) => Buffer.from(body.subarray(at, at + taken)),
  write: (body, at, value) => { body.set(value, at); },
});

interface Row {
  readonly sub: number;
  readonly fields: Readonly<Record<string, Field<unknown>>>;
  /** What proves the body: a CRC over it against noise, a MAC over sub and body against strangers. */
  readonly proof?: 'crc' | 'mac';
}

const MESSAGES = {
  HELLO: { sub: 0x01, fields: {} },
  ARM: { sub: 0x02, fields: { seq: u32, bootId: u32 }, proof: 'mac' },
  BEAT: { sub: 0x03, fields: { seq: u32, bootId: u32, nonce: bytes(8), wanted: u8, relay: u8, faceCrc: u16, ack: u8 }, proof: 'mac' },
  FACE_BEGIN: { sub: 0x04, fields: { transfer: u8, faceCrc: u16 } },
  FACE_DATA: { sub: 0x05, fields: { transfer: u8, index: u16, packed: bytes('rest') }, proof: 'crc' },
  FACE_SHOW: { sub: 0x06, fields: { transfer: u8, faceCrc: u16 } },
  PAIR: { sub: 0x07, fields: { key: bytes(KEY_BYTES) }, proof: 'crc' },
  FACE_OWN: { sub: 0x08, fields: { transfer: u8, face: u8 } },

  BOARD: {
    sub: 0x41,
    fields: { version: u8, bootId: u32, flags: u8, panel: u8, width: u16, height: u16, checkingCrc: u16, assumeCrc: u16, outOfOrderCrc: u16, pausedCrc: u16 },
  },
  ARMED: { sub: 0x42, fields: { bootId: u32, result: u8 } },
  STATUS: {
    sub: 0x43,
    fields: {
      nonce: bytes(8), number: u8, bootId: u32, actual: u8, wanted: u8, lamp: u8, lampWorst: u8, samples: u16, photo: u8, shunt: u8,
      relay: u8, button: u8, glassCrc: u16, panel: u8, fault: u8, refreshes: u16,
    },
    proof: 'mac',
  },
  FACE_ACK: { sub: 0x44, fields: { transfer: u8, code: u8, next: u16 } },
  SHOWN: { sub: 0x45, fields: { transfer: u8, code: u8, glassCrc: u16 } },
  BUTTON: { sub: 0x46, fields: { bootId: u32, button: u8 } },
  PAIRED: { sub: 0x47, fields: { result: u8 } },
  REFUSED: { sub: 0x4f, fields: { refused: u8, reason: u8 } },
} as const satisfies Record<string, Row>;

type Kind = keyof typeof MESSAGES;
type Body<K extends Kind> = {
  readonly [F in keyof (typeof MESSAGES)[K]['fields']]: (typeof MESSAGES)[K]['fields'][F] extends Field<infer T> ? T : never;
};

/** Any message of either direction, with the fields of its row in PROTOCOL.md; whole numbers, as wide as the row says. */
export type Message = { [K in Kind]: { readonly kind: K } & Body<K> }[Kind];
export type Status = Extract<Message, { kind: 'STATUS' }>;
export type Board = Extract<Message, { kind: 'BOARD' }>;

/** The protocol's version, as BOARD tells it. */
export const PROTOCOL_VERSION = 2;
/** PackBits bytes that one FACE_DATA may carry. */
export const FACE_DATA_BYTES = 120;

export const ARM_RESULTS = ['armed', 'wrong-boot', 'bad-mac', 'stale-seq', 'unpaired', 'self-test-failed', 'button-held'] as const;
export const PAIR_RESULTS = ['written', 'already-paired', 'button-not-held', 'bad-crc'] as const;
/** Reasons of REFUSED, from 1 on. */
export const REFUSALS = [undefined, 'malformed', 'bad-mac', 'wrong-boot', 'stale-seq', 'unpaired', 'not-armed'] as const;
export type ArmResult = (typeof ARM_RESULTS)[number];

const PROOF_BYTES = { crc: 2, mac: MAC_BYTES } as const;
const BY_SUB = new Map<number, Kind>(Object.entries(MESSAGES).map(([kind, { sub }]) => [sub, kind as Kind]));
/** The sub that a message has on the wire: REFUSED names what it refuses by it. */
export const subOf = (kind: Kind): number => MESSAGES[kind].sub;

/** A message off the line. `authentic` is true only where a MAC was there and is right. */
export interface Received {
  readonly message: Message;
  readonly authentic: boolean;
}

/**
 * @param key the pairing key, for the messages that carry a MAC (zeros stand for it without one, as an unpaired board does).
 * @returns what stands between F0 and F7: `0E sub pack7(body)`.
 * @throws RangeError for a value that is wider than its field.
 */
export function encode(message: Message, key?: Uint8Array): number[] {
  const { sub, fields, proof }: Row = MESSAGES[message.kind];
  const parts = Object.entries(fields).map(([name, field]) => {
    const value: unknown = message[name as keyof Message];
    const part = Buffer.alloc(field.size === 'rest' ? (value as Uint8Array).length : field.size);
    field.write(part, 0, value);
    return part;
  });
  const body = Buffer.concat(parts);
  return [SIGN_FEATURE, sub, ...pack7(proof === undefined ? body : Buffer.concat([body, prove(proof, sub, body, key)]))];
}

/**
 * @param payload what stood between F0 and F7.
 * @returns null for whatever is not one of our messages, whole and right; a wrong MAC is told, not dropped.
 */
export function decode(payload: Uint8Array, key?: Uint8Array): Received | null {
  const kind = payload[0] === SIGN_FEATURE ? BY_SUB.get(payload[1] ?? -1) : undefined;
  const whole = kind === undefined ? null : unpack7(payload.subarray(2));
  if (kind === undefined || whole === null) return null;
  const { sub, fields, proof }: Row = MESSAGES[kind];
  const end = whole.length - (proof === undefined ? 0 : PROOF_BYTES[proof]);
  const sizes = Object.values(fields).map(({ size }) => size);
  const fixed = sizes.reduce<number>((sum, size) => sum + (size === 'rest' ? 0 : size), 0);
  const rest = end - fixed;
  if (sizes.includes('rest') ? rest < 1 || rest > FACE_DATA_BYTES : rest !== 0) return null;

  const body = whole.subarray(0, end);
  const given = whole.subarray(end);
  if (proof === 'crc' && !given.equals(prove('crc', sub, body))) return null;
  const message: Record<string, unknown> = { kind };
  let at = 0;
  for (const [name, field] of Object.entries(fields)) {
    const size = field.size === 'rest' ? rest : field.size;
    message[name] = field.read(body, at, size);
    at += size;
  }
  const authentic = proof === 'mac' && key !== undefined && macHolds(key, Buffer.from([sub, ...body]), given);
  return { message: message as unknown as Message, authentic };
}

function prove(proof: 'crc' | 'mac', sub: number, body: Buffer, key?: Uint8Array): Buffer {
  if (proof === 'mac') return key === undefined ? Buffer.alloc(MAC_BYTES) : sipHash(key, Buffer.from([sub, ...body]));
  const crc = Buffer.alloc(PROOF_BYTES.crc);
  crc.writeUInt16LE(crc16(body));
  return crc;
}
