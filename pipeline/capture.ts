/**
 * The rules of the recorder process, without its vendors: devices are open only
 * under a lease, what is confirmed is kept, and whatever ends capture closes the
 * devices first. Pipeline, process and clock are handed in.
 */
import type { FaultCode, Monotonic } from '../session/ports.js';
import { Lease } from './lease.js';
import { Liveness } from './liveness.js';
import { MediaFormatError } from './mp4-boxes.js';
import type { FromRecorder, Level, PartFigures } from './recorder-messages.js';
import { SOURCE_NAMES, type Track } from './sources.js';

/** Media have come with this time stamp, which must rise. */
export interface Advance {
  readonly track: Track;
  readonly stamp: number;
}

/** What becomes of media: kept under seal (`part`) or shown and forgotten (`framing`). */
export interface Medium {
  readonly launchLine: string;
  /** What it consists of, the leading one first; picture and sound where nothing is said. */
  readonly tracks?: readonly Track[];
  /** @throws MediaFormatError */
  take(bytes: Buffer, receivedAt: Monotonic): Advance[];
  takeLevel(level: Level, receivedAt: Monotonic): Advance[];
  /** A track begins at this running time, in milliseconds; told before its first media. */
  began(track: Track, atMs: number): void;
  confirm(requestedAt: Monotonic): void;
  /** All that is confirmed is in the file. */
  close(): Promise<PartFigures | undefined>;
}

export interface PipelineListener {
  media(bytes: Buffer): void;
  /** No more media will come: the end of a source, or a start that failed. */
  mediaEnded(): void;
  level(level: Level): void;
  began(track: Track, atMs: number): void;
  error(element: string, message: string): void;
}

export interface Pipeline {
  /** Closes the devices. */
  stop(): void;
  /** Raw frames that overload has cost so far, before the encoder. */
  framesDropped(): number;
}

export interface Surroundings {
  now(): Monotonic;
  /** Opens the devices. @throws Error where the line cannot be parsed. */
  startPipeline(launchLine: string, listener: PipelineListener): Pipeline;
  tell(message: FromRecorder): void;
  /** Tells the worker. */
  deadline(at: Monotonic): void;
  /** Ends the process once all that was told has gone out. */
  leave(): void;
}

const WATCH_EVERY_MS = 250;
/** Pictures lost to overload are told together, so that an hour of it does not fill the journal. */
const DROPS_EVERY_MS = 5000;

type State =
  | { readonly is: 'waiting' }
  | { readonly is: 'capturing'; readonly medium: Medium; readonly lease: Lease; readonly liveness: Liveness; readonly pipeline: Pipeline | undefined; readonly watch: NodeJS.Timeout }
  | { readonly is: 'ending' };

export class Capture {
  readonly #around: Surroundings;
  #state: State = { is: 'waiting' };
  #leaseTimer: NodeJS.Timeout | undefined;
  #seenMedia = false;
  #drops: { readonly told: number; readonly at: Monotonic } = { told: 0, at: -Infinity };

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Opens the devices under a lease from `requestedAt`, unless it is over already. */
  open(medium: Medium, requestedAt: Monotonic): void {
    if (this.#state.is !== 'waiting') return;
    const now = this.#around.now();
    const lease = new Lease(requestedAt, now);
    if (now >= lease.deadline) return this.#end('LEASE_ENDED', 'the lease was over before the devices were opened');
    this.#arm(lease);
    const watch = setInterval(() => this.#watch(), WATCH_EVERY_MS);
    this.#state = { is: 'capturing', medium, lease, liveness: new Liveness(now, medium.tracks), pipeline: undefined, watch };
    try {
      const pipeline = this.#around.startPipeline(medium.launchLine, {
        media: (bytes) => this.#media(bytes),
        mediaEnded: () => this.fail(this.#seenMedia ? 'SOURCE_STALLED' : 'SOURCE_MISSING', 'no more media'),
        level: (level) => this.#level(level),
        began: (track, atMs) => medium.began(track, atMs),
        error: (element, message) => this.fail(this.#faultOf(element), `${element}: ${message}`),
      });
      if (this.#state.is === 'capturing') this.#state = { ...this.#state, pipeline };
      else pipeline.stop();
    } catch (error) {
      this.fail('RECORDER_FAILED', String(error));
    }
  }

  /** Carries the lease on and lets go what it confirms. */
  confirm(requestedAt: Monotonic): void {
    if (this.#state.is !== 'capturing') return;
    const { lease, medium } = this.#state;
    if (!lease.renew(requestedAt, this.#around.now())) return this.#leaseOver();
    this.#arm(lease);
    medium.confirm(lease.confirmedAt);
  }

  /** @param requestedAt the last confirmed request: what came in before it is kept. */
  stop(requestedAt?: Monotonic): void {
    if (this.#state.is === 'capturing' && requestedAt !== undefined) this.#state.lease.renew(requestedAt, this.#around.now());
    this.#end();
  }

  fail(fault: FaultCode, evidence: string): void {
    if (this.#state.is !== 'ending') this.#end(fault, evidence);
  }

  #media(bytes: Buffer): void {
    if (this.#state.is !== 'capturing') return;
    const receivedAt = this.#around.now();
    try {
      this.#alive(this.#state.medium.take(bytes, receivedAt), receivedAt);
    } catch (error) {
      if (!(error instanceof MediaFormatError)) throw error;
      this.fail('RECORDER_FAILED', error.message);
    }
  }

  #level(level: Level): void {
    if (this.#state.is !== 'capturing') return;
    this.#around.tell({ kind: 'level', level });
    const at = this.#around.now();
    this.#alive(this.#state.medium.takeLevel(level, at), at);
  }

  #alive(advances: readonly Advance[], at: Monotonic): void {
    if (this.#state.is !== 'capturing') return;
    const { liveness, medium: { tracks: [leading] = SOURCE_NAMES } } = this.#state;
    for (const { track, stamp } of advances) liveness.seen(track, stamp, at);
    if (this.#seenMedia || !advances.some(({ track }) => track === leading)) return;
    this.#seenMedia = true;
    this.#around.tell({ kind: 'capturing' });
  }

  #watch(): void {
    if (this.#state.is !== 'capturing') return;
    const fault = this.#state.liveness.faultAt(this.#around.now());
    this.#tellDrops(this.#around.now() - DROPS_EVERY_MS);
    if (fault !== undefined) this.fail(fault, `time stamps of ${(this.#state.medium.tracks ?? SOURCE_NAMES).join(' or ')} do not advance`);
  }

  /** What overload has cost since it was last told, where that was before `toldBefore`. */
  #tellDrops(toldBefore: Monotonic): void {
    if (this.#state.is !== 'capturing') return;
    const dropped = this.#state.pipeline?.framesDropped() ?? 0;
    if (dropped === this.#drops.told || this.#drops.at > toldBefore) return;
    this.#around.tell({ kind: 'frames-dropped', frames: dropped - this.#drops.told });
    this.#drops = { told: dropped, at: this.#around.now() };
  }

  #faultOf(element: string): FaultCode {
    if (!SOURCE_NAMES.some((name) => name === element)) return 'RECORDER_FAILED';
    return this.#seenMedia ? 'SOURCE_STALLED' : 'SOURCE_MISSING';
  }

  #arm(lease: Lease): void {
    this.#around.deadline(lease.deadline);
    clearTimeout(this.#leaseTimer);
    this.#leaseTimer = setTimeout(() => this.#leaseOver(), Math.max(0, lease.deadline - this.#around.now()));
  }

  #leaseOver(): void {
    this.fail('LEASE_ENDED', 'the sign was not confirmed in time');
  }

  /**
   * Devices first, then the file. The pipeline is stopped, not drained: what an
   * end-of-stream would still bring is received after the last confirmed request, so it could never be kept.
   */
  #end(fault?: FaultCode, evidence = ''): void {
    if (this.#state.is === 'ending') return;
    this.#tellDrops(Infinity);
    const was = this.#state;
    this.#state = { is: 'ending' };
    clearTimeout(this.#leaseTimer);
    if (was.is === 'capturing') {
      clearInterval(was.watch);
      was.pipeline?.stop();
      was.medium.confirm(was.lease.confirmedAt);
    }
    if (fault !== undefined) this.#around.tell({ kind: 'failed', fault, evidence });
    const closed = was.is === 'capturing' ? was.medium.close() : Promise.resolve(undefined);
    void closed.catch(() => undefined).then((part) => {
      this.#around.tell({ kind: 'closed', ...(part === undefined ? {} : { part }) });
      this.#around.leave();
    });
  }
}
