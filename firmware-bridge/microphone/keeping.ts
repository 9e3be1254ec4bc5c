/**
 * Joins a vendor's dialect to the supervisor: what is the same for every
 * microphone, whoever made it.
 */
import type { MicrophoneState } from '../../session/ports.js';
import { DeviceLost, DeviceRefused } from '../serial/errors.js';
import type { Link } from '../serial/link.js';
import type { Policy } from '../serial/supervision.js';
import { createSupervisor, type SupervisedDevice } from '../serial/supervisor.js';
import type { MicrophoneDevice, Surroundings } from './device.js';

/** Each function stops at the signal's abort, and throws DeviceLost or DeviceRefused. */
export interface Dialect {
  /** Who is there, in a few words. Changes nothing in the room. */
  greet(signal: AbortSignal): Promise<string>;
  mute(muted: boolean, signal: AbortSignal): Promise<void>;
  isMuted(signal: AbortSignal): Promise<boolean>;
  /** What it can do besides; asked once a connection, when it is known to be muted. */
  learn(signal: AbortSignal): Promise<Skills>;
}

/** What is undefined it cannot do. */
export interface Skills {
  readonly gain: Gain | undefined;
  /** Shows at the microphone whether it is muted. */
  readonly light: ((muted: boolean, signal: AbortSignal) => Promise<void>) | undefined;
  readonly level: ((signal: AbortSignal) => Promise<number>) | undefined;
  readonly faults: ((signal: AbortSignal) => Promise<readonly string[]>) | undefined;
}

export interface Gain {
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** When it was asked, dB. */
  readonly dB: number;
  /** Sets and reads back. */
  set(dB: number, signal: AbortSignal): Promise<number>;
}

export interface KeptMicrophone extends MicrophoneDevice {
  /** The device told that its mute changed. */
  lookAgain(): void;
}

const POLICY: Omit<Policy<MicrophoneState>, 'recheckMs'> = {
  safeFirst: () => 'muted',
  lostFault: 'MICROPHONE_LOST',
  astrayFault: (goal) => (goal === 'muted' ? 'MICROPHONE_NOT_MUTED' : undefined),
  // Whoever muted it meant it: it is not opened behind their back.
  byHandFault: (wish, found) => (wish === 'open' && found === 'muted' ? 'MICROPHONE_MUTED_BY_HAND' : undefined),
};

/** Call after the dialect's own exchange has subscribed to the link. */
export function keepMicrophone(link: Link, dialect: Dialect, { recheckMs, timers, log }: Surroundings): KeptMicrophone {
  const listeners: ((known: MicrophoneDevice['known']) => void)[] = [];
  let identity = '';
  let skills: Skills | undefined;
  let known: MicrophoneDevice['known'];
  /** What its LED was last told to show on this connection. */
  let shown: MicrophoneState | undefined;

  function know(next: MicrophoneDevice['known']): void {
    if (next === known) return;
    known = next;
    for (const listener of listeners) listener(known);
  }

  /** One without its LED is a microphone all the same. */
  async function show(state: MicrophoneState, signal: AbortSignal): Promise<void> {
    if (skills?.light === undefined || shown === state) return;
    try {
      await skills.light(state === 'muted', signal);
    } catch (error) {
      if (!(error instanceof DeviceRefused)) throw error;
      log(error.message);
    }
    shown = state;
  }

  async function learn(signal: AbortSignal): Promise<void> {
    skills = await dialect.learn(signal);
    const { gain, light, level, faults } = skills;
    know({
      identity,
      can: { gain: gain === undefined ? null : { least: gain.least, most: gain.most, step: gain.step }, led: light !== undefined, level: level !== undefined, faults: faults !== undefined },
      gainDb: gain?.dB ?? null,
    });
  }

  const device: SupervisedDevice<MicrophoneState> = {
    async greet(signal) {
      [skills, shown] = [undefined, undefined];
      identity = await dialect.greet(signal);
      log(`microphone answers: ${identity}`);
    },
    async command(goal, signal) {
      // Said before it is so: the LED never shows "muted" on an open microphone.
      if (goal === 'open') await show('open', signal);
      await dialect.mute(goal === 'muted', signal);
    },
    async read(signal) {
      const state = (await dialect.isMuted(signal)) ? 'muted' : 'open';
      if (skills === undefined && state === 'muted') await learn(signal);
      await show(state, signal);
      return state;
    },
  };

  link.onState(({ kind }) => {
    if (kind !== 'lost' && kind !== 'closed') return;
    skills = undefined;
    know(undefined);
  });
  const supervisor = createSupervisor<MicrophoneState>({ link, device, policy: { ...POLICY, recheckMs }, firstWish: 'muted', timers, log });

  /** Between the supervisor's own words; `cannot` is what is said where there is no such skill. */
  async function use<T>(cannot: string, skill: (has: Skills) => ((signal: AbortSignal) => Promise<T>) | undefined): Promise<T> {
    if (skills === undefined) throw new DeviceLost('the microphone does not answer, or is not muted yet; check its power and its control cable');
    const work = skill(skills);
    if (work === undefined) throw new DeviceRefused(cannot);
    try {
      return await work(new AbortController().signal);
    } catch (error) {
      // Out of step with us: the supervisor begins the line anew.
      if (error instanceof DeviceLost) link.drop(error.message);
      throw error;
    }
  }

  return {
    want: (state) => supervisor.want(state),
    onVerified: (listener) => supervisor.onVerified(listener),
    lookAgain: () => supervisor.lookAgain(),
    get known() {
      return known;
    },
    onKnown: (listener) => void listeners.push(listener),
    async setGain(dB) {
      const told = await use('the gain of this microphone can only be set at the device itself', ({ gain }) => gain && ((signal) => setWithin(gain, dB, signal)));
      if (known !== undefined) know({ ...known, gainDb: told });
      return told;
    },
    level: () => use('this microphone does not tell its level; name a meter block in the settings if it has one', ({ level }) => level),
    faults: () => use('this microphone does not tell its faults', ({ faults }) => faults),
    close: () => supervisor.close(),
  };
}

async function setWithin(gain: Gain, dB: number, signal: AbortSignal): Promise<number> {
  if (!(dB >= gain.least && dB <= gain.most)) throw new DeviceRefused(`the gain of this microphone goes from ${gain.least} to ${gain.most} dB, and ${dB} is outside`);
  return gain.set(dB, signal);
}
