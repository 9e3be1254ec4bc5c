/**
 * The camera's mechanics, pure: where it points at a moment, given what it was
 * told and when. Modelled on the Sony SRG-300H; positions in its own steps.
 */

/** Milliseconds of CLOCK_MONOTONIC. */
export type Moment = number;

/** Something that moves evenly from one position to another and rests there. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly since: Moment;
  /** Steps a millisecond. */
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

export interface Body {
  readonly power: Power;
  readonly pan: Axis;
  readonly tilt: Axis;
  readonly zoom: Axis;
  readonly presets: ReadonlyMap<number, View>;
}

/** SRG-300H manual, "Pan/Tilt Position": DE00 is −170°, 2200 is +170°; FC00 is −20°, 1200 is +90°. */
const STEPS_PER_DEGREE = 0x2200 / 170;
export const LIMITS = {
  pan: { least: -0x2200, most: 0x2200 },
  tilt: { least: -0x400, most: 0x1200 },
  /** VISCA "Zoom Position": 0000 wide, 4000 the end of the optical range. */
  zoom: { least: 0, most: 0x4000 },
} as const;

/** SRG-300H manual, "Pan/Tilt Speed (Slow Mode Off)": degrees a second for 01h, 02h …; the tilt table ends at 17h. */
export const PAN_SPEEDS = [1.1, 1.3, 1.6, 2.2, 2.9, 6.7, 11, 23, 24, 27, 41, 43, 47, 49, 54, 57, 62, 64, 69, 72, 80, 84, 91, 101] as const;
export const TILT_SPEEDS = [1.1, 1.3, 1.6, 2.2, 2.9, 6.7, 11, 16, 26, 29, 31, 34, 50, 52, 54, 57, 62, 64, 69, 72, 80, 84, 91] as const;
/** The manual gives none for zoom: here the whole range takes 4 s, and variable speed p is (p + 1)/8 of that. */
export const ZOOM_STEPS_PER_MS = 0x4000 / 4000;
/** Optical zoom of the SRG-300H: 30 times at the end, evenly growing by factors on the way. */
const ZOOM_TIMES = 30;

export const inSteps = (degreesPerSecond: number): number => (degreesPerSecond * STEPS_PER_DEGREE) / 1000;
export const inDegrees = (steps: number): number => steps / STEPS_PER_DEGREE;
export const magnification = (zoom: number): number => ZOOM_TIMES ** (zoom / LIMITS.zoom.most);

/** @param power as after mains power. */
export function bodyAtRest(power: 'on' | 'standby'): Body {
  const rest: Axis = { from: 0, to: 0, since: 0, speed: 1 };
  return { power: { kind: power }, pan: rest, tilt: rest, zoom: rest, presets: new Map() };
}

export function positionAt(axis: Axis, now: Moment): number {
  const way = axis.speed * (now - axis.since);
  if (way >= Math.abs(axis.to - axis.from)) return axis.to;
  return Math.round(axis.from + Math.sign(axis.to - axis.from) * way);
}

/** When it rests. */
const settledAt = (axis: Axis): Moment => axis.since + Math.abs(axis.to - axis.from) / axis.speed;

/** Sends an axis elsewhere, from wherever it is now. */
export function heading(axis: Axis, to: number, speed: number, now: Moment): Axis {
  return { from: positionAt(axis, now), to, since: now, speed };
}

export function viewAt(body: Body, now: Moment): View {
  return { pan: positionAt(body.pan, now), tilt: positionAt(body.tilt, now), zoom: positionAt(body.zoom, now) };
}

/** Which part of the camera a command keeps busy; a later command for the same part takes over. */
export type Part = 'power' | 'head' | 'lens' | 'none';

/** Stops what a part was doing, where it is. Power stops everything. */
export function halted(body: Body, part: Part, now: Moment): Body {
  const here = (axis: Axis): Axis => heading(axis, positionAt(axis, now), axis.speed, now);
  const head = { pan: here(body.pan), tilt: here(body.tilt) };
  const lens = { zoom: here(body.zoom) };
  switch (part) {
    case 'power': return { ...body, ...head, ...lens };
    case 'head': return { ...body, ...head };
    case 'lens': return { ...body, ...lens };
    case 'none': return body;
  }
}

/** When a part has done what it was last told. A recalled preset counts its zoom to the head. */
export function doneAt(body: Body, part: Part): Moment {
  switch (part) {
    case 'power': return body.power.kind === 'waking' ? body.power.until : 0;
    case 'head': return Math.max(settledAt(body.pan), settledAt(body.tilt), settledAt(body.zoom));
    case 'lens': return settledAt(body.zoom);
    case 'none': return 0;
  }
}

export const isMoving = (body: Body, now: Moment): boolean =>
  [body.pan, body.tilt, body.zoom].some((axis) => settledAt(axis) > now);

/** What power it has now: waking ends by itself. */
export function powerAt(body: Body, now: Moment): Power['kind'] {
  return body.power.kind === 'waking' && now >= body.power.until ? 'on' : body.power.kind;
}
