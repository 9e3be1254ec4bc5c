/**
 * One recording over as many files as it takes: where a part is full, the next
 * one begins at a fragment, with the same ftyp, binding and moov, and decode
 * times go on. Nothing that was added is left out between two.
 */
import type { Monotonic } from '../session/ports.js';
import type { Unit } from './hold-back.js';
import { PartWriter, type PartListener } from './part-writer.js';
import type { PartFigures, PartOrder } from './recorder-messages.js';
import { beginsWithSync } from './sync-sample.js';

/** From here on the next order is asked for: at 15 Mbit/s minutes before it is needed. */
const ASK_AT = 0.9;
/** So far beyond its limit a part may grow until a fragment comes that can be played without those before it. A second of media is a few MiB; 4 GiB are 100 MiB away. */
const OVER_BYTES = 64 * 1024 * 1024;

type Fragment = Extract<Unit, { kind: 'fragment' }>;

export interface RollListener extends PartListener {
  /** The part is nearly full: `goOnIn` the next one. Told once a part. */
  filling(): void;
  /** The part is whole and closed, not yet synced; what is told from now on is of the next. */
  rolled(figures: PartFigures): void;
}

interface Part {
  readonly order: PartOrder;
  readonly writer: PartWriter;
  isOver: boolean;
}

export class RollingWriter {
  readonly #listener: RollListener;
  readonly #now: () => Monotonic;
  #part: Part;
  #init: Unit | undefined;
  #next: PartOrder | undefined;
  #asked = false;
  #hasPicture = false;
  /** The part before is closed, and that was told. */
  #before: Promise<void> = Promise.resolve();
  #broken = false;

  constructor(order: PartOrder, listener: RollListener, now: () => Monotonic) {
    this.#listener = listener;
    this.#now = now;
    this.#part = this.#begin(order);
  }

  /** Where the recording goes on. Where this comes too late, the part grows beyond its limit: better a long file than a gap. */
  goOnIn(order: PartOrder): void {
    this.#next = order;
  }

  /** Takes confirmed media. */
  add(units: readonly Unit[]): void {
    for (const unit of units) {
      if (unit.kind === 'init') this.#init = unit;
      else this.#makeRoom(unit);
      this.#part.writer.add([unit]);
    }
  }

  /** To be called every SYNC_EVERY_MS. @param padAfterMs as PartWriter takes it. */
  sync(padAfterMs?: number): Promise<void> {
    return this.#part.writer.sync(padAfterMs);
  }

  /** @returns the figures of the last part; undefined where it has no file, and after a failure. */
  async close(): Promise<PartFigures | undefined> {
    const figures = await this.#part.writer.close();
    await this.#before;
    return this.#broken ? undefined : figures;
  }

  #makeRoom(unit: Fragment): void {
    if (unit.times.picture !== undefined) this.#hasPicture = true;
    const { writer, order: { limit } } = this.#part;
    const filled = writer.sealedAtMost(unit.bytes.length);
    if (!this.#asked && filled > limit * ASK_AT) {
      this.#asked = true;
      this.#listener.filling();
    }
    if (filled <= limit || this.#next === undefined || this.#init === undefined) return;
    const playsFromHere = !this.#hasPicture || (unit.times.picture !== undefined && beginsWithSync(unit.bytes));
    if (playsFromHere || filled > limit + OVER_BYTES) this.#roll(this.#next, this.#init);
  }

  #roll(next: PartOrder, init: Unit): void {
    const full = this.#part;
    this.#before = Promise.all([full.writer.close(), this.#before]).then(([figures]) => {
      full.isOver = true;
      if (figures === undefined) this.#broken = true;
      else this.#listener.rolled(figures);
    });
    this.#next = undefined;
    this.#asked = false;
    this.#part = this.#begin(next);
    this.#part.writer.add([init]);
  }

  /** Records of a part are told after the end of the one before, and none after its own. */
  #begin(order: PartOrder): Part {
    const before = this.#before;
    const tell = (news: () => void): void => void before.then(() => { if (!this.#broken && !part.isOver) news(); });
    const writer = new PartWriter(order, {
      created: (header) => tell(() => this.#listener.created(header)),
      checkpoint: (checkpoint) => tell(() => this.#listener.checkpoint(checkpoint)),
      storage: (slow) => this.#listener.storage(slow),
      failed: (evidence) => this.#listener.failed(evidence),
    }, this.#now);
    const part: Part = { order, writer, isOver: false };
    return part;
  }
}
