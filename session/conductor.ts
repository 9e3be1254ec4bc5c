/**
 * The loop around the machine: event → step → effects → publish. One queue, and
 * the only place where effects run. It hands out the beats: a token leaves here
 * only after the queue has moved, so a service that hangs stops the beats, and
 * with them the lease and the sign.
 */
import type { Effect } from './effects.js';
import type { Event, Request } from './events.js';
import { boot, deadlineOf, step } from './machine.js';
import type { Camera, Clock, FaultCode, Microphone, Recorder, Sign, Vault } from './ports.js';
import type { State } from './state.js';
import { sameJson } from './troubles.js';
import { wishesOf } from './wishes.js';

/** The board’s beat, and so the grain of "confirmed": every 250 ms (PROTOCOL.md, Timing). */
export const BEAT_MS = 250;

export interface House {
  readonly clock: Clock;
  readonly sign: Sign;
  readonly camera: Camera;
  readonly microphone: Microphone;
  readonly recorder: Recorder;
  readonly vault: Vault;
  /** What failed inside a session: for its owner's log, never for the device log (P2.7). */
  readonly log: (line: string, evidence?: unknown) => void;
}

export interface Published {
  readonly state: State;
  /** Why the last capture or start ended, until the next one begins. */
  readonly told: FaultCode | null;
}

type Unstamped<E> = E extends unknown ? Omit<E, 'at'> : never;

export class Conductor {
  readonly #house: House;
  readonly #listeners = new Set<(published: Published) => void>();
  readonly #queue: Event[] = [];
  readonly #gone: Promise<void>;
  #resolveGone!: () => void;
  #state: State;
  #told: FaultCode | null = null;
  #running = false;
  #cancelDeadline: () => void = () => undefined;
  #cancelBeat: () => void = () => undefined;

  constructor(house: House) {
    this.#house = house;
    this.#gone = new Promise((resolve) => { this.#resolveGone = resolve; });
    const { state, effects } = boot(house.clock.now());
    this.#state = state;
    house.sign.onReport((report) => this.#post({ type: 'sign', report }));
    house.camera.onVerified((pose) => this.#post({ type: 'camera', pose }));
    house.microphone.onVerified((verified) => this.#post({ type: 'microphone', state: verified }));
    house.recorder.onEvent((event) => this.#post({ type: 'recorder', event }));
    for (const effect of effects) this.#run(effect);
    this.#beat();
  }

  get published(): Published {
    return { state: this.#state, told: this.#told };
  }

  /** Takes what a person asked for; what became of it is in `published` when this returns. */
  request(request: Request): Published {
    this.#post({ type: 'request', request });
    return this.published;
  }

  /** @returns how to stop listening. */
  onChange(listener: (published: Published) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Closes everything in the order of a Stop; resolved when the machine is gone. */
  async shutDown(): Promise<void> {
    this.request({ kind: 'shut-down' });
    await this.#gone;
    this.#cancelBeat();
    this.#cancelDeadline();
  }

  #beat(): void {
    this.#cancelBeat = this.#house.clock.after(BEAT_MS, () => {
      this.#post({ type: 'tick' });
      this.#handOutToken();
      this.#beat();
    });
  }

  #handOutToken(): void {
    this.#house.sign.beat({ issuedAt: this.#house.clock.now(), wish: wishesOf(this.#state.phase).sign });
  }

  /** Puts an event into the queue and works the queue off, unless that is being done already. */
  #post(event: Unstamped<Event>): void {
    this.#queue.push({ ...event, at: this.#house.clock.now() });
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#take(next);
    } finally {
      this.#running = false;
    }
    this.#awaitDeadline();
  }

  #take(event: Event): void {
    const before = this.#state;
    const { state, effects } = step(before, event);
    this.#state = state;
    if (begins(before, state)) this.#told = null;
    for (const effect of effects) this.#run(effect);
    if (!sameJson(wishesOf(before.phase).sign, wishesOf(state.phase).sign)) this.#handOutToken();
    if (!sameJson(before, state) || effects.length > 0) for (const listener of this.#listeners) listener(this.published);
    if (state.phase.kind === 'gone') this.#resolveGone();
  }

  #run(effect: Effect): void {
    const { camera, microphone, recorder, vault, log } = this.#house;
    switch (effect.do) {
      case 'camera': return camera.want(effect.want);
      case 'microphone': return microphone.want(effect.want);
      case 'recorder.prepare': return recorder.prepare(effect.job);
      case 'recorder.open': return recorder.open(effect.requestedAt);
      case 'recorder.confirm': return recorder.confirm(effect.requestedAt);
      case 'recorder.stop': return recorder.stop();
      case 'vault.begin':
        vault.begin(effect.plan).then(
          () => this.#post({ type: 'vault', begun: true }),
          (error: unknown) => { log('the session could not be begun', error); this.#post({ type: 'vault', begun: false }); },
        );
        return;
      case 'vault.end':
        vault.end().catch((error: unknown) => log('the end record could not be written', error));
        return;
      case 'tell':
        this.#told = effect.fault;
    }
  }

  #awaitDeadline(): void {
    this.#cancelDeadline();
    const now = this.#house.clock.now();
    const deadline = deadlineOf(this.#state, now);
    if (deadline === null) return;
    const wait = Math.max(1, deadline - now);
    this.#cancelDeadline = this.#house.clock.after(wait, () => this.#post({ type: 'tick' }));
  }
}

/** A new try begins: what ended the last one need no longer be said. */
const begins = (before: State, after: State): boolean =>
  before.phase.kind !== after.phase.kind && (after.phase.kind === 'announcing' || after.phase.kind === 'framing' || (after.phase.kind === 'waking' && before.phase.kind === 'idle'));
