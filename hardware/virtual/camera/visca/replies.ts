/** The bytes of what a camera says. */
import type { Model } from '../models.js';
import type { Refusal } from './commands.js';

/** Address 1 answers as `90`, and a broadcast gives it that address. */
const FROM_US = 0x90;
const FROM_ALL = 0x88;
const END = 0xff;

export const reply = (...bytes: readonly number[]): Uint8Array => Uint8Array.of(FROM_US, ...bytes, END);
/** A broadcast goes round the whole chain. */
export const replyToAll = (...bytes: readonly number[]): Uint8Array => Uint8Array.of(FROM_ALL, ...bytes, END);

type Refusals = Readonly<Record<Refusal, (socket: number) => Uint8Array>>;

const SONY: Refusals = {
  syntax: () => reply(0x60, 0x02),
  length: () => reply(0x60, 0x01),
  full: () => reply(0x60, 0x03),
  'not-now': (socket) => reply(0x60 | socket, 0x41),
};

const OEM: Refusals = { ...SONY, length: SONY.syntax, full: () => reply(0x61, 0x41), 'not-now': () => reply(0x61, 0x41) };

export const REFUSALS: Readonly<Record<Model['dialect'], Refusals>> = { sony: SONY, oem: OEM };
