/** Keeps the glass at the wished face: its picture, the transfer under way, and when to try again. */
import type { Monotonic } from '../../session/ports.js';
import type { Message, Status } from './protocol.js';
import { step, type PackedFace, type Transfer, type TransferEvent, type TransferStep } from './transfer.js';

/** A panel that did not show is not worn out by trying at each beat. */
const TRY_AGAIN_MS = 5000;
/** STATUS `panel`, bit 0. */
const PANEL_BUSY = 1;

type Outcome = NonNullable<TransferStep['outcome']>;

export class Glass {
  readonly #send: (message: Message) => void;
  readonly #ended: (crc: number, outcome: Outcome) => void;
  /** The last that was asked for. */
  #face: PackedFace | undefined;
  #transfer: Transfer = { kind: 'none' };
  #lastId = 0;
  #failed: { readonly crc: number; readonly at: Monotonic } | undefined;

  /** @param ended told when a face has come to the glass, or has not. */
  constructor(send: (message: Message) => void, ended: (crc: number, outcome: Outcome) => void) {
    this.#send = send;
    this.#ended = ended;
  }

  take(face: PackedFace): void {
    this.#face = face;
  }

  /** Starts to bring the wished face, where another is on the glass and the panel is free. The last wish wins until the refresh begins. */
  tend(wishedCrc: number, status: Status, now: Monotonic): void {
    const face = this.#face;
    if (face?.crc !== wishedCrc || status.glassCrc === wishedCrc || (status.panel & PANEL_BUSY) !== 0) return;
    if (this.#transfer.kind === 'showing') return;
    if (this.#transfer.kind !== 'none' && this.#transfer.face.crc === wishedCrc) return;
    if (this.#failed?.crc === wishedCrc && now - this.#failed.at < TRY_AGAIN_MS) return;
    this.#lastId = (this.#lastId + 1) & 0xff;
    this.on({ kind: 'begin', id: this.#lastId, face }, now);
  }

  on(event: TransferEvent, now: Monotonic): void {
    const before = this.#transfer;
    const { transfer, send, outcome } = step(before, event, now);
    this.#transfer = transfer;
    for (const message of send) this.#send(message);
    if (outcome === undefined || before.kind === 'none') return;
    this.#failed = outcome === 'failed' ? { crc: before.face.crc, at: now } : undefined;
    this.#ended(before.face.crc, outcome);
  }

  /** The panel did not show this face when last asked to. */
  hasFailed(crc: number): boolean {
    return this.#failed?.crc === crc;
  }
}
