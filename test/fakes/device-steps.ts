/** What may happen to a room's camera and microphone, as steps for fast-check, and what must be true whenever their drivers tell something. */
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemTimers } from '../../firmware-bridge/serial/timers.js';
import type { CameraCommand } from '../../hardware/virtual/camera/contract.js';
import type { LineFaultName } from '../../hardware/virtual/serial-line.js';
import type { CameraPose, MicrophoneState } from '../../session/ports.js';
import { deviceRig, PARKING, type Rig, type RigOptions } from './device-rig.js';

export type Step =
  | { readonly do: 'pose'; readonly pose: CameraPose }
  | { readonly do: 'state'; readonly state: MicrophoneState }
  | { readonly do: 'plug' | 'unplug'; readonly which: Which }
  | { readonly do: 'line'; readonly which: Which; readonly fault: LineFaultName }
  /** To the left, away from where it parks. */
  | { readonly do: 'drive'; readonly speed: number }
  | { readonly do: 'stop' }
  | { readonly do: 'gain'; readonly dB: number }
  /** What happens to a camera itself. A restart turns no lens and opens no shutter, but takes it out of standby. */
  | { readonly do: 'happens'; readonly what: Mishap }
  | { readonly do: 'pass'; readonly ms: number };
type Which = 'camera' | 'microphone';
type Mishap = Extract<CameraCommand, { do: 'reset' | 'network-change' | 'buffer-full' | 'slow-ack' }>;

const LINE_FAULTS: readonly LineFaultName[] = ['none', 'silent', 'dead', 'garbled', 'slow', 'split', 'doubled', 'dropping', 'noisy', 'echoing', 'late', 'wrong-baud', 'joined'];

const MISHAPS: readonly Mishap[] = [{ do: 'reset' }, { do: 'network-change' }, { do: 'network-change', from: 'all' }, { do: 'buffer-full', times: 2 }, { do: 'slow-ack', ms: 200 }, { do: 'slow-ack', ms: 0 }];

const which = fc.constantFrom<Which>('camera', 'microphone');
/** Time passes after most steps, so that some meet the drivers at rest and others in the midst of a word. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pose' as const), pose: fc.constantFrom<CameraPose>('view', 'aside', 'parked') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('state' as const), state: fc.constantFrom<MicrophoneState>('open', 'muted') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('plug' as const, 'plug' as const, 'unplug' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('line' as const), which, fault: fc.constantFrom(...LINE_FAULTS) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drive' as const), speed: fc.double({ min: -0.3, max: 0, noNaN: true }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gain' as const), dB: fc.integer({ min: -20, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('happens' as const), what: fc.constantFrom(...MISHAPS) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 300 }) }) },
);

/** From the last fault on, a question included that was lost before: an answer that is late and one that is lost look the same. */
const BACK_WITHIN_MS = 5000;
/** The virtual camera of the rig leaves standby in 20 ms, and turns five degrees there and back in 100 ms. */
const DEVICE_MS = 200;
/** One degree (firmware-bridge/visca/poses.ts), and rounding. */
const TOLERANCE_DEGREES = 1.01;
const PARKING_DEGREES = (PARKING.pan * 170) / 0x2200;

interface Back {
  readonly cameraMs: number;
  readonly microphoneMs: number;
}
export interface Ran {
  readonly steps: number;
  /** How often something was verified. */
  readonly told: number;
  /** From the last fault until both were as wanted. */
  readonly back: Back;
}

/**
 * Does all steps in a room of its own, then mends everything and waits.
 * @throws Error that says what was told and was not so, or what did not come back in time.
 */
export async function live(all: readonly Step[], options: RigOptions = {}): Promise<Ran> {
  const rig = await deviceRig(options);
  const wrong: string[] = [];
  const wanted: { pose: CameraPose; state: MicrophoneState } = { pose: 'parked', state: 'muted' };
  const told = judge(rig, wrong);
  try {
    for (const step of all) await take(rig, step, wanted);
    const back = await mended(rig, wanted);
    if (wrong.length > 0) throw new Error(wrong.join('; '));
    return { steps: all.length, told: told(), back };
  } catch (error) {
    throw new Error(`${(error as Error).message}\nafter ${JSON.stringify(all)}`, { cause: error });
  } finally {
    await rig.close();
  }
}

/** Holds what is told against the device itself, in the same turn of the event loop. @returns how often something was verified. */
function judge({ camera, microphone }: Rig, wrong: string[]): () => number {
  let told = 0;
  camera.driver.onVerified((verified) => {
    if (verified.kind !== 'verified') return;
    told += 1;
    void camera.device.snapshot().then(({ power, pan }) => {
      const aside = Math.abs(pan - PARKING_DEGREES) <= TOLERANCE_DEGREES;
      const so = { parked: aside && power === 'standby', aside, view: power === 'on' }[verified.value];
      if (!so) wrong.push(`the camera was called ${verified.value} at pan ${pan}, ${power}`);
    });
  });
  microphone.driver.onVerified((verified) => {
    if (verified.kind !== 'verified') return;
    told += 1;
    void microphone.device.snapshot().then(({ muted }) => {
      if (muted !== (verified.value === 'muted')) wrong.push(`the microphone was called ${verified.value} and was ${muted ? 'muted' : 'open'}`);
    });
  });
  return () => told;
}

async function take({ camera, microphone }: Rig, step: Step, wanted: { pose: CameraPose; state: MicrophoneState }): Promise<void> {
  switch (step.do) {
    case 'pose':
      return camera.driver.want((wanted.pose = step.pose));
    case 'state':
      return microphone.driver.want((wanted.state = step.state));
    case 'drive':
      return camera.driver.drive({ pan: step.speed, tilt: 0, zoom: 0 });
    case 'stop':
      return camera.driver.stop();
    case 'gain':
      // Nobody waits for it: on a sick line it fails, and must change nothing else by that.
      return void microphone.driver.setGain(step.dB).catch(() => undefined);
    case 'happens':
      return camera.device.command(step.what);
    case 'pass':
      return sleep(step.ms);
    case 'plug':
    case 'unplug':
      return { camera, microphone }[step.which].device.command({ do: step.do });
    case 'line':
      return { camera, microphone }[step.which].device.command({ do: 'line', fault: step.fault });
  }
}

/** @returns how long each of them took. */
async function mended({ camera, microphone }: Rig, { pose, state }: { pose: CameraPose; state: MicrophoneState }): Promise<Back> {
  for (const { device } of [camera, microphone]) {
    await device.command({ do: 'line', fault: 'none' });
    await device.command({ do: 'plug' });
  }
  await camera.device.command({ do: 'slow-ack', ms: 0 });
  const began = systemTimers.now();
  const after = async (reached: Promise<void>): Promise<number> => {
    await reached;
    return Math.round(systemTimers.now() - began);
  };
  const [cameraMs, microphoneMs] = await Promise.all([
    after(camera.reach(pose, BACK_WITHIN_MS + DEVICE_MS)),
    after(microphone.reach(state, BACK_WITHIN_MS)),
  ]);
  return { cameraMs, microphoneMs };
}
