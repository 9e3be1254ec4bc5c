/**
 * The conversation with one boot of one board: HELLO, ARM, beats, faces.
 *
 * It never beats, arms or shows by itself: each of these follows an order, and
 * an order older than 500 ms is no leave to anything. It has no timer and no
 * port; both are handed in, so that a test can play the board and the clock.
 */
import type { Monotonic } from '../../session/ports.js';
import { Beats } from './beats.js';
import { needsArm } from './confirm.js';
import { Glass } from './glass.js';
import { ARM_RESULTS, decode, PROTOCOL_VERSION, REFUSALS, subOf, type Message, type Received, type Status } from './protocol.js';
import type { EndReason, Order, Start, Up } from './sign-messages.js';
import type { PackedFace } from './transfer.js';

export interface World {
  now(): Monotonic;
  /** Writes to the line at once. */
  send(message: Message): void;
  tell(up: Up): void;
  /** Ends this process; nothing follows. */
  end(reason: EndReason, evidence: string): void;
}

type Phase =
  | { readonly kind: 'greeting'; readonly since: Monotonic; readonly askedAt: Monotonic }
  /** `armed`: by us, in this boot. `due`: it follows beats again only after an ARM. */
  | { readonly kind: 'met'; readonly bootId: number; readonly armed: boolean; readonly due: boolean; readonly armNotBefore: Monotonic }
  | { readonly kind: 'arming'; readonly bootId: number; readonly armed: boolean; readonly askedAt: Monotonic };

/** Design: no beat without a token from the conductor within the last 500 ms. */
const ORDER_FRESH_MS = 500;
const HELLO_EVERY_MS = 500;
const GREETING_MS = 5000;
/** PROTOCOL.md, States: the lamp is tested again meanwhile. */
const ARM_AGAIN_MS = 500;
/** As long as the lease: after that nothing that was asked counts any more. */
const SILENT_MS = 1500;
/** One wrong MAC is noise on the line; three running are somebody else. */
const FORGED_RUNNING = 3;

export class Dialogue {
  readonly #world: World;
  readonly #start: Start;
  #phase: Phase;
  #order: Order | undefined;
  readonly #beats: Beats;
  /** Number of the last STATUS that came. */
  #ack: number;
  #forged = 0;
  #status: Status | undefined;
  readonly #glass: Glass;

  constructor(world: World, start: Start) {
    this.#world = world;
    this.#start = start;
    this.#beats = new Beats(start.firstSeq);
    this.#ack = start.known?.number ?? 0;
    this.#phase = { kind: 'greeting', since: world.now(), askedAt: world.now() };
    this.#glass = new Glass((message) => world.send(message), (crc, outcome) => {
      world.tell({ tell: 'glass', crc, outcome });
      if (outcome === 'shown') this.#act();
    });
    world.send({ kind: 'HELLO' });
  }

  /** A picture that the orders from now on name by its crc. */
  takeFace(face: PackedFace, as: 'wished' | 'next'): void {
    this.#glass.take(face, as);
  }

  /** Leave to beat, once at once and once more when a face has come to the glass. */
  follow(order: Order): void {
    this.#order = order;
    this.#act();
  }

  /** @param payload what stood between F0 and F7; anything may come. */
  hear(payload: Uint8Array): void {
    const received = decode(payload, this.#start.key);
    if (received !== null) this.#heard(received);
  }

  /** To be called every 50 ms or so. */
  tick(): void {
    const now = this.#world.now();
    if (this.#phase.kind === 'greeting') {
      if (now - this.#phase.since > GREETING_MS) return this.#world.end('silent', `no answer to HELLO within ${GREETING_MS} ms`);
      if (now - this.#phase.askedAt > HELLO_EVERY_MS) {
        this.#phase = { ...this.#phase, askedAt: now };
        this.#world.send({ kind: 'HELLO' });
      }
    }
    if (now - (this.#beats.waitingSince ?? now) > SILENT_MS) return this.#world.end('silent', `no STATUS within ${SILENT_MS} ms`);
    if (this.#phase.kind === 'arming' && now - this.#phase.askedAt > SILENT_MS) return this.#world.end('silent', `no answer to ARM within ${SILENT_MS} ms`);
    this.#glass.on({ kind: 'tick' }, now);
  }

  #heard({ message, authentic }: Received): void {
    switch (message.kind) {
      case 'BOARD': return this.#onBoard(message);
      case 'ARMED': return this.#onArmed(message);
      case 'STATUS': return this.#onStatus(message, authentic);
      case 'REFUSED': return this.#onRefused(message);
      case 'BUTTON': return message.button === 0 ? undefined : this.#world.tell({ tell: 'button' });
      case 'FACE_ACK':
      case 'SHOWN': return this.#glass.on(message, this.#world.now());
      case 'HELLO':
      case 'ARM':
      case 'BEAT':
      case 'FACE_BEGIN':
      case 'FACE_DATA':
      case 'FACE_SHOW':
      case 'FACE_OWN':
      case 'PAIR':
      case 'PAIRED': return; // not for us: an echo, or another's pairing
    }
  }

  #onBoard(board: Extract<Message, { kind: 'BOARD' }>): void {
    if (this.#phase.kind !== 'greeting') return;
    this.#world.tell({ tell: 'board', board });
    if (board.version !== PROTOCOL_VERSION) return this.#world.end('other-protocol', `the board speaks version ${board.version}, this is ${PROTOCOL_VERSION}`);
    if ((board.flags & 1) === 0) return this.#world.end('unpaired', 'the board has no key');
    this.#glass.meet(board);
    const armed = board.bootId === this.#start.known?.bootId;
    this.#phase = { kind: 'met', bootId: board.bootId, armed, due: !armed, armNotBefore: 0 };
    this.#act();
  }

  #onArmed({ bootId, result }: Extract<Message, { kind: 'ARMED' }>): void {
    const name = ARM_RESULTS[result];
    if (this.#phase.kind !== 'arming' || name === undefined) return;
    if (name === 'wrong-boot' || bootId !== this.#phase.bootId) return this.#world.end('restarted', `the board is in boot ${bootId}, not ${this.#phase.bootId}`);
    if (name === 'stale-seq') this.#beats.leapAhead();
    const done = name === 'armed';
    this.#phase = { kind: 'met', bootId, armed: done || this.#phase.armed, due: !done, armNotBefore: done ? 0 : this.#world.now() + ARM_AGAIN_MS };
    this.#world.tell({ tell: 'armed', bootId, result: name });
    this.#act();
  }

  #onStatus(status: Status, authentic: boolean): void {
    const beat = this.#beats.find(status.nonce);
    if (beat === undefined) return; // an answer to nothing that we asked: old, or played back
    this.#forged = authentic ? 0 : this.#forged + 1;
    if (!authentic && this.#forged < FORGED_RUNNING) return;
    this.#beats.answered(beat);
    this.#world.tell({
      tell: 'answer',
      answer: {
        order: beat.order.id, requestedAt: beat.requestedAt, status, authentic, sinceMs: beat.sinceMs, seq: this.#beats.seq,
        changing: this.#isChanging(beat.order.faceCrc), previousActual: this.#status?.actual ?? null,
      },
    });
    if (!authentic) return;
    this.#ack = status.number;
    this.#status = status;
    if (this.#phase.kind !== 'met') return;
    if (status.bootId !== this.#phase.bootId) return this.#world.end('restarted', `the board is in boot ${status.bootId}, not ${this.#phase.bootId}`);
    this.#phase = { ...this.#phase, due: needsArm(status) };
    if (!this.#phase.due) this.#glass.tend(status, this.#world.now());
  }

  #onRefused({ refused, reason }: Extract<Message, { kind: 'REFUSED' }>): void {
    if (refused !== subOf('BEAT') && refused !== subOf('ARM')) return;
    switch (REFUSALS[reason]) {
      case 'wrong-boot':
      case 'not-armed': return this.#world.end('restarted', 'the board forgot that it was armed');
      case 'unpaired': return this.#world.end('unpaired', 'the board has no key');
      case 'stale-seq': return this.#beats.leapAhead();
      case 'bad-mac':
      case 'malformed':
      case undefined: return; // noise; what stays unanswered ends this dialogue
    }
  }

  /** What the newest order allows now: an ARM where one is due and nothing may be captured, else a beat. */
  #act(): void {
    const now = this.#world.now();
    const order = this.#order;
    if (order === undefined || !isFresh(order, now)) return;
    const phase = this.#phase;
    switch (phase.kind) {
      case 'greeting': return;
      case 'arming': return;
      case 'met':
        if (phase.due && order.resting && now >= phase.armNotBefore) this.#arm(phase, now);
        else if (phase.armed) {
          this.#world.send(this.#beats.next(order, phase.bootId, this.#ack, now));
          if (!phase.due) this.#glass.want({ wished: order.faceCrc, next: order.nextCrc }, now);
        }
        return;
    }
  }

  #arm({ bootId, armed }: { readonly bootId: number; readonly armed: boolean }, now: Monotonic): void {
    this.#phase = { kind: 'arming', bootId, armed, askedAt: now };
    this.#world.send({ kind: 'ARM', seq: this.#beats.nextSeq(), bootId });
  }

  /** The wished face was not on the glass before, and its panel has not failed: it may still be coming. */
  #isChanging(faceCrc: number): boolean {
    return this.#status?.glassCrc !== faceCrc && !this.#glass.hasFailed(faceCrc);
  }
}

const isFresh = ({ issuedAt }: Order, now: Monotonic): boolean => issuedAt <= now && now - issuedAt <= ORDER_FRESH_MS;
