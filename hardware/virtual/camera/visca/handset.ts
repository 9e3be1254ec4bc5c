/** The infrared handset that came with the camera, and lies about in the room. */
import { halted, inSteps, positionAt, powerAt, topSpeeds, turned, type Part } from '../body.js';
import type { Command } from './commands.js';

export type HandsetKey = 'power' | 'home' | 'left';

interface Key {
  readonly part: Part;
  readonly run: Command['run'];
  /** What follows `y0 07 7D 01` in IR Receive Return (SRG-300H command list). */
  readonly tells: readonly [number, number];
}

/** A short press turns it so far; the manual gives no figure. */
const PRESS = { degrees: 15, degreesPerSecond: 30 } as const;
const DRIVE = [0x06, 0x01] as const;

export const HANDSET: Readonly<Record<HandsetKey, Key>> = {
  power: {
    part: 'power',
    tells: [0x04, 0x00],
    run: (body, _fields, now, { wakeMs }) => {
      const halt = halted(body, 'power', now);
      return { ...halt, power: powerAt(body, now) === 'standby' ? { kind: 'waking', until: now + wakeMs } : { kind: 'standby' } };
    },
  },
  home: {
    part: 'head',
    tells: DRIVE,
    run: (body, _fields, now) => (powerAt(body, now) === 'on' ? turned(body, { pan: 0, tilt: 0 }, topSpeeds(body.model), now) : 'not-now'),
  },
  left: {
    part: 'head',
    tells: DRIVE,
    run: (body, _fields, now) => {
      if (powerAt(body, now) !== 'on') return 'not-now';
      const { model } = body;
      const speed = inSteps(model, PRESS.degreesPerSecond);
      const pan = Math.max(model.pan.least, positionAt(body.pan, now) - Math.round(PRESS.degrees * model.stepsPerDegree));
      return turned(body, { pan, tilt: positionAt(body.tilt, now) }, { pan: speed, tilt: speed }, now);
    },
  },
};
