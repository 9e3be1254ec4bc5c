/**
 * Bringing a face to the panel's memory (at most two pieces under way,
 * go-back-N), and from there to the glass. Pure: `step` takes what happened and
 * says what to send.
 */
import type { Monotonic } from '../../session/ports.js';
import type { Message } from './protocol.js';

/** A picture as it travels. */
export interface PackedFace {
  readonly crc: number;
  /** PackBits, each piece to be unpacked alone (see packbits.ts). */
  readonly pieces: readonly Uint8Array[];
}

interface UnderWay {
  /** 0…255; tells this transfer's answers from an earlier one's. */
  readonly id: number;
  readonly face: PackedFace;
  /** When the board last made progress. */
  readonly since: Monotonic;
  /** When something was last sent for want of an answer, or `since`. */
  readonly askedAt: Monotonic;
}

export type Transfer =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'beginning' } & UnderWay)
  /** Pieces below `base` are taken; those from `base` to `next` are under way. `wentBack`: to `base`, once already. */
  | ({ readonly kind: 'sending'; readonly base: number; readonly next: number; readonly wentBack: boolean } & UnderWay)
  | ({ readonly kind: 'showing' } & UnderWay);

export type TransferEvent =
  | { readonly kind: 'begin'; readonly id: number; readonly face: PackedFace }
  /** Of a face that was loaded by the transfer of that id. */
  | { readonly kind: 'show'; readonly id: number; readonly face: PackedFace }
  /** Of the face that lies in the board's own flash with this crc. */
  | { readonly kind: 'own'; readonly id: number; readonly crc: number }
  | Extract<Message, { kind: 'FACE_ACK' | 'SHOWN' }>
  | { readonly kind: 'tick' };

export interface TransferStep {
  readonly transfer: Transfer;
  readonly send: readonly Message[];
  /** Set where this step ended the transfer. `loaded`: it lies in the panel's memory; `later`: the board could not take it now; `failed`: the panel did not do it. */
  readonly outcome?: 'loaded' | 'shown' | 'later' | 'failed';
}

/** PROTOCOL.md, Faces: "at most two FACE_DATA may be unacknowledged". */
const WINDOW = 2;
/** Two pieces take 26 ms on the line; a board that answers later than this has lost one. */
const ANSWER_WITHIN_MS = 250;
/** Without any progress for this long the transfer is given up. */
const GIVE_UP_AFTER_MS = 2000;
/** The slowest panel in PROTOCOL.md refreshes within 5 s; cold glass takes longer. */
const SHOWN_WITHIN_MS = 12_000;

const NONE: Transfer = { kind: 'none' };
const TAKEN = 0;
const [BUSY, NOT_ARMED] = [3, 5];
/** FACE_OWN `face`: PAUSED, the only one of its own that a board shows when asked. */
const PAUSED = 4;

export function step(transfer: Transfer, event: TransferEvent, now: Monotonic): TransferStep {
  switch (event.kind) {
    case 'begin': {
      const begun: Transfer = { kind: 'beginning', id: event.id, face: event.face, since: now, askedAt: now };
      return { transfer: begun, send: [begin(begun)] };
    }
    case 'show': {
      const showing: Transfer = { kind: 'showing', id: event.id, face: event.face, since: now, askedAt: now };
      return { transfer: showing, send: [show(showing)] };
    }
    case 'own': {
      const showing: Transfer = { kind: 'showing', id: event.id, face: { crc: event.crc, pieces: [] }, since: now, askedAt: now };
      return { transfer: showing, send: [{ kind: 'FACE_OWN', transfer: event.id, face: PAUSED }] };
    }
    case 'FACE_ACK':
      if (transfer.kind === 'none' || transfer.kind === 'showing' || event.transfer !== transfer.id) return { transfer, send: [] };
      if (event.code === BUSY || event.code === NOT_ARMED) return { transfer: NONE, send: [], outcome: 'later' };
      return onAck(transfer, event, now);
    case 'SHOWN':
      if (transfer.kind !== 'showing' || event.transfer !== transfer.id) return { transfer, send: [] };
      return { transfer: NONE, send: [], outcome: shownOutcome(event, transfer.face.crc) };
    case 'tick':
      return onTick(transfer, now);
  }
}

const begin = ({ id, face }: UnderWay): Message => ({ kind: 'FACE_BEGIN', transfer: id, faceCrc: face.crc });
const show = ({ id, face }: UnderWay): Message => ({ kind: 'FACE_SHOW', transfer: id, faceCrc: face.crc });

function onAck(transfer: Extract<Transfer, { kind: 'beginning' | 'sending' }>, ack: Extract<Message, { kind: 'FACE_ACK' }>, now: Monotonic): TransferStep {
  const { id, face } = transfer;
  if (transfer.kind === 'beginning') {
    if (ack.code !== TAKEN || ack.next !== 0) return { transfer, send: [] };
    return send({ kind: 'sending', id, face, since: now, askedAt: now, base: 0, next: 0, wentBack: false });
  }
  // The board drew something of its own meanwhile, and points past every piece: it must begin again.
  if (ack.next > face.pieces.length) return { transfer: NONE, send: [], outcome: 'later' };
  if (ack.next > transfer.base) return send({ ...transfer, base: ack.next, next: Math.max(transfer.next, ack.next), since: now, askedAt: now, wentBack: false });
  // The second of two pieces is refused for the first one's sake: going back for it again would double every piece from here on.
  if (ack.code === TAKEN || transfer.wentBack) return { transfer, send: [] };
  return send({ ...transfer, next: transfer.base, wentBack: true });
}

function onTick(transfer: Transfer, now: Monotonic): TransferStep {
  if (transfer.kind === 'none') return { transfer, send: [] };
  const waited = now - transfer.since;
  if (transfer.kind === 'showing') return waited < SHOWN_WITHIN_MS ? { transfer, send: [] } : { transfer: NONE, send: [], outcome: 'failed' };
  if (waited >= GIVE_UP_AFTER_MS) return { transfer: NONE, send: [], outcome: 'later' };
  if (now - transfer.askedAt < ANSWER_WITHIN_MS) return { transfer, send: [] };
  if (transfer.kind === 'beginning') return { transfer: { ...transfer, askedAt: now }, send: [begin(transfer)] };
  return send({ ...transfer, next: transfer.base, askedAt: now, wentBack: true });
}

/** Sends what the window allows. */
function send(sending: Extract<Transfer, { kind: 'sending' }>): TransferStep {
  const { id, face, base } = sending;
  if (base === face.pieces.length) return { transfer: NONE, send: [], outcome: 'loaded' };
  const until = Math.min(base + WINDOW, face.pieces.length);
  const data = face.pieces.slice(sending.next, until).map((packed, i): Message => ({ kind: 'FACE_DATA', transfer: id, index: sending.next + i, packed }));
  return { transfer: { ...sending, next: Math.max(sending.next, until) }, send: data };
}

/** SHOWN codes (PROTOCOL.md, Fields): 0 on the glass; 1 no answer and 2 stuck are the panel's; with 3, 5 and 6 the board could not begin. */
function shownOutcome({ code, glassCrc }: Extract<Message, { kind: 'SHOWN' }>, crc: number): 'shown' | 'later' | 'failed' {
  if (code === 0) return glassCrc === crc ? 'shown' : 'failed';
  return code === 3 || code === 5 || code === 6 ? 'later' : 'failed';
}
