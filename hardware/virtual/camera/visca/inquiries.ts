/** What a camera tells when it is asked: one row for each inquiry of its model's list that it answers. */
import { headMoves, isStuck, positionAt, powerAt, type Body, type Moment } from '../body.js';
import type { Model, Range } from '../models.js';
import { nibbles, pattern } from './messages.js';

export interface Inquiry {
  readonly says: (message: Uint8Array) => unknown;
  /** Answered in standby by every camera. */
  readonly always: boolean;
  readonly asks: 'position' | 'anything';
  /** Data bytes between `90 50` and `FF`. */
  readonly answer: (body: Body, now: Moment) => readonly number[];
}

const NO_PRESET = 0x7f;

const onOrOff = (on: boolean): number[] => [on ? 2 : 3];
const ask = (text: string, answer: Inquiry['answer']): Inquiry => ({ says: pattern(text), always: false, asks: 'anything', answer });
const askAlways = (text: string, answer: Inquiry['answer']): Inquiry => ({ ...ask(text, answer), always: true });

const SHARED: readonly Inquiry[] = [
  // A camera that is still waking says standby: it is not on before it obeys.
  askAlways('81 09 04 00 FF', (body, now) => onOrOff(powerAt(body, now) === 'on')),
  {
    ...ask('81 09 06 12 FF', ({ pan, tilt, model: { positionNibbles } }, now) => [pan, tilt].flatMap((axis) => nibbles(positionAt(axis, now), positionNibbles))),
    asks: 'position',
  },
  ask('81 09 06 11 FF', ({ model }) => [model.panSpeeds.length, model.tiltSpeeds.length]),
  ask('81 09 06 10 FF', (body, now) => { const word = headStatus(body, now); return [word >> 8, word & 0xff]; }),
  ask('81 09 04 47 FF', ({ zoom }, now) => nibbles(positionAt(zoom, now), 4)),
  ask('81 09 04 38 FF', ({ settings }) => onOrOff(settings.focus === 'auto')),
  ask('81 09 04 48 FF', ({ focus }, now) => nibbles(positionAt(focus, now), 4)),
  ask('81 09 06 06 FF', () => onOrOff(false)), // its menu
];

const TALLY = ask('81 09 7E 01 0A FF', ({ settings }) => onOrOff(settings.tally === 'on'));
const IR_RECEIVE = ask('81 09 06 08 FF', ({ settings }) => onOrOff(!settings.irLocked));
const STANDBY_MODE = ask('81 09 7E 04 50 FF', ({ settings }) => onOrOff(settings.standbyMode === 'side'));
const LAST_PRESET = ask('81 09 04 3F FF', ({ settings }) => [settings.lastPreset ?? NO_PRESET]);

export function inquiriesOf({ version, tally, irLock, standbySide, tellsLastPreset }: Model): readonly Inquiry[] {
  return [
    ...SHARED,
    ...(version === undefined ? [] : [askAlways('81 09 00 02 FF', () => version)]),
    ...(tally ? [TALLY] : []),
    ...(irLock ? [IR_RECEIVE] : []),
    ...(standbySide ? [STANDBY_MODE] : []),
    ...(tellsLastPreset ? [LAST_PRESET] : []),
  ];
}

/** SRG-300H command list, "Pan/Tilt Status Codes": bits 0–3 the ends, 4–5 and 8–9 the motors, 10–11 the last move, 12–13 the start. */
function headStatus(body: Body, now: Moment): number {
  const { pan, tilt, model, wasTurned } = body;
  const at = (axis: Body['pan'], { least, most }: Range, [atLeast, atMost]: readonly [number, number]): number => ({ [least]: atLeast, [most]: atMost })[positionAt(axis, now)] ?? 0;
  const ends = at(pan, model.pan, [0x1, 0x2]) | at(tilt, model.tilt, [0x8, 0x4]);
  const defects = (isStuck(pan) ? 0x10 : 0) | (isStuck(tilt) ? 0x100 : 0);
  const move = defects > 0 ? 0xc00 : headMoves(body, now) ? 0x400 : wasTurned ? 0x800 : 0;
  return ends | defects | move | (powerAt(body, now) === 'waking' ? 0x1000 : 0x2000);
}
