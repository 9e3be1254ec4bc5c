/** A room's camera and microphone live through whatever may happen to their lines, in real time: `test/fakes/device-steps.ts` says what, and what must be true. */
import fc from 'fast-check';
import { live, steps } from '../fakes/device-steps.js';
import { sourcesOf, type Figures, type Soak } from './soak.js';

const CHUNK = 50;

export const soak: Soak = {
  claim: 'no microphone is called muted and no camera parked that is not, and once lines are sound again both are as wanted within 5 s, beside their own time and a question that was lost before',
  size: 100_000,
  unit: 'steps',
  chunk: CHUNK,
  subject: () => `firmware-bridge ${sourcesOf('firmware-bridge/serial', 'firmware-bridge/visca', 'firmware-bridge/microphone', 'firmware-bridge/microphone/tesira').slice(0, 12)}`,
  async run(number): Promise<Figures> {
    const { steps: done, told, back: { cameraMs, microphoneMs } } = await live(fc.sample(steps, { seed: number, numRuns: CHUNK }));
    return { steps: done, told, [`cameraBackWithin${Math.ceil(cameraMs / 1000)}s`]: 1, [`microphoneBackWithin${Math.ceil(microphoneMs / 1000)}s`]: 1 };
  },
};
