/**
 * Keeps the glass at the wished face, and the next one ready in the panel's
 * memory: the transfer under way, what is loaded, and when to try again.
 */
import type { Monotonic } from '../../session/ports.js';
import type { Board, Message, Status } from './protocol.js';
import { step, type PackedFace, type Transfer, type TransferEvent, type TransferStep } from './transfer.js';

/** A panel that did not show is not worn out by trying at each beat. */
const TRY_AGAIN_MS = 5000;
/** STATUS `panel`, bit 0. */
const PANEL_BUSY = 1;

type Outcome = Exclude<NonNullable<TransferStep['outcome']>, 'loaded'>;

/** What an order asks of the glass, by crc; 0 where a picture is not drawn yet, or nothing is known to come next. */
export interface Faces {
  readonly wished: number;
  readonly next: number;
}

export class Glass {
  readonly #send: (message: Message) => void;
  readonly #ended: (crc: number, outcome: Outcome) => void;
  readonly #pictures: { wished?: PackedFace; next?: PackedFace } = {};
  #faces: Faces = { wished: 0, next: 0 };
  #transfer: Transfer = { kind: 'none' };
  #lastId = 0;
  /** Lies whole in the panel's memory, as far as we know; a board that drew something of its own meanwhile says so when it is to show it. */
  #loaded: { readonly id: number; readonly face: PackedFace } | undefined;
  /** The panel as the board last told it. */
  #panel: { readonly glassCrc: number; readonly busy: boolean } | undefined;
  #failed: { readonly crc: number; readonly at: Monotonic } | undefined;
  /** crc of the face that the board draws from its own flash when it is asked to; 0 before it has said so. */
  #own = 0;

  /** @param ended told when a face has come to the glass, or has not. */
  constructor(send: (message: Message) => void, ended: (crc: number, outcome: Outcome) => void) {
    this.#send = send;
    this.#ended = ended;
  }

  /** What the board has in its flash: this face is never sent. */
  meet({ pausedCrc }: Pick<Board, 'pausedCrc'>): void {
    this.#own = pausedCrc;
  }

  take(face: PackedFace, as: keyof Faces): void {
    this.#pictures[as] = face;
  }

  /** The newest order. A face that was carried ahead is shown at once. */
  want(faces: Faces, now: Monotonic): void {
    this.#faces = faces;
    this.#show(now);
  }

  /** What the board tells of its panel: starts what is due and possible now. The last wish wins until the refresh begins. */
  tend({ glassCrc, panel }: Pick<Status, 'glassCrc' | 'panel'>, now: Monotonic): void {
    this.#panel = { glassCrc, busy: (panel & PANEL_BUSY) !== 0 };
    this.#show(now);
    if (this.#panel.busy || this.#transfer.kind === 'showing') return;
    if (glassCrc !== this.#faces.wished) this.#load('wished', now);
    else if (this.#transfer.kind === 'none') this.#load('next', now);
  }

  on(event: TransferEvent, now: Monotonic): void {
    const before = this.#transfer;
    const { transfer, send, outcome } = step(before, event, now);
    this.#transfer = transfer;
    for (const message of send) this.#send(message);
    if (outcome === undefined || before.kind === 'none') return;
    this.#loaded = outcome === 'loaded' ? { id: before.id, face: before.face } : undefined;
    if (outcome === 'loaded') return this.#show(now);
    this.#failed = outcome === 'failed' ? { crc: before.face.crc, at: now } : undefined;
    if (outcome === 'shown') this.#panel = { glassCrc: before.face.crc, busy: true };
    this.#ended(before.face.crc, outcome);
  }

  /** The panel did not show this face when last asked to. */
  hasFailed(crc: number): boolean {
    return this.#failed?.crc === crc;
  }

  #show(now: Monotonic): void {
    const { wished } = this.#faces;
    if (wished === 0 || this.#transfer.kind === 'showing' || this.#panel === undefined) return;
    if (this.#panel.glassCrc === wished || this.#panel.busy || this.#waits(wished, now)) return;
    if (wished === this.#own) this.on({ kind: 'own', id: this.#nextId(), crc: wished }, now);
    else if (this.#loaded?.face.crc === wished) this.on({ kind: 'show', ...this.#loaded }, now);
  }

  #load(which: keyof Faces, now: Monotonic): void {
    const crc = this.#faces[which];
    const face = this.#pictures[which];
    if (face?.crc !== crc || crc === this.#own || this.#loaded?.face.crc === crc || this.#waits(crc, now)) return;
    if (this.#transfer.kind !== 'none' && this.#transfer.face.crc === crc) return;
    this.#loaded = undefined;
    this.on({ kind: 'begin', id: this.#nextId(), face }, now);
  }

  #nextId(): number {
    return (this.#lastId = (this.#lastId + 1) & 0xff);
  }

  #waits(crc: number, now: Monotonic): boolean {
    return this.#failed?.crc === crc && now - this.#failed.at < TRY_AGAIN_MS;
  }
}
