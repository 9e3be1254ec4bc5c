/** A room's camera and microphone live through whatever may happen to their lines, in real time: `test/fakes/device-steps.ts` says what, and what must be true. */
import fc from 'fast-check';
import { live, steps } from '../fakes/device-steps.js';
import { sourcesOf, type Figures, type Soak } from './soak.js';

/** Rooms that live at the same time, and the steps of each. Most of the time they wait. */
const ROOMS = 16;
const STEPS = 50;

export const soak: Soak = {
  claim: 'no microphone is called muted and no camera parked that is not, and once lines are sound again both are as wanted within 5 s and the device’s own time',
  size: 100_000,
  unit: 'steps',
  chunk: ROOMS * STEPS,
  subject: () => `firmware-bridge ${sourcesOf('firmware-bridge/serial', 'firmware-bridge/visca', 'firmware-bridge/microphone', 'firmware-bridge/microphone/tesira').slice(0, 12)}`,
  async run(number): Promise<Figures> {
    const rooms = await Promise.all(Array.from({ length: ROOMS }, (_, room) => live(fc.sample(steps, { seed: number * ROOMS + room, numRuns: STEPS }))));
    const figures: Record<string, number> = {};
    const count = (what: string, by = 1): void => { figures[what] = (figures[what] ?? 0) + by; };
    for (const { steps: done, told, back: { cameraMs, microphoneMs } } of rooms) {
      count('steps', done);
      count('told', told);
      count(`cameraBackWithin${Math.ceil(cameraMs / 1000)}s`);
      count(`microphoneBackWithin${Math.ceil(microphoneMs / 1000)}s`);
    }
    return figures;
  },
};
