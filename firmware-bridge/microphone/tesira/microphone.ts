/**
 * A microphone array on a Biamp Tesira. The mute is the DSP's, at the
 * microphone's block; LED and meter are blocks of their own in its program.
 */
import { DeviceLost, DeviceRefused } from '../../serial/errors.js';
import { openLink } from '../../serial/link.js';
import type { MicrophoneDevice, Surroundings } from '../device.js';
import { keepMicrophone, type Dialect, type Gain, type KeptMicrophone } from '../keeping.js';
import {
  GET_FAULTS, GET_SERIAL_NUMBER, getLeastLevel, getLevel, getMeter, getMostLevel, getMute, getState, setLevel, setMute, setState, SET_VERBOSE, subscribeMute,
  type Block, type Command, type MuteBlock,
} from './commands.js';
import { isSubscribedAlready } from './complaints.js';
import { createExchange } from './exchange.js';

export interface TesiraSettings extends MuteBlock {
  readonly kind?: 'tesira' | undefined;
  readonly path: string;
  /** 115200 unless it was changed in Tesira software (Biamp, "RS-232"). */
  readonly baudRate: number;
  /** The only device that is to be obeyed as our microphone; any, where it is not given. */
  readonly serialNumber?: string | undefined;
  /** Tag of a Logic State block whose first channel is wired to the array's mute LED: true shows "muted". */
  readonly led?: string | undefined;
  /** Tag of an Audio Meter block whose first channel meters the array. */
  readonly meter?: string | undefined;
}

/** Our name for the news of the mute. */
const TOKEN = 'lamplight';
/** A person who mutes it sees within a moment that it was noticed. */
const NEWS_EVERY_MS = 200;
/** A Tesira takes fractions of a dB; finer than this nobody hears. */
const GAIN_STEP_DB = 0.5;

/** @throws Error for an instance tag that cannot be one. */
export function createTesiraMicrophone(settings: TesiraSettings, around: Surroundings): MicrophoneDevice {
  const { path, baudRate, serialNumber, led, meter } = settings;
  const block: MuteBlock = { tag: settings.tag, channel: settings.channel };
  const [mute, open, isMuted] = [setMute(block, true), setMute(block, false), getMute(block)];
  const blocks = { led: led === undefined ? undefined : ledOf(led), meter: meter === undefined ? undefined : getMeter({ tag: meter, channel: 1 }) };

  const link = openLink({ path, baudRate, timers: around.timers });
  let greeted = false;
  let lastMute: boolean | undefined;
  const exchange = createExchange(link, around.timers, {
    onBanner() {
      // Some answer the first words with it; later it means that the server was restarted.
      if (greeted) link.drop('the microphone was restarted and has forgotten us');
    },
    onNews({ token, value }) {
      if (token === TOKEN && value !== lastMute) microphone.lookAgain();
    },
  });

  /** Undefined where the device refuses, which `tell` is told. */
  async function ifAny<T>(command: Command<T>, signal: AbortSignal, tell: (why: string) => void = () => undefined): Promise<T | undefined> {
    try {
      return await exchange.ask(command, signal);
    } catch (error) {
      if (!(error instanceof DeviceRefused)) throw error;
      tell(error.message);
      return undefined;
    }
  }

  async function gain(signal: AbortSignal): Promise<Gain | undefined> {
    const dB = await ifAny(getLevel(block), signal);
    if (dB === undefined) return undefined;
    const least = await ifAny(getLeastLevel(block), signal);
    const most = await ifAny(getMostLevel(block), signal);
    if (least === undefined || most === undefined) return undefined;
    return {
      least, most, dB, step: GAIN_STEP_DB,
      async set(wanted, during) {
        await exchange.ask(setLevel(block, wanted), during);
        return exchange.ask(getLevel(block), during);
      },
    };
  }

  const dialect: Dialect = {
    async greet(signal) {
      greeted = false;
      await exchange.ask(SET_VERBOSE, signal);
      const found = await exchange.ask(GET_SERIAL_NUMBER, signal);
      if (serialNumber !== undefined && found !== serialNumber) {
        throw new DeviceLost(`a microphone with the serial number ${found} answers, and not ${serialNumber}; check which cable is in which socket, or the settings`);
      }
      greeted = true;
      return `Tesira ${found}`;
    },
    async mute(muted, signal) {
      await exchange.ask(muted ? mute : open, signal);
    },
    async isMuted(signal) {
      return (lastMute = await exchange.ask(isMuted, signal));
    },
    async learn(signal) {
      await ifAny(subscribeMute(block, TOKEN, NEWS_EVERY_MS), signal, (why) => isSubscribedAlready(why) || around.log(why));
      const { led: light, meter: metered } = blocks;
      return {
        gain: await gain(signal),
        faults: (await ifAny(GET_FAULTS, signal)) === undefined ? undefined : (during) => exchange.ask(GET_FAULTS, during),
        light: light === undefined || (await ifAny(light.get, signal, around.log)) === undefined ? undefined : async (muted, during) => { await exchange.ask(light.set(muted), during); },
        level: metered === undefined || (await ifAny(metered, signal, around.log)) === undefined ? undefined : (during) => exchange.ask(metered, during),
      };
    },
  };
  const microphone: KeptMicrophone = keepMicrophone(link, dialect, around);
  return microphone;
}

function ledOf(tag: string): { readonly get: Command<boolean>; readonly set: (muted: boolean) => Command<true> } {
  const block: Block = { tag, channel: 1 };
  return { get: getState(block), set: (muted) => setState(block, muted) };
}
