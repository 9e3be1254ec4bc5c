/** The microphone of a room, whichever vendor made it: muted unless it is wanted open, and proven so. */
import type { Microphone } from '../../session/ports.js';
import type { Log } from '../serial/supervisor.js';
import { systemTimers, type Timers } from '../serial/timers.js';
import { createTesiraMicrophone, type TesiraSettings } from './tesira/microphone.js';
import { createVaddioMicrophone, type VaddioSettings } from './vaddio/microphone.js';

/** What a device can do besides being muted. */
export interface MicrophoneAbilities {
  /** dB. */
  readonly gain: { readonly least: number; readonly most: number; readonly step: number } | null;
  /** Shows at the microphone whether it is muted; nobody has to set it. */
  readonly led: boolean;
  readonly level: boolean;
  readonly faults: boolean;
}

export interface MicrophoneDevice extends Microphone {
  /** Undefined while it is lost, or not yet secured and asked. */
  readonly known: { readonly identity: string; readonly can: MicrophoneAbilities; readonly gainDb: number | null } | undefined;
  onKnown(listener: (known: MicrophoneDevice['known']) => void): void;
  /** Sets and reads back. @returns the gain that the device then tells, dB. @throws DeviceLost, DeviceRefused */
  setGain(dB: number): Promise<number>;
  /** dBFS as the device meters it. @throws DeviceLost, DeviceRefused */
  level(): Promise<number>;
  /** In the device's own words; empty where all is well. @throws DeviceLost, DeviceRefused */
  faults(): Promise<readonly string[]>;
  /** Lets go of the line; the microphone stays as it is. */
  close(): Promise<void>;
}

export type MicrophoneSettings = TesiraSettings | VaddioSettings;

/** What every adapter is given besides its settings. */
export interface Surroundings {
  /** How often it is read back while nothing happens. */
  readonly recheckMs: number;
  readonly timers: Timers;
  readonly log: Log;
}

const RECHECK_MS = 10_000;

/**
 * Opens the line and keeps the microphone muted until it is wanted open.
 * @throws Error for a name in the settings that no device of that kind can have.
 */
export function createMicrophone(settings: MicrophoneSettings, { recheckMs = RECHECK_MS, timers = systemTimers, log = () => undefined }: Partial<Surroundings> = {}): MicrophoneDevice {
  const around = { recheckMs, timers, log };
  return settings.kind === 'vaddio' ? createVaddioMicrophone(settings, around) : createTesiraMicrophone(settings, around);
}
