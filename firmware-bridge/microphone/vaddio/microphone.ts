/**
 * A microphone on a Vaddio (Legrand) mixer or AV bridge, by its text interface.
 * It shows no LED, meters nothing and tells no faults on that interface.
 */
import { DeviceLost, DeviceRefused } from '../../serial/errors.js';
import { openLink } from '../../serial/link.js';
import type { MicrophoneDevice, Surroundings } from '../device.js';
import { keepMicrophone, type Dialect, type Gain } from '../keeping.js';
import { GET_HARDWARE_ADDRESS, getMute, getVolume, GREET, setMute, setVolume } from './commands.js';
import { createExchange } from './exchange.js';

export interface VaddioSettings {
  readonly kind: 'vaddio';
  readonly path: string;
  /** 38400 unless it was changed at the device. */
  readonly baudRate?: number | undefined;
  /** As the device names it: `line_in_1`; `master` for all. */
  readonly input: string;
  /** Hardware address (MAC) of the only device that is to be obeyed as our microphone; any, where it is not given. */
  readonly identity?: string | undefined;
}

const BAUD_RATE = 38_400;
/** The device does not tell its range, and no manual that we have states it: a cautious one. Inside it the device may still refuse, and what it reads back counts. */
const [LEAST_DB, MOST_DB, STEP_DB] = [-42, 6, 0.5];

/** @throws Error for an input that cannot be one. */
export function createVaddioMicrophone(settings: VaddioSettings, around: Surroundings): MicrophoneDevice {
  const { path, baudRate = BAUD_RATE, input, identity } = settings;
  const [mute, open, isMuted, volume] = [setMute(input, true), setMute(input, false), getMute(input), getVolume(input)];

  const link = openLink({ path, baudRate, timers: around.timers });
  const exchange = createExchange(link, around.timers, () => link.drop('the microphone spoke unasked, as one that was restarted'));

  async function hardwareAddress(signal: AbortSignal): Promise<string | null> {
    try {
      return await exchange.ask(GET_HARDWARE_ADDRESS, signal);
    } catch (error) {
      if (error instanceof DeviceRefused) return null;
      throw error;
    }
  }

  async function gain(signal: AbortSignal): Promise<Gain | undefined> {
    try {
      return {
        least: LEAST_DB, most: MOST_DB, step: STEP_DB, dB: await exchange.ask(volume, signal),
        async set(dB, during) {
          await exchange.ask(setVolume(input, dB), during);
          return exchange.ask(volume, during);
        },
      };
    } catch (error) {
      if (error instanceof DeviceRefused) return undefined;
      throw error;
    }
  }

  const dialect: Dialect = {
    async greet(signal) {
      const version = await exchange.ask(GREET, signal);
      const address = await hardwareAddress(signal);
      if (identity !== undefined && address !== identity.toUpperCase().replaceAll('-', ':')) {
        throw new DeviceLost(`a microphone with the hardware address ${address ?? 'unknown'} answers, and not ${identity}; check which cable is in which socket, or the settings`);
      }
      return `Vaddio ${address ?? version}`;
    },
    async mute(muted, signal) {
      await exchange.ask(muted ? mute : open, signal);
    },
    isMuted: (signal) => exchange.ask(isMuted, signal),
    learn: async (signal) => ({ gain: await gain(signal), light: undefined, level: undefined, faults: undefined }),
  };
  return keepMicrophone(link, dialect, around);
}
