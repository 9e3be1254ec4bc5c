/** Which pose is what a camera said of itself; pure. */
import type { CameraPose } from '../../session/ports.js';
import type { Position, Power } from './inquiries.js';
import type { Model } from './models.js';

/** How the teacher's view is found: a preset stored in the camera, or a position. */
export type View =
  | { readonly kind: 'preset'; readonly preset: number }
  | { readonly kind: 'position'; readonly pan: number; readonly tilt: number; readonly zoom?: number };

/** One look at the camera. */
export interface Sighting {
  readonly power: Power;
  /** Undefined where the camera does not tell, as many in standby. */
  readonly position: Position | undefined;
  /** It had not moved since the look before. */
  readonly still: boolean;
}

export interface Poses {
  readonly parking: Position;
  readonly view: View;
}

/** Gears and rounding keep a camera from saying exactly what it was told. */
const TOLERANCE_DEGREES = 1;
/** Less than the slowest speed (1.1° a second, SRG-300H) does in 60 ms. */
const STILL_DEGREES = 0.05;

function within(degrees: number, a: Position, b: Position, model: Model): boolean {
  const units = degrees * model.unitsPerDegree;
  return Math.abs(a.pan - b.pan) <= units && Math.abs(a.tilt - b.tilt) <= units;
}

/** Whether two looks, 60 ms apart or more, saw the camera stand. */
export function isStill(before: Position | undefined, after: Position | undefined, model: Model): boolean {
  return before !== undefined && after !== undefined && within(STILL_DEGREES, before, after, model);
}

/** What is known of a camera besides what it was just seen to do. */
export interface Background {
  /** It was read back as turned aside when it was put into this standby by us. */
  readonly leftAside: boolean;
  /** It said on this connection that standby turns it to its end point. */
  readonly sideInStandby: boolean;
  /** Somebody steers it: wherever it looks, it is the view. */
  readonly steered: boolean;
}

export const looksAside = (position: Position, { parking }: Poses, model: Model): boolean => within(TOLERANCE_DEGREES, position, parking, model);

/** The pose that a sighting proves; undefined where it proves none. */
export function poseOf({ power, position, still }: Sighting, poses: Poses, model: Model, { leftAside, sideInStandby, steered }: Background): CameraPose | undefined {
  const aside = position === undefined ? undefined : looksAside(position, poses, model);
  if (power === 'standby') return sideInStandby || (aside ?? leftAside) ? 'parked' : undefined;
  if (steered) return 'view';
  if (position === undefined || !still) return undefined;
  if (aside === true) return 'aside';
  // A preset lives in the camera: what it holds is not known here, only that it is not the wall.
  return poses.view.kind === 'preset' || within(TOLERANCE_DEGREES, position, poses.view, model) ? 'view' : undefined;
}
