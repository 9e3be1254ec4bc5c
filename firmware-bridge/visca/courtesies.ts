/** What a camera does for people besides turning: its tally lamp, and whether it listens to its handset. Unsupported is not an error. */
import { DeviceRefused } from '../serial/errors.js';
import type { Log } from '../serial/supervisor.js';
import { COMMANDS, type Command } from './commands.js';
import type { Exchange } from './exchange.js';
import type { Scene } from './eye.js';

export interface Courtesies {
  /** Nothing is known of a camera that was just connected. */
  forget(): void;
  tally(state: 'on' | 'off', signal: AbortSignal): Promise<void>;
  /** For lamps that go out by themselves. Call at least every 15 s. */
  keepTally(signal: AbortSignal): Promise<void>;
  handset(state: 'on' | 'off', signal: AbortSignal): Promise<void>;
}

export function createCourtesies(exchange: Exchange, scene: Scene, log: Log): Courtesies {
  let lamp: 'on' | 'off' | undefined;
  let heard: 'on' | 'off' | undefined;

  async function attempt(command: Command, signal: AbortSignal): Promise<void> {
    try {
      await exchange.command(command, signal);
    } catch (error) {
      if (!(error instanceof DeviceRefused)) throw error;
      log(error.message);
    }
  }

  return {
    forget: () => void (lamp = heard = undefined),
    async tally(state, signal) {
      const { tally } = scene.model;
      if (tally === 'none' || lamp === state) return;
      await attempt(tally === 'ptzoptics' ? (state === 'on' ? COMMANDS.ptzOpticsTallyOn : COMMANDS.ptzOpticsTallyOff) : state === 'on' ? COMMANDS.tallyOn : COMMANDS.tallyOff, signal);
      lamp = state;
    },
    async keepTally(signal) {
      if (scene.model.tally === 'sony-fading' && lamp === 'on') await attempt(COMMANDS.tallyOn, signal);
    },
    async handset(state, signal) {
      if (!scene.model.irLock || heard === state) return;
      await attempt(state === 'on' ? COMMANDS.handsetOn : COMMANDS.handsetOff, signal);
      heard = state;
    },
  };
}
