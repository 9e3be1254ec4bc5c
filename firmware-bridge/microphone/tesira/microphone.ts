/**
 * A microphone array on a Biamp Tesira as the heart's Microphone: muted unless
 * it is wanted open, and proven so. The mute is the DSP's, at the microphone's block.
 */
import type { Microphone, MicrophoneState } from '../../../session/ports.js';
import { DeviceLost } from '../../serial/errors.js';
import { openLink } from '../../serial/link.js';
import type { Policy } from '../../serial/supervision.js';
import { createSupervisor, type Log, type SupervisedDevice } from '../../serial/supervisor.js';
import { systemTimers, type Timers } from '../../serial/timers.js';
import { getMute, GET_SERIAL_NUMBER, setMute, SET_VERBOSE, type MuteBlock } from './commands.js';
import { createExchange } from './exchange.js';

export interface TesiraMicrophoneOptions extends MuteBlock {
  readonly path: string;
  /** 115200 unless it was changed in Tesira software (Biamp, "RS-232"). */
  readonly baudRate?: number;
  /** The only device that is to be obeyed as our microphone; any, where it is not given. */
  readonly serialNumber?: string;
  readonly recheckMs?: number;
  readonly timers?: Timers;
  readonly log?: Log;
}

export interface TesiraMicrophone extends Microphone {
  close(): Promise<void>;
}

/**
 * Opens the line and keeps the microphone muted until it is wanted open.
 * @throws Error for an instance tag that cannot be one.
 */
export function createTesiraMicrophone(options: TesiraMicrophoneOptions): TesiraMicrophone {
  const { path, baudRate = 115_200, serialNumber, recheckMs = 10_000, timers = systemTimers, log = () => undefined } = options;
  const commands = { mute: setMute(options, true), open: setMute(options, false), isMuted: getMute(options) };

  const link = openLink({ path, baudRate, timers });
  let greeted = false;
  const exchange = createExchange(link, timers, () => {
    // Some answer the first words with it; later it means that the server was restarted.
    if (greeted) link.drop('the microphone was restarted and has forgotten us');
  });

  const device: SupervisedDevice<MicrophoneState> = {
    async greet(signal) {
      greeted = false;
      await exchange.ask(SET_VERBOSE, signal);
      const found = await exchange.ask(GET_SERIAL_NUMBER, signal);
      if (serialNumber !== undefined && found !== serialNumber) {
        throw new DeviceLost(`a microphone with the serial number ${found} answers, and not ${serialNumber}; check which cable is in which socket, or the settings`);
      }
      greeted = true;
      log(`microphone answers: serial number ${found}`);
    },
    async command(goal, signal) {
      await exchange.ask(goal === 'muted' ? commands.mute : commands.open, signal);
    },
    async read(signal) {
      return (await exchange.ask(commands.isMuted, signal)) ? 'muted' : 'open';
    },
  };

  return createSupervisor<MicrophoneState>({ link, device, policy: { ...POLICY, recheckMs }, firstWish: 'muted', timers, log });
}

const POLICY: Omit<Policy<MicrophoneState>, 'recheckMs'> = {
  safeFirst: () => 'muted',
  lostFault: 'MICROPHONE_LOST',
  astrayFault: (goal) => (goal === 'muted' ? 'MICROPHONE_NOT_MUTED' : undefined),
};
