/**
 * What this camera understands: one row for each line of the Sony SRG-300H
 * command list that it obeys. All else is a syntax error, as there.
 */
import {
  halted, heading, inSteps, LIMITS, PAN_SPEEDS, positionAt, powerAt, TILT_SPEEDS, viewAt, ZOOM_STEPS_PER_MS,
  type Axis, type Body, type Moment, type Part, type View,
} from '../body.js';
import { nibbles16, pattern, signed16, type Fields } from './messages.js';

/** `syntax`: 60 02. `not-now`: 6y 41. */
export type Refusal = 'syntax' | 'not-now';

/** What differs from camera to camera. */
export interface Habits {
  /** How long it takes to leave standby, ms. */
  readonly wakeMs: number;
  /** In standby some answer only who they are and whether they are on; to all other inquiries they say "not now". */
  readonly blindInStandby: boolean;
}

export interface Command {
  readonly says: (message: Uint8Array) => Fields | undefined;
  readonly part: Part;
  /** A drive is complete as soon as it is begun; a move, when it is there. */
  readonly completes: 'at-once' | 'when-done';
  readonly run: (body: Body, fields: Fields, now: Moment, habits: Habits) => Body | Refusal;
}

interface Inquiry {
  readonly says: (message: Uint8Array) => Fields | undefined;
  /** Answered in standby by every camera. */
  readonly always: boolean;
  /** Data bytes between `90 50` and `FF`. */
  readonly answer: (body: Body, now: Moment) => readonly number[];
}

const TOP_PAN = inSteps(101);
const TOP_TILT = inSteps(91);

const awake = (run: Command['run']): Command['run'] => (body, fields, now, habits) =>
  powerAt(body, now) === 'on' ? run(body, fields, now, habits) : 'not-now';

const clamp = (value: number, { least, most }: { least: number; most: number }): number => Math.min(most, Math.max(least, value));
const within = (value: number, { least, most }: { least: number; most: number }): boolean => value >= least && value <= most;

function turn(body: Body, view: Omit<View, 'zoom'>, panSpeed: number, tiltSpeed: number, now: Moment): Body {
  return { ...body, pan: heading(body.pan, view.pan, panSpeed, now), tilt: heading(body.tilt, view.tilt, tiltSpeed, now) };
}

/** Speeds of a command in steps a millisecond; undefined where the manual's table has none. */
function speeds({ v = 0, w = 0 }: Fields): { pan: number; tilt: number } | undefined {
  const pan = PAN_SPEEDS[v - 1];
  const tilt = TILT_SPEEDS[w - 1];
  return pan === undefined || tilt === undefined ? undefined : { pan: inSteps(pan), tilt: inSteps(tilt) };
}

/** Of the bytes 01 up, 02 down, 03 stop, which of `drive` each is. */
const UP_IS_MOST: readonly number[] = [0, 2, 1, 3];

/** 01 to the lower end, 02 to the upper end, 03 stop. */
function drive(axis: Axis, way: number, { least, most }: { least: number; most: number }, speed: number, now: Moment): Axis | undefined {
  switch (way) {
    case 1: return heading(axis, least, speed, now);
    case 2: return heading(axis, most, speed, now);
    case 3: return heading(axis, positionAt(axis, now), speed, now);
    default: return undefined;
  }
}

const goTo = (target: (body: Body, fields: Fields, now: Moment) => Omit<View, 'zoom'>): Command['run'] => (body, fields, now) => {
  const speed = speeds(fields);
  const { pan, tilt } = target(body, fields, now);
  if (speed === undefined || !within(pan, LIMITS.pan) || !within(tilt, LIMITS.tilt)) return 'syntax';
  return turn(body, { pan, tilt }, speed.pan, speed.tilt, now);
};

const zoomTowards = (end: 'least' | 'most') => (body: Body, { p = 7 }: Fields, now: Moment): Body | Refusal =>
  p > 7 ? 'syntax' : { ...body, zoom: heading(body.zoom, LIMITS.zoom[end], (ZOOM_STEPS_PER_MS * (p + 1)) / 8, now) };

const home: Command['run'] = (body, _fields, now) => turn(body, { pan: 0, tilt: 0 }, TOP_PAN, TOP_TILT, now);

/** CAM_Memory numbers of the SRG-300H: 0 to F. A preset that was never set is the camera's home. */
const preset = (run: (body: Body, number: number, now: Moment) => Body): Command['run'] => awake((body, { p = 0 }, now) => run(body, p, now));

const row = (text: string, part: Part, run: Command['run']): Command => ({ says: pattern(text), part, completes: 'when-done', run });
const driven = (text: string, part: Part, run: Command['run']): Command => ({ ...row(text, part, awake(run)), completes: 'at-once' });
const ignored = (text: string): Command => row(text, 'none', awake((body) => body));

export const COMMANDS: readonly Command[] = [
  row('81 01 04 00 02 FF', 'power', (body, _fields, now, { wakeMs }) =>
    powerAt(body, now) === 'standby' ? { ...body, power: { kind: 'waking', until: now + wakeMs } } : body),
  row('81 01 04 00 03 FF', 'power', (body, _fields, now) =>
    ({ ...halted(body, 'power', now), power: { kind: 'standby' } })),
  driven('81 01 06 01 vv ww 0p 0t FF', 'head', (body, { v = 0, w = 0, p = 0, t = 0 }, now) => {
    const speed = speeds({ v, w });
    const pan = speed && drive(body.pan, p, LIMITS.pan, speed.pan, now);
    const tilt = speed && drive(body.tilt, UP_IS_MOST[t] ?? 0, LIMITS.tilt, speed.tilt, now);
    return pan === undefined || tilt === undefined ? 'syntax' : { ...body, pan, tilt };
  }),
  row('81 01 06 02 vv ww 0y 0y 0y 0y 0z 0z 0z 0z FF', 'head',
    awake(goTo((_body, { y = 0, z = 0 }) => ({ pan: signed16(y), tilt: signed16(z) })))),
  row('81 01 06 03 vv ww 0y 0y 0y 0y 0z 0z 0z 0z FF', 'head', awake(goTo((body, { y = 0, z = 0 }, now) => ({
    pan: clamp(positionAt(body.pan, now) + signed16(y), LIMITS.pan),
    tilt: clamp(positionAt(body.tilt, now) + signed16(z), LIMITS.tilt),
  })))),
  row('81 01 06 04 FF', 'head', awake(home)),
  row('81 01 06 05 FF', 'head', awake(home)),
  driven('81 01 04 07 00 FF', 'lens', (body, _fields, now) => halted(body, 'lens', now)),
  driven('81 01 04 07 02 FF', 'lens', zoomTowards('most')),
  driven('81 01 04 07 03 FF', 'lens', zoomTowards('least')),
  driven('81 01 04 07 2p FF', 'lens', zoomTowards('most')),
  driven('81 01 04 07 3p FF', 'lens', zoomTowards('least')),
  row('81 01 04 47 0z 0z 0z 0z FF', 'lens', awake((body, { z = 0 }, now) =>
    within(z, LIMITS.zoom) ? { ...body, zoom: heading(body.zoom, z, ZOOM_STEPS_PER_MS, now) } : 'syntax')),
  row('81 01 04 3F 00 0p FF', 'none', preset((body, number) => ({ ...body, presets: new Map([...body.presets].filter(([n]) => n !== number)) }))),
  row('81 01 04 3F 01 0p FF', 'none', preset((body, number, now) => ({ ...body, presets: new Map(body.presets).set(number, viewAt(body, now)) }))),
  row('81 01 04 3F 02 0p FF', 'head', preset((body, number, now) => {
    const view = body.presets.get(number) ?? { pan: 0, tilt: 0, zoom: 0 };
    return { ...turn(body, view, TOP_PAN, TOP_TILT, now), zoom: heading(body.zoom, view.zoom, ZOOM_STEPS_PER_MS, now) };
  })),
  // Obeyed without anything to see: focus mode, menu off, handset on and off.
  ...['81 01 04 38 02 FF', '81 01 04 38 03 FF', '81 01 06 06 03 FF', '81 01 06 08 02 FF', '81 01 06 08 03 FF'].map(ignored),
];

const ask = (text: string, answer: Inquiry['answer']): Inquiry => ({ says: pattern(text), always: false, answer });
const askAlways = (text: string, answer: Inquiry['answer']): Inquiry => ({ ...ask(text, answer), always: true });

export const INQUIRIES: readonly Inquiry[] = [
  // Vendor 0001 Sony, model 0513 SRG-300H, ROM revision 1.00, two sockets.
  askAlways('81 09 00 02 FF', () => [0x00, 0x01, 0x05, 0x13, 0x01, 0x00, 0x02]),
  // A camera that is still waking says standby: it is not on before it obeys.
  askAlways('81 09 04 00 FF', (body, now) => [powerAt(body, now) === 'on' ? 2 : 3]),
  ask('81 09 06 12 FF', (body, now) => [...nibbles16(positionAt(body.pan, now)), ...nibbles16(positionAt(body.tilt, now))]),
  ask('81 09 06 11 FF', () => [PAN_SPEEDS.length, TILT_SPEEDS.length]),
  ask('81 09 04 47 FF', (body, now) => nibbles16(positionAt(body.zoom, now))),
  ask('81 09 04 38 FF', () => [2]),
];
