/** Runs the rules of `supervision.ts` over a link: the same for every device that is wanted in some state. */
import { isDeepStrictEqual } from 'node:util';
import type { Verified } from '../../session/ports.js';
import { DeviceLost, DeviceRefused } from './errors.js';
import type { Link } from './link.js';
import { supervise, type Policy, type Supervision, type SupervisionEffect, type SupervisionEvent } from './supervision.js';
import type { Timers } from './timers.js';

/**
 * A kind of device, in the words of its own protocol. Each function stops at
 * the signal's abort, and throws DeviceLost or DeviceRefused where the device
 * does not answer or does not do.
 */
export interface SupervisedDevice<T> {
  /** First words on a fresh connection: who is there, and are we understood. Changes nothing in the room. */
  greet(signal: AbortSignal): Promise<void>;
  command(goal: T, signal: AbortSignal): Promise<void>;
  /** What the device itself says; undefined where it is in none of the states. */
  read(signal: AbortSignal): Promise<T | undefined>;
}

/** For the technician's log: sentences with their evidence. */
export type Log = (sentence: string) => void;

export interface Supervisor<T> {
  want(wish: T): void;
  /** What the wish means has changed: it is reached and read back anew. */
  meantAnew(): void;
  /** The device told by itself that it changed: it is read back now rather than in a while. */
  lookAgain(): void;
  /** Each read-back that is as wanted, and each loss of certainty. */
  onVerified(listener: (verified: Verified<T>) => void): void;
  /** Lets go of device and line; what the device does stays as it is. */
  close(): Promise<void>;
}

export interface SupervisorOptions<T> {
  readonly link: Link;
  readonly device: SupervisedDevice<T>;
  readonly policy: Policy<T>;
  /** What is wanted before anyone has said so: the safe state. */
  readonly firstWish: T;
  readonly timers: Timers;
  readonly log: Log;
}

/**
 * Call after the device's own exchange has subscribed to the link: the
 * exchange must know of an opening before the first word is sent on it.
 */
export function createSupervisor<T>({ link, device, policy, firstWish, timers, log }: SupervisorOptions<T>): Supervisor<T> {
  const listeners: ((verified: Verified<T>) => void)[] = [];
  let state: Supervision<T> = { kind: 'lost', wish: firstWish };
  let told: Verified<T> | undefined;
  /** An unplugged device is lost again at each attempt to open its line; the log needs it once. */
  let lastLoss: string | undefined;
  let work = new AbortController();
  let cancelWake = (): void => undefined;

  function happen(event: SupervisionEvent<T>): void {
    const step = supervise(policy, state, event);
    state = step.state;
    for (const effect of step.effects) run(effect);
  }

  function run(effect: SupervisionEffect<T>): void {
    switch (effect.kind) {
      case 'tell':
        return tell(effect.verified);
      case 'attempt':
        return start(async (signal) => {
          await device.command(effect.goal, signal);
          return device.read(signal);
        });
      case 'check':
        return start((signal) => device.read(signal));
      case 'abandon':
        return stop();
      case 'wake':
        cancelWake = timers.after(effect.inMs, () => happen({ kind: 'due' }));
        return;
    }
  }

  /** Does one thing in place of what was under way; hears its end only if nothing took its place. */
  function start(job: (signal: AbortSignal) => Promise<T | undefined>): void {
    stop();
    const { signal } = work;
    job(signal).then(
      (value) => signal.aborted || happen({ kind: 'read', value }),
      (error: unknown) => signal.aborted || fail(error),
    );
  }

  function stop(): void {
    work.abort();
    work = new AbortController();
    cancelWake();
  }

  function fail(error: unknown): void {
    if (error instanceof DeviceRefused) {
      log(error.message);
      happen({ kind: 'failed' });
    } else link.drop((error as Error).message);
  }

  function tell(verified: Verified<T>): void {
    const news = verified.kind === 'verified' || !isDeepStrictEqual(verified, told);
    told = verified;
    if (news) for (const listener of listeners) listener(verified);
  }

  /** Whoever cannot be greeted is not the device that we know, whatever it answers. */
  function greet(): void {
    stop();
    const { signal } = work;
    device.greet(signal).then(
      () => signal.aborted || happen({ kind: 'connected' }),
      (error: unknown) => signal.aborted || fail(error instanceof DeviceRefused ? new DeviceLost(error.message, { cause: error }) : error),
    );
  }

  link.onState((line) => {
    switch (line.kind) {
      case 'opening':
        return;
      case 'open':
        return greet();
      case 'lost':
        if (line.why !== lastLoss) log(line.why);
        lastLoss = line.why;
        return happen({ kind: 'lost' });
      case 'closed':
        return stop();
    }
  });

  return {
    want: (wish) => happen({ kind: 'wished', wish }),
    meantAnew: () => happen({ kind: 'meant-anew' }),
    lookAgain: () => happen({ kind: 'stirred' }),
    onVerified: (listener) => void listeners.push(listener),
    close() {
      stop();
      return link.close();
    },
  };
}
