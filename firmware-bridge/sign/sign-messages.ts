/** What service and sign process tell each other over IPC. The key travels here only: never in arguments or environment. */
import type { Monotonic, Relay } from '../../session/ports.js';
import type { ArmResult, Board, Status } from './protocol.js';
import type { PackedFace } from './transfer.js';

/** One leave to beat, and what the sign is to show with it. */
export interface Order {
  /** Names the token; comes back with the answer. */
  readonly id: number;
  readonly issuedAt: Monotonic;
  readonly wanted: number;
  readonly relay: Relay;
  /** crc16 of the wished face; 0 while its picture is not drawn yet. */
  readonly faceCrc: number;
  /** crc16 of the face that is to lie ready in the panel's memory; 0 where none is known or drawn. */
  readonly nextCrc: number;
  /** Nothing is or may be captured under this wish: only then may the board be armed. */
  readonly resting: boolean;
}

export interface Start {
  readonly path: string;
  /** Bits per second. */
  readonly baudRate: number;
  /** 16 bytes. */
  readonly key: Uint8Array;
  /** Higher than any that this board has seen in its present boot. */
  readonly firstSeq: number;
  /** What is known of the board from before: its boot that was armed, and the last STATUS that was judged. */
  readonly known?: { readonly bootId: number; readonly number: number };
}

export type Down =
  | { readonly ask: 'start'; readonly start: Start }
  /** Comes whenever another face is wished or to come next, before the first order that names its crc. */
  | { readonly ask: 'face'; readonly face: PackedFace; readonly as: 'wished' | 'next' }
  | { readonly ask: 'beat'; readonly order: Order }
  | { readonly ask: 'close' };

/** An answered beat, as it came. What it means is judged in the service. */
export interface Answer {
  readonly order: number;
  readonly requestedAt: Monotonic;
  readonly status: Status;
  readonly authentic: boolean;
  /** The face is on its way to the glass. */
  readonly changing: boolean;
  /** `actual` of the answer before; null for the first one. */
  readonly previousActual: number | null;
  /** Milliseconds between this beat and the one written before it; 0 for the first one. */
  readonly sinceMs: number;
  /** The last seq used. */
  readonly seq: number;
}

/** Why the process ended: it lives for one opening of the port and one boot of the board. */
export type EndReason = 'port' | 'silent' | 'restarted' | 'unpaired' | 'wrong-board' | 'other-protocol';

export type Up =
  /** Every 500 ms, so that a stopped process is noticed. */
  | { readonly tell: 'alive' }
  | { readonly tell: 'board'; readonly board: Board }
  | { readonly tell: 'armed'; readonly bootId: number; readonly result: ArmResult }
  | { readonly tell: 'answer'; readonly answer: Answer }
  | { readonly tell: 'button' }
  | { readonly tell: 'glass'; readonly crc: number; readonly outcome: string }
  | { readonly tell: 'ended'; readonly reason: EndReason; readonly evidence: string };
