/** A virtual microphone on its own line, and the driver that keeps it: for tests of the two together. */
import { join } from 'node:path';
import type { Test } from 'tap';
import { createMicrophone, type MicrophoneDevice, type MicrophoneSettings } from '../../firmware-bridge/microphone/device.js';
import type { MicrophoneCommand, MicrophoneEvent, MicrophoneOptions, MicrophoneSnapshot } from '../../hardware/virtual/microphone/contract.js';
import { openMicrophone } from '../../hardware/virtual/microphone/microphone.js';
import type { Verified } from '../../session/ports.js';
import { shortFolder } from '../hardware/virtual-host.js';

export interface RoomMicrophone {
  readonly driver: MicrophoneDevice;
  readonly log: readonly string[];
  readonly events: readonly MicrophoneEvent[];
  /** All that the heart was told, in its order: `verified muted`, or the fault's code. */
  readonly told: readonly string[];
  do(command: MicrophoneCommand): Promise<void>;
  snapshot(): Promise<MicrophoneSnapshot>;
  /** Resolves when `words` were told, now or after this call, behind what was waited for before. @throws Error after 5 s. */
  until(words: string): Promise<void>;
  /** Resolves when the device has heard `times` more commands. @throws Error after 5 s. */
  hears(times: number): Promise<void>;
}

type Settings<S = MicrophoneSettings> = S extends unknown ? Omit<S, 'path' | 'baudRate'> : never;

export async function roomMicrophone(t: Test, settings: Settings, options: Partial<MicrophoneOptions> = {}, recheckMs = 100): Promise<RoomMicrophone> {
  const { folder, gone } = shortFolder();
  const [events, log, told]: [MicrophoneEvent[], string[], string[]] = [[], [], []];
  const path = join(folder, 'line');
  let seen = 0;
  let wake = (): void => undefined;
  const device = await openMicrophone({ ptyPath: path, socketPath: join(folder, 'sound'), channels: 1, baudRate: 115_200, answerMs: 1, ...options }, (event) => {
    events.push(event);
    wake();
  });
  const driver = createMicrophone({ ...settings, path, baudRate: 115_200 }, { recheckMs, log: (sentence) => log.push(sentence) });
  driver.onVerified((verified) => {
    told.push(inWords(verified));
    wake();
  });
  const heard = (): number => events.filter(({ what }) => what === 'heard').length;

  async function come(isSo: () => boolean, instead: () => string): Promise<void> {
    const deadline = AbortSignal.timeout(5000);
    while (!isSo()) {
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        deadline.addEventListener('abort', () => reject(new Error(`5 s are over: ${instead()}`)), { once: true });
      });
    }
  }

  t.teardown(async () => {
    await driver.close();
    await device.close();
    gone();
  });
  return {
    driver, log, events, told,
    do: (command) => device.command(command),
    snapshot: () => device.snapshot(),
    hears(times) {
      const already = heard();
      return come(() => heard() >= already + times, () => `the device heard only ${heard() - already} commands`);
    },
    until(words) {
      return come(
        () => {
          const at = told.indexOf(words, seen);
          if (at !== -1) seen = at + 1;
          return at !== -1;
        },
        () => `not told "${words}", but: ${told.slice(seen).join(', ')}; log: ${log.join(' | ')}`,
      );
    },
  };
}

const inWords = (verified: Verified<string>): string => (verified.kind === 'verified' ? `verified ${verified.value}` : verified.fault ?? 'unverified');
