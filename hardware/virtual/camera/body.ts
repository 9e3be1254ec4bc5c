/**
 * The camera's mechanics and settings, pure: where it points at a moment, given
 * what it was told and when. Positions in its model's own steps.
 */
import type { Model, Range } from './models.js';

/** Milliseconds of CLOCK_MONOTONIC. */
export type Moment = number;

/** Something that moves evenly from one position to another and rests there. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly since: Moment;
  /** Steps a millisecond; 0 where the motor is blocked: then it never arrives. */
  readonly speed: number;
}

type Power =
  | { readonly kind: 'standby' }
  | { readonly kind: 'waking'; readonly until: Moment }
  | { readonly kind: 'on' };

export interface View {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

/** What it was set to, and keeps until it is set otherwise. */
export interface Settings {
  readonly focus: 'auto' | 'manual';
  readonly tally: 'off' | 'on';
  /** It does not listen to its handset. */
  readonly irLocked: boolean;
  /** It tells what it heard from the handset. */
  readonly irReturned: boolean;
  /** Where it turns in standby: to its right end, or nowhere. */
  readonly standbyMode: 'side' | 'neutral';
  readonly lastPreset: number | undefined;
}

export interface Body {
  readonly model: Model;
  readonly power: Power;
  readonly pan: Axis;
  readonly tilt: Axis;
  readonly zoom: Axis;
  readonly focus: Axis;
  readonly motor: 'free' | 'blocked';
  /** It was told to turn since it got power. */
  readonly wasTurned: boolean;
  readonly presets: ReadonlyMap<number, View>;
  readonly settings: Settings;
}

/** VISCA "Zoom Position": 0000 wide, 4000 the end of the optical range. "Focus Position": 1000 far; D000 is 30 cm. */
export const ZOOM: Range = { least: 0, most: 0x4000 };
export const FOCUS: Range = { least: 0x1000, most: 0xd000 };
/** The manual gives no speed for zoom and focus: here the whole range takes 4 s. */
export const ZOOM_STEPS_PER_MS = 0x4000 / 4000;
export const FOCUS_STEPS_PER_MS = 0xc000 / 4000;
/** Where the class is sharp. */
export const SHARP = 0x3000;
/** Optical zoom of the SRG-300H: 30 times at the end, evenly growing by factors on the way. */
const ZOOM_TIMES = 30;

export const inSteps = ({ stepsPerDegree }: Model, degreesPerSecond: number): number => (degreesPerSecond * stepsPerDegree) / 1000;
export const inDegrees = ({ stepsPerDegree }: Model, steps: number): number => steps / stepsPerDegree;
export const magnification = (zoom: number): number => ZOOM_TIMES ** (zoom / ZOOM.most);
export const topSpeeds = (model: Model): { readonly pan: number; readonly tilt: number } =>
  ({ pan: inSteps(model, model.panSpeeds.at(-1) ?? 0), tilt: inSteps(model, model.tiltSpeeds.at(-1) ?? 0) });

const SETTINGS: Settings = { focus: 'auto', tally: 'off', irLocked: false, irReturned: false, standbyMode: 'neutral', lastPreset: undefined };

/** @param power as after mains power. */
export function bodyAtRest(model: Model, power: 'on' | 'standby'): Body {
  const restAt = (position: number): Axis => ({ from: position, to: position, since: 0, speed: 1 });
  const axes = { pan: restAt(0), tilt: restAt(0), zoom: restAt(0), focus: restAt(SHARP) };
  return { model, power: { kind: power }, ...axes, motor: 'free', wasTurned: false, presets: new Map(), settings: SETTINGS };
}

/** Gets its power back: it finds its home by turning there. What lies in its memory stays. */
export function restarted(body: Body, power: 'on' | 'standby', wakeMs: number, now: Moment): Body {
  const home = turned(body, { pan: 0, tilt: 0 }, topSpeeds(body.model), now);
  const zoom = heading(body.zoom, 0, ZOOM_STEPS_PER_MS, now);
  const settings = { ...SETTINGS, standbyMode: body.settings.standbyMode };
  return { ...home, zoom, power: power === 'on' ? { kind: 'waking', until: now + wakeMs } : { kind: power }, wasTurned: false, settings };
}

export function positionAt(axis: Axis, now: Moment): number {
  const way = axis.speed * (now - axis.since);
  if (way >= Math.abs(axis.to - axis.from)) return axis.to;
  return Math.round(axis.from + Math.sign(axis.to - axis.from) * way);
}

/** When it rests at its end; never where it is blocked on the way. */
const settledAt = ({ from, to, since, speed }: Axis): Moment => (from === to ? since : since + Math.abs(to - from) / speed);

/** Sends an axis elsewhere, from wherever it is now. */
export function heading(axis: Axis, to: number, speed: number, now: Moment): Axis {
  return { from: positionAt(axis, now), to, since: now, speed };
}

/** Sends the head somewhere, as far as its motor obeys. @param speeds steps a millisecond. */
export function turned(body: Body, to: { readonly pan: number; readonly tilt: number }, speeds: { readonly pan: number; readonly tilt: number }, now: Moment): Body {
  const obeyed = (speed: number): number => (body.motor === 'blocked' ? 0 : speed);
  return { ...body, wasTurned: true, pan: heading(body.pan, to.pan, obeyed(speeds.pan), now), tilt: heading(body.tilt, to.tilt, obeyed(speeds.tilt), now) };
}

/** Something holds the head, or lets it go; then it goes on to where it was told. */
export function withMotor(body: Body, motor: Body['motor'], now: Moment): Body {
  const { pan, tilt } = body;
  return { ...turned({ ...body, motor }, { pan: pan.to, tilt: tilt.to }, topSpeeds(body.model), now), wasTurned: body.wasTurned };
}

export function viewAt(body: Body, now: Moment): View {
  return { pan: positionAt(body.pan, now), tilt: positionAt(body.tilt, now), zoom: positionAt(body.zoom, now) };
}

/** Which part of the camera a command keeps busy; a later command for the same part takes over. */
export type Part = 'power' | 'head' | 'lens' | 'focus' | 'none';

/** Stops what a part was doing, where it is. Power stops everything. */
export function halted(body: Body, part: Part, now: Moment): Body {
  const here = (axis: Axis): Axis => heading(axis, positionAt(axis, now), axis.speed, now);
  const head = { pan: here(body.pan), tilt: here(body.tilt) };
  const lens = { zoom: here(body.zoom) };
  const focus = { focus: here(body.focus) };
  switch (part) {
    case 'power': return { ...body, ...head, ...lens, ...focus };
    case 'head': return { ...body, ...head };
    case 'lens': return { ...body, ...lens };
    case 'focus': return { ...body, ...focus };
    case 'none': return body;
  }
}

/** When a part has done what it was last told; Infinity where the motor is blocked. A recalled preset counts its zoom to the head. */
export function doneAt(body: Body, part: Part): Moment {
  const head = Math.max(settledAt(body.pan), settledAt(body.tilt));
  switch (part) {
    case 'power': return body.power.kind === 'waking' ? body.power.until : body.power.kind === 'standby' ? head : 0;
    case 'head': return Math.max(head, settledAt(body.zoom));
    case 'lens': return settledAt(body.zoom);
    case 'focus': return settledAt(body.focus);
    case 'none': return 0;
  }
}

/** It was told to go where it cannot go. */
export const isStuck = (axis: Axis): boolean => axis.speed === 0 && axis.from !== axis.to;

const turnsAt = (now: Moment) => (axis: Axis): boolean => !isStuck(axis) && settledAt(axis) > now;
export const headMoves = ({ pan, tilt }: Body, now: Moment): boolean => [pan, tilt].some(turnsAt(now));
export const isMoving = (body: Body, now: Moment): boolean => headMoves(body, now) || turnsAt(now)(body.zoom);

/** What power it has now: waking ends by itself. */
export function powerAt(body: Body, now: Moment): Power['kind'] {
  return body.power.kind === 'waking' && now >= body.power.until ? 'on' : body.power.kind;
}
