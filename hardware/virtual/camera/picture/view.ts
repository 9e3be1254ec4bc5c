/** What the camera sees of a drawing all the way round: the piece that lies in front of it. */
import type { Planes } from './planes.js';
import { TOP } from './room-drawing.js';

/** Where the camera looks. */
export interface Gaze {
  /** Degrees to the right of the front, and above the horizon. */
  readonly pan: number;
  readonly tilt: number;
  /** 1 is the widest view. */
  readonly times: number;
}

/** Horizontal degrees at the widest zoom. Sony gives 65° for the SRG-300H; a flat drawing looks right a little narrower. */
export const WIDEST = 60;

/**
 * Fills `into` with what the camera sees.
 * @param room all 360°, as wide as 360/60 of `into`.
 */
export function look(room: Planes, gaze: Gaze, into: Planes): void {
  const { columns, rows } = raster(room, gaze, into);
  for (let row = 0; row < into.height; row++) {
    const from = (rows[row] ?? 0) * room.width;
    for (let column = 0, at = row * into.width; column < into.width; column++, at++) into.y[at] = room.y[from + (columns[column] ?? 0)] ?? 0;
  }
  const half = { room: room.width / 2, into: into.width / 2 };
  for (let row = 0; row < into.height / 2; row++) {
    const from = ((rows[row * 2] ?? 0) >> 1) * half.room;
    for (let column = 0, at = row * half.into; column < half.into; column++, at++) {
      const source = from + ((columns[column * 2] ?? 0) >> 1);
      into.u[at] = room.u[source] ?? 0;
      into.v[at] = room.v[source] ?? 0;
    }
  }
}

/** For each column and row of the view, the column and row of the drawing: round at the sides, held at top and bottom. */
function raster(room: Planes, { pan, tilt, times }: Gaze, into: Planes): { columns: Int32Array; rows: Int32Array } {
  const perDegree = room.width / 360;
  const left = (pan + 180) * perDegree - into.width / 2 / times;
  const top = (TOP - tilt) * perDegree - into.height / 2 / times;
  return {
    columns: Int32Array.from({ length: into.width }, (_, x) => (Math.floor(left + x / times) + room.width) % room.width),
    rows: Int32Array.from({ length: into.height }, (_, y) => Math.min(room.height - 1, Math.max(0, Math.floor(top + y / times)))),
  };
}

/** A cut-out that stands in the room. */
export interface Figure {
  readonly picture: Planes;
  /** For each pixel, whether the figure is there. */
  readonly solid: Uint8Array;
}

/**
 * Puts a figure into a view.
 * @param pan where its middle stands. @param height where its top is, degrees.
 */
export function place(figure: Figure, at: { readonly pan: number; readonly height: number }, { pan, tilt, times }: Gaze, into: Planes): void {
  const perDegree = into.width / WIDEST;
  const { picture, solid } = figure;
  const left = into.width / 2 + ((at.pan - pan) * perDegree - picture.width / 2) * times;
  const top = into.height / 2 + (tilt - at.height) * perDegree * times;
  const right = Math.min(into.width, Math.floor(left + picture.width * times));
  const bottom = Math.min(into.height, Math.floor(top + picture.height * times));
  for (let y = Math.max(0, Math.ceil(top)); y < bottom; y++) {
    const row = Math.floor((y - top) / times);
    for (let x = Math.max(0, Math.ceil(left)); x < right; x++) {
      const column = Math.floor((x - left) / times);
      const source = row * picture.width + column;
      if (solid[source] === 0) continue;
      into.y[y * into.width + x] = picture.y[source] ?? 0;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const chroma = (row >> 1) * (picture.width / 2) + (column >> 1);
      into.u[(y / 2) * (into.width / 2) + x / 2] = picture.u[chroma] ?? 0;
      into.v[(y / 2) * (into.width / 2) + x / 2] = picture.v[chroma] ?? 0;
    }
  }
}
