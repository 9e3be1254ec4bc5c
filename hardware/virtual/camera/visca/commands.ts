/**
 * What a camera obeys: one row for each line of its model's command list that
 * it understands (Sony SRG-300H, unless noted). All else is a syntax error, as there.
 */
import {
  FOCUS, FOCUS_STEPS_PER_MS, halted, heading, inSteps, positionAt, powerAt, SHARP, topSpeeds, turned, viewAt, ZOOM, ZOOM_STEPS_PER_MS,
  type Axis, type Body, type Moment, type Part, type Settings,
} from '../body.js';
import type { Model, Range } from '../models.js';
import { hasOtherLength, pattern, signed, type Fields } from './messages.js';

/** `syntax`: 60 02. `length`: 60 01. `not-now`: 6y 41. `full`: 60 03. */
export type Refusal = 'syntax' | 'length' | 'not-now' | 'full';

/** What differs between two cameras of one model. */
export interface Habits {
  /** How long it takes to leave standby, ms. */
  readonly wakeMs: number;
  /** What it says in standby of where it looks: the truth; "not now", as to every inquiry but power and version; or what it said last while it was on. */
  readonly inStandby: 'tells' | 'refuses' | 'stale';
  readonly tellsPosition: boolean;
  /** Some send a Completion, and no ACK before it. */
  readonly acknowledges: boolean;
}

export interface Command {
  readonly says: (message: Uint8Array) => Fields | undefined;
  /** It is this command, but for its length. */
  readonly differsInLength: (message: Uint8Array) => boolean;
  readonly part: Part;
  /** A drive is complete as soon as it is begun; a move, when it is there. */
  readonly completes: 'at-once' | 'when-done';
  readonly run: (body: Body, fields: Fields, now: Moment, habits: Habits) => Body | Refusal;
}

const awake = (run: Command['run']): Command['run'] => (body, fields, now, habits) =>
  powerAt(body, now) === 'on' ? run(body, fields, now, habits) : 'not-now';

const clamp = (value: number, { least, most }: Range): number => Math.min(most, Math.max(least, value));
const within = (value: number, { least, most }: Range): boolean => value >= least && value <= most;

/** Speeds of a command in steps a millisecond; undefined where the manual's table has none. */
function speeds({ v = 0, w = 0 }: Fields, model: Model): { pan: number; tilt: number } | undefined {
  const pan = model.panSpeeds[v - 1];
  const tilt = model.tiltSpeeds[w - 1];
  return pan === undefined || tilt === undefined ? undefined : { pan: inSteps(model, pan), tilt: inSteps(model, tilt) };
}

/** Where a drive ends that is not stopped: 01 the lower end, 02 the upper end, 03 here. */
function endOf(axis: Axis, way: number, { least, most }: Range, now: Moment): number | undefined {
  return { 1: least, 2: most, 3: positionAt(axis, now) }[way];
}

/** Of the bytes 01 up, 02 down, 03 stop, which of `endOf` each is. */
const UP_IS_MOST: readonly number[] = [0, 2, 1, 3];

const drive: Command['run'] = (body, { v = 0, w = 0, p = 0, t = 0 }, now) => {
  const speed = speeds({ v, w }, body.model);
  const pan = endOf(body.pan, p, body.model.pan, now);
  const tilt = endOf(body.tilt, UP_IS_MOST[t] ?? 0, body.model.tilt, now);
  return speed === undefined || pan === undefined || tilt === undefined ? 'syntax' : turned(body, { pan, tilt }, speed, now);
};

type Target = { readonly pan: number; readonly tilt: number };
const goTo = (target: (body: Body, said: Target, now: Moment) => Target): Command['run'] => (body, { v = 0, w, y = 0, z = 0 }, now) => {
  const { model } = body;
  const to = target(body, { pan: signed(y, model.positionNibbles), tilt: signed(z, model.positionNibbles) }, now);
  // One speed for both: the tilt takes its own table's, as far as that goes.
  const speed = speeds({ v, w: w ?? Math.min(v, model.tiltSpeeds.length) }, model);
  return speed === undefined || !within(to.pan, model.pan) || !within(to.tilt, model.tilt) ? 'syntax' : turned(body, to, speed, now);
};
const goBy = goTo(({ pan, tilt, model }, by, now) => ({
  pan: clamp(positionAt(pan, now) + by.pan, model.pan),
  tilt: clamp(positionAt(tilt, now) + by.tilt, model.tilt),
}));

const home: Command['run'] = (body, _fields, now) => turned(body, { pan: 0, tilt: 0 }, topSpeeds(body.model), now);

const zoomTo = (body: Body, zoom: number, speed: number, now: Moment): Body => ({ ...body, zoom: heading(body.zoom, zoom, speed, now) });
const zoomTowards = (end: keyof Range): Command['run'] => (body, { p = 7 }, now) =>
  p > 7 ? 'syntax' : zoomTo(body, ZOOM[end], (ZOOM_STEPS_PER_MS * (p + 1)) / 8, now);

const focusTo = (body: Body, focus: number, speed: number, now: Moment): Body => ({ ...body, focus: heading(body.focus, focus, speed, now) });
/** EVI-H100S manual p.29: by hand only while it is not automatic. */
const byHand = (run: Command['run']): Command['run'] => (body, fields, now, habits) => (body.settings.focus === 'auto' ? 'not-now' : run(body, fields, now, habits));
const focusTowards = (end: keyof Range): Command['run'] => byHand((body, { p = 7 }, now) =>
  p > 7 ? 'syntax' : focusTo(body, FOCUS[end], (FOCUS_STEPS_PER_MS * (p + 1)) / 8, now));
const sharpen: Command['run'] = (body, _fields, now) => focusTo(body, SHARP, FOCUS_STEPS_PER_MS, now);

const changing = (change: (settings: Settings) => Partial<Settings>): Command['run'] => (body) => ({ ...body, settings: { ...body.settings, ...change(body.settings) } });
const automatic: Command['run'] = (body, _fields, now) => focusTo({ ...body, settings: { ...body.settings, focus: 'auto' } }, SHARP, FOCUS_STEPS_PER_MS, now);
const manual = changing(() => ({ focus: 'manual' }));

const standBy: Command['run'] = (body, _fields, now) => {
  const still: Body = { ...halted(body, 'power', now), power: { kind: 'standby' } };
  return body.settings.standbyMode === 'neutral' ? still : turned(still, { pan: body.model.pan.most, tilt: 0 }, topSpeeds(body.model), now);
};

/** CAM_Memory. A preset that was never set is the camera's home. */
const preset = (run: (body: Body, number: number, now: Moment) => Body): Command['run'] => awake((body, { p = 0 }, now) => (p < body.model.presets ? run(body, p, now) : 'syntax'));

const row = (text: string, part: Part, run: Command['run']): Command => ({ says: pattern(text), differsInLength: hasOtherLength(text), part, completes: 'when-done', run });
const driven = (text: string, part: Part, run: Command['run']): Command => ({ ...row(text, part, awake(run)), completes: 'at-once' });
/** Obeyed in standby too. */
const set = (text: string, change: (settings: Settings) => Partial<Settings>): Command => row(text, 'none', changing(change));

const SHARED: readonly Command[] = [
  row('81 01 04 00 02 FF', 'power', (body, _fields, now, { wakeMs }) =>
    powerAt(body, now) === 'standby' ? { ...halted(body, 'power', now), power: { kind: 'waking', until: now + wakeMs } } : body),
  row('81 01 04 00 03 FF', 'power', standBy),
  driven('81 01 06 01 vv ww 0p 0t FF', 'head', drive),
  row('81 01 06 04 FF', 'head', awake(home)),
  row('81 01 06 05 FF', 'head', awake(home)),
  driven('81 01 04 07 00 FF', 'lens', (body, _fields, now) => halted(body, 'lens', now)),
  driven('81 01 04 07 02 FF', 'lens', zoomTowards('most')),
  driven('81 01 04 07 03 FF', 'lens', zoomTowards('least')),
  driven('81 01 04 07 2p FF', 'lens', zoomTowards('most')),
  driven('81 01 04 07 3p FF', 'lens', zoomTowards('least')),
  row('81 01 04 47 0z 0z 0z 0z FF', 'lens', awake((body, { z = 0 }, now) => (within(z, ZOOM) ? zoomTo(body, z, ZOOM_STEPS_PER_MS, now) : 'syntax'))),
  driven('81 01 04 38 02 FF', 'focus', automatic),
  driven('81 01 04 38 03 FF', 'focus', manual),
  driven('81 01 04 38 10 FF', 'focus', (body, ...rest) => (body.settings.focus === 'auto' ? manual : automatic)(body, ...rest)),
  row('81 01 04 18 01 FF', 'focus', awake(sharpen)),
  driven('81 01 04 08 00 FF', 'focus', byHand((body, _fields, now) => halted(body, 'focus', now))),
  driven('81 01 04 08 02 FF', 'focus', focusTowards('least')),
  driven('81 01 04 08 03 FF', 'focus', focusTowards('most')),
  driven('81 01 04 08 2p FF', 'focus', focusTowards('least')),
  driven('81 01 04 08 3p FF', 'focus', focusTowards('most')),
  row('81 01 04 48 0z 0z 0z 0z FF', 'focus', awake(byHand((body, { z = 0 }, now) => focusTo(body, clamp(z, FOCUS), FOCUS_STEPS_PER_MS, now)))),
  row('81 01 04 3F 00 pp FF', 'none', preset((body, number) => ({ ...body, presets: new Map([...body.presets].filter(([n]) => n !== number)) }))),
  row('81 01 04 3F 01 pp FF', 'none', preset((body, number, now) => ({ ...body, presets: new Map(body.presets).set(number, viewAt(body, now)) }))),
  row('81 01 04 3F 02 pp FF', 'head', preset((body, number, now) => {
    const view = body.presets.get(number) ?? { pan: 0, tilt: 0, zoom: 0 };
    const recalled = { ...body, settings: { ...body.settings, lastPreset: number } };
    return zoomTo(turned(recalled, view, topSpeeds(body.model), now), view.zoom, ZOOM_STEPS_PER_MS, now);
  })),
  row('81 01 06 06 03 FF', 'none', awake((body) => body)), // menu off: it shows none
];

const TALLY = [set('81 01 7E 01 0A 00 02 FF', () => ({ tally: 'on' })), set('81 01 7E 01 0A 00 03 FF', () => ({ tally: 'off' }))];
const IR_LOCK = [
  set('81 01 06 08 02 FF', () => ({ irLocked: false })),
  set('81 01 06 08 03 FF', () => ({ irLocked: true })),
  set('81 01 06 08 10 FF', ({ irLocked }) => ({ irLocked: !irLocked })),
  set('81 01 7D 01 03 00 00 FF', () => ({ irReturned: true })),
  set('81 01 7D 01 13 00 00 FF', () => ({ irReturned: false })),
];
const STANDBY_SIDE = [set('81 01 7E 04 50 02 FF', () => ({ standbyMode: 'side' })), set('81 01 7E 04 50 03 FF', () => ({ standbyMode: 'neutral' }))];

export function commandsOf(model: Model): readonly Command[] {
  const position = `${'0y '.repeat(model.positionNibbles)}${'0z '.repeat(model.positionNibbles)}FF`;
  const speed = model.moves === 'one-speed' ? 'vv 00' : 'vv ww';
  return [
    ...SHARED,
    row(`81 01 06 02 ${speed} ${position}`, 'head', awake(goTo((_body, said) => said))),
    row(`81 01 06 03 ${speed} ${position}`, 'head', awake(goBy)),
    ...(model.tally ? TALLY : []),
    ...(model.irLock ? IR_LOCK : []),
    ...(model.standbySide ? STANDBY_SIDE : []),
  ];
}
