/** The numbers of a conversation: seq, which only rises, and the beats that are written and not answered yet. */
import { randomBytes } from 'node:crypto';
import type { Monotonic } from '../../session/ports.js';
import type { Message } from './protocol.js';
import type { Order } from './sign-messages.js';

export interface Beat {
  readonly nonce: Buffer;
  readonly order: Order;
  readonly requestedAt: Monotonic;
  /** Milliseconds since the beat written before; 0 for the first. */
  readonly sinceMs: number;
}

const NONCE_BYTES = 8;
const HIGHEST_SEQ = 0xffff_ffff;
/** First step ahead after "stale seq"; doubled each time, so that any gap is soon crossed. */
const FIRST_LEAP = 1024;

export class Beats {
  #seq: number;
  #leap = FIRST_LEAP;
  #lastAt: Monotonic | undefined;
  /** Oldest first. */
  #unanswered: Beat[] = [];

  constructor(firstSeq: number) {
    this.#seq = firstSeq - 1;
  }

  /** The last seq used. */
  get seq(): number {
    return this.#seq;
  }

  /** When the oldest beat that nobody has answered was written. */
  get waitingSince(): Monotonic | undefined {
    return this.#unanswered[0]?.requestedAt;
  }

  nextSeq(): number {
    this.#seq = Math.min(this.#seq + 1, HIGHEST_SEQ);
    return this.#seq;
  }

  /** The board has seen this seq and perhaps later ones. */
  leapAhead(): void {
    this.#seq = Math.min(this.#seq + this.#leap, HIGHEST_SEQ);
    this.#leap *= 2;
  }

  /** @param now taken as the time of asking: to be written at once. @param ack number of the last STATUS that came. */
  next(order: Order, bootId: number, ack: number, now: Monotonic): Message {
    const nonce = randomBytes(NONCE_BYTES);
    this.#unanswered.push({ nonce, order, requestedAt: now, sinceMs: now - (this.#lastAt ?? now) });
    this.#lastAt = now;
    const relay = order.relay === 'closed' ? 1 : 0;
    return { kind: 'BEAT', seq: this.nextSeq(), bootId, nonce, wanted: order.wanted, relay, faceCrc: order.faceCrc, ack };
  }

  /** The beat with this nonce; undefined for an answer to nothing that was asked, or that was answered already. */
  find(nonce: Uint8Array): Beat | undefined {
    return this.#unanswered.find((beat) => beat.nonce.equals(nonce));
  }

  /** This beat is answered; the board answers in order, so that what came before it never will be. */
  answered(beat: Beat): void {
    this.#unanswered = this.#unanswered.slice(this.#unanswered.indexOf(beat) + 1);
  }
}
