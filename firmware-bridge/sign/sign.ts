/**
 * The sign, as the session sees it: tokens in, reports out. Keeps a sign
 * process running, tells it what to show, and judges what comes back. It has
 * no beat of its own: a token is handed on or is lost.
 */
import type { BeatToken, Clock, Face, FaultCode, Sign, SignReport, SignWish } from '../../session/ports.js';
import { isResting, judge } from './confirm.js';
import { lightOf, type Place } from './faces.js';
import { PANELS, type Panel } from './panels.js';
import { PainterThread, type Painter, type Painting } from './painter.js';
import type { ArmResult, Board } from './protocol.js';
import { forkSign, type SignChild, type StartChild } from './sign-child.js';
import type { Answer, EndReason, Start, Up } from './sign-messages.js';

interface Log {
  info(evidence: object, sentence: string): void;
  warn(evidence: object, sentence: string): void;
}

export interface SignOptions {
  /** Serial port; best a name below /dev/serial/by-id or a udev link. */
  readonly path: string;
  /** Bits per second; PROTOCOL.md: 115200. */
  readonly baudRate: number;
  /** The pairing key, 16 bytes (see pairing.ts). */
  readonly key: Buffer;
  /** Where it hangs, as far as its faces say so. Read at each face. */
  readonly place: Place;
  readonly clock: Clock;
  readonly log: Log;
  /** What stands for the forked process and the drawing thread, where a test plays a whole room in emulated time. */
  readonly parts?: { readonly startChild: StartChild; readonly painter: Painter };
}

export interface SignBridge extends Sign {
  /** The sign process that runs now, for tests that stop or kill it. */
  readonly pid: number | undefined;
  /** What its board draws on; undefined until that has told. */
  readonly panel: Panel | undefined;
  /** Ends process and thread; the board tells of itself 2 s later. May be called twice. */
  close(): Promise<void>;
}

const BACK_OFF_MS = [250, 500, 1000, 2000, 5000] as const;
/** Orders that may still be answered: more than fit into the lease. */
const ORDERS_KEPT = 16;

/** Quarters of a second: seq starts from the wall clock, four a second, so that it rises over restarts of this service for 34 years. */
const SEQ_EPOCH_MS = Date.UTC(2024, 0, 1);
const SEQ_STEP_MS = 250;
/** What an earlier process may have used after it last told. */
const SEQ_UNTOLD = 64;

const END_FAULTS: Record<EndReason, FaultCode> = {
  port: 'SIGN_LOST',
  silent: 'SIGN_SILENT',
  restarted: 'SIGN_RESTARTED',
  unpaired: 'SIGN_UNPAIRED',
  'wrong-board': 'SIGN_WRONG_BOARD',
  'other-protocol': 'SIGN_OTHER_FIRMWARE',
};
const ARM_FAULTS: Record<ArmResult, FaultCode | undefined> = {
  armed: undefined,
  'wrong-boot': 'SIGN_RESTARTED',
  'bad-mac': 'SIGN_UNPAIRED', // it has a key, and not ours
  'stale-seq': undefined, // asked again at once with a higher one
  unpaired: 'SIGN_UNPAIRED',
  'self-test-failed': 'LAMP_DARK',
  'button-held': 'STOP_BUTTON',
};

/** One sign process. `panel` is there once the board has told who it is; nothing is asked of it before. */
interface Running {
  readonly child: SignChild;
  panel?: Panel;
  readonly orders: Map<number, { readonly wish: SignWish; readonly painting: Painting }>;
  /** crc of the pictures that it has. */
  readonly has: { wished?: number; next?: number };
  /** Tests of the lamp that failed in a row: the first may only have come too early after a boot. */
  failedTests: number;
  /** Why it is over, where that was told or decided. */
  ended?: FaultCode;
}

/** Starts the sign process at once. @throws RangeError for a key that is not 16 bytes. */
export function createSign(options: SignOptions): SignBridge {
  if (options.key.length !== 16) throw new RangeError(`the sign's key has 16 bytes, not ${options.key.length}; pair the sign again`);
  return new ForkedSign(options);
}

class ForkedSign implements SignBridge {
  readonly #options: SignOptions;
  readonly #listeners: ((report: SignReport) => void)[] = [];
  readonly #painter: Painter;
  #running: Running | undefined;
  #cancelRetry = (): void => undefined;
  #failures = 0;
  #lastOrder = 0;
  #lastSeq = 0;
  /** The boot that we armed, and the last STATUS of it that was judged. */
  #known: { readonly bootId: number; readonly number: number } | undefined;

  constructor(options: SignOptions) {
    this.#options = options;
    // Which one and why would tell of a session (P2.7).
    this.#painter = options.parts?.painter ?? new PainterThread(() => options.log.warn({}, 'a face cannot be shown on the sign'));
    this.#fork();
  }

  get pid(): number | undefined {
    return this.#running?.child.pid;
  }

  get panel(): Panel | undefined {
    return this.#running?.panel;
  }

  onReport(listener: (report: SignReport) => void): void {
    this.#listeners.push(listener);
  }

  beat({ issuedAt, wish }: BeatToken): void {
    const running = this.#running;
    if (running?.panel === undefined) return;
    const painting = this.#handOn(running, running.panel, wish.face, 'wished');
    const next = wish.next === undefined ? undefined : this.#handOn(running, running.panel, wish.next, 'next');
    const id = ++this.#lastOrder;
    running.orders.set(id, { wish, painting });
    running.orders.delete(id - ORDERS_KEPT);
    const { wanted } = lightOf(wish.face);
    running.child.ask({ ask: 'beat', order: { id, issuedAt, wanted, relay: wish.relay, faceCrc: crcOf(painting), nextCrc: crcOf(next), resting: isResting(wish) } });
  }

  async close(): Promise<void> {
    this.#cancelRetry();
    const running = this.#running;
    this.#running = undefined;
    await running?.child.close();
    await this.#painter.close();
  }

  /** Has the face painted, and gives the process its picture once. */
  #handOn({ child, has }: Running, panel: Panel, face: Face, as: 'wished' | 'next'): Painting {
    const painting = this.#painter.paint(face, panel, this.#options.place);
    if (painting.kind === 'painted' && has[as] !== painting.face.crc) {
      has[as] = painting.face.crc;
      child.ask({ ask: 'face', face: painting.face, as });
    }
    return painting;
  }

  #fork(): void {
    const { path, baudRate, key, clock, parts } = this.#options;
    const start: Start = { path, baudRate, key, firstSeq: this.#firstSeq(), ...(this.#known === undefined ? {} : { known: this.#known }) };
    const child = (parts?.startChild ?? forkSign)(clock, start, {
      heard: (up) => {
        if (this.#running === running) this.#heard(running, up);
      },
      gone: (silent, evidence) => {
        if (this.#running === running) this.#over(running, silent, evidence);
      },
    });
    const running: Running = { child, orders: new Map(), has: {}, failedTests: 0 };
    this.#running = running;
  }

  #heard(running: Running, up: Up): void {
    switch (up.tell) {
      case 'alive': return;
      case 'board': return this.#onBoard(running, up.board);
      case 'armed': return this.#onArmed(running, up.bootId, up.result);
      case 'answer': return this.#onAnswer(running, up.answer);
      case 'button': return this.#report({ kind: 'button' });
      // That a face came to the glass is nobody's record (P2.7): only that one could not.
      case 'glass': return up.outcome === 'shown' ? undefined : this.#options.log.warn({ outcome: up.outcome }, 'a face did not come to the glass');
      case 'ended':
        this.#options.log.warn({ reason: up.reason, evidence: up.evidence }, 'the sign process ends');
        if (up.reason === 'restarted') this.#known = undefined;
        running.ended = END_FAULTS[up.reason];
        return;
    }
  }

  #onBoard(running: Running, board: Board): void {
    this.#options.log.info({ board }, 'a sign answers');
    const panel = PANELS[board.panel];
    if (panel === undefined || panel.width !== board.width || panel.height !== board.height) {
      this.#options.log.warn({ board }, 'the sign has a panel that no face is made for');
      running.ended = 'SIGN_OTHER_FIRMWARE';
      return running.child.kill();
    }
    running.panel = panel;
    if (this.#known !== undefined && this.#known.bootId !== board.bootId) {
      this.#known = undefined;
      this.#report({ kind: 'lost', fault: 'SIGN_RESTARTED' });
    }
  }

  #onArmed(running: Running, bootId: number, result: ArmResult): void {
    const fault = ARM_FAULTS[result];
    this.#options.log.info({ bootId, result }, 'the sign was armed, or was not');
    if (result === 'armed' && this.#known?.bootId !== bootId) this.#known = { bootId, number: 0 };
    running.failedTests = result === 'self-test-failed' ? running.failedTests + 1 : 0;
    if (fault !== undefined && running.failedTests !== 1) this.#report({ kind: 'lost', fault });
  }

  #onAnswer(running: Running, answer: Answer): void {
    const order = running.orders.get(answer.order);
    if (order === undefined || this.#known === undefined) return;
    const { wish, painting } = order;
    this.#lastSeq = answer.seq;
    if (answer.authentic) {
      this.#failures = 0;
      this.#known = { bootId: this.#known.bootId, number: answer.status.number };
    }
    this.#report(judge(answer.status, wish, {
      ...answer,
      armedBoot: this.#known.bootId,
      faceCrc: painting.kind === 'painted' ? painting.face.crc : undefined,
      changing: painting.kind === 'painting' || (painting.kind === 'painted' && answer.changing),
    }));
  }

  #over(running: Running, silent: boolean, evidence: object): void {
    this.#running = undefined;
    const wait = BACK_OFF_MS[Math.min(this.#failures++, BACK_OFF_MS.length - 1)] as number;
    this.#options.log.warn({ ...evidence, silent, retryInMs: wait }, 'the sign process is gone');
    this.#cancelRetry = this.#options.clock.after(wait, () => this.#fork());
    this.#report({ kind: 'lost', fault: silent ? 'SIGN_SILENT' : (running.ended ?? 'SIGN_LOST') });
  }

  #firstSeq(): number {
    const byClock = Math.floor((this.#options.clock.wall().getTime() - SEQ_EPOCH_MS) / SEQ_STEP_MS);
    return Math.max(1, byClock, this.#lastSeq + SEQ_UNTOLD);
  }

  #report(report: SignReport): void {
    for (const listener of this.#listeners) listener(report);
  }
}

const crcOf = (painting: Painting | undefined): number => (painting?.kind === 'painted' ? painting.face.crc : 0);
