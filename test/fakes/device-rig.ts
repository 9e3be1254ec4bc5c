/** The camera's and the microphone's adapters against the virtual devices in this process: quick mechanics, real lines, real time unless another is given. */
import { join } from 'node:path';
import type { MicrophoneDevice } from '../../firmware-bridge/microphone/device.js';
import { createTesiraMicrophone } from '../../firmware-bridge/microphone/tesira/microphone.js';
import { systemTimers, type Timers } from '../../firmware-bridge/serial/timers.js';
import { createViscaCamera, type ViscaCamera } from '../../firmware-bridge/visca/camera.js';
import { openCamera } from '../../hardware/virtual/camera/camera.js';
import type { CameraCommand, CameraEvent, CameraOptions, CameraSnapshot } from '../../hardware/virtual/camera/contract.js';
import type { MicrophoneCommand, MicrophoneEvent, MicrophoneOptions, MicrophoneSnapshot } from '../../hardware/virtual/microphone/contract.js';
import { openMicrophone } from '../../hardware/virtual/microphone/microphone.js';
import type { CameraPose, MicrophoneState, Verified } from '../../session/ports.js';
import { shortFolder } from '../hardware/virtual-host.js';

/** Camera steps: five degrees apart, so that a turn takes a moment and is one (SRG-300H: 51.2 steps a degree). */
export const PARKING = { pan: 512, tilt: 0 };
export const VIEW = { kind: 'position', pan: 256, tilt: 0 } as const;

/** One device with what drives it, and what each has told. */
export interface Half<Wish, Command, Event, Snapshot, Driver> {
  readonly driver: Driver;
  readonly device: { command(command: Command): Promise<void>; snapshot(): Promise<Snapshot> };
  /** All that the device told since the rig was set up, or since it was emptied. */
  readonly events: Event[];
  readonly log: readonly string[];
  /** What the driver told last. */
  readonly told: Verified<Wish> | undefined;
  /** Wants it, and resolves once it is verified. @throws Error with the last of the log, when it is not by then. */
  reach(wish: Wish, withinMs: number): Promise<void>;
}
export type CameraHalf = Half<CameraPose, CameraCommand, CameraEvent, CameraSnapshot, ViscaCamera>;
export type MicrophoneHalf = Half<MicrophoneState, MicrophoneCommand, MicrophoneEvent, MicrophoneSnapshot, MicrophoneDevice>;

export interface Rig {
  readonly camera: CameraHalf;
  readonly microphone: MicrophoneHalf;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly timers?: Timers;
  readonly camera?: Partial<CameraOptions>;
  readonly microphone?: Partial<MicrophoneOptions>;
  readonly recheckMs?: number;
  /** Default PARKING. */
  readonly parking?: typeof PARKING;
}

/** @throws Error where socat is missing. */
export async function deviceRig({ timers = systemTimers, recheckMs = 300, parking = PARKING, ...options }: RigOptions = {}): Promise<Rig> {
  const { folder, gone } = shortFolder();
  const [cameraPath, microphonePath] = [join(folder, 'camera'), join(folder, 'microphone')];
  const [seen, heard]: [CameraEvent[], MicrophoneEvent[]] = [[], []];
  const [cameraLog, microphoneLog]: [string[], string[]] = [[], []];
  const cameraOptions = { baudRate: 115_200, answerMs: 1, wakeMs: 20, ...options.camera };
  const microphoneOptions = { baudRate: 115_200, answerMs: 1, ...options.microphone };
  const camera = await openCamera({ ptyPath: cameraPath, socketPath: join(folder, 'picture'), width: 640, height: 360, framesPerSecond: 1, ...cameraOptions }, (event) => seen.push(event));
  const microphone = await openMicrophone({ ptyPath: microphonePath, socketPath: join(folder, 'sound'), channels: 1, ...microphoneOptions }, (event) => heard.push(event));
  const cameraDriver = createViscaCamera({ path: cameraPath, baudRate: cameraOptions.baudRate, parking, view: VIEW, recheckMs, timers, log: keepLast(cameraLog) });
  const microphoneDriver = createTesiraMicrophone({ path: microphonePath, baudRate: microphoneOptions.baudRate, tag: 'Mic1', channel: 1 }, { recheckMs, timers, log: keepLast(microphoneLog) });
  return {
    camera: { driver: cameraDriver, device: camera, events: seen, log: cameraLog, ...watched<CameraPose>(cameraDriver, cameraLog) },
    microphone: { driver: microphoneDriver, device: microphone, events: heard, log: microphoneLog, ...watched<MicrophoneState>(microphoneDriver, microphoneLog) },
    async close() {
      await Promise.all([cameraDriver.close(), microphoneDriver.close()]);
      await Promise.all([camera.close(), microphone.close()]);
      gone();
    },
  };
}

const LOG_LINES = 20;
const keepLast = (lines: string[]) => (sentence: string): void => {
  lines.push(sentence);
  lines.splice(0, lines.length - LOG_LINES);
};

/** One listener for the whole life of the rig, so that a driver's own can be counted. */
function watched<Wish>(driver: { want(wish: Wish): void; onVerified(listener: (verified: Verified<Wish>) => void): void }, log: readonly string[]) {
  let told: Verified<Wish> | undefined;
  let news = (): void => undefined;
  driver.onVerified((verified) => {
    told = verified;
    news();
  });
  const isAt = (wish: Wish): boolean => told?.kind === 'verified' && told.value === wish;
  return {
    get told() {
      return told;
    },
    reach(wish: Wish, withinMs: number): Promise<void> {
      driver.want(wish);
      return new Promise((resolve, reject) => {
        const look = (): void => {
          if (!isAt(wish)) return;
          clearTimeout(late);
          news = () => undefined;
          resolve();
        };
        const late = setTimeout(() => reject(new Error(`not ${String(wish)} within ${withinMs} ms, but ${JSON.stringify(told)}; log: ${log.slice(-6).join(' | ')}`)), withinMs);
        news = look;
        look();
      });
    },
  };
}
