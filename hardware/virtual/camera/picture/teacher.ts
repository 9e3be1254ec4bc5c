/** The teacher, who walks up and down before the board and points at it: what moves in the picture. */
import { createCanvas } from '@napi-rs/canvas';
import { fromRgba, type Planes } from './planes.js';
import { place, type Figure, type Gaze } from './view.js';

/** Degrees: how large the cut-out is, where its head is, and how far it walks to either side. */
const ACROSS = 7;
const TALL = 16;
const HEAD = 4;
const WALK = 11;
const WALK_MS = 9000;
const POINT_MS = 1300;

export class Teacher {
  readonly #poses: readonly [Figure, Figure];

  constructor(pixelsPerDegree: number) {
    this.#poses = [drawPose(pixelsPerDegree, false), drawPose(pixelsPerDegree, true)];
  }

  /** Where the teacher stands, degrees, is a function of time alone. @param now ms of any clock. */
  walkInto(view: Planes, gaze: Gaze, now: number): void {
    const pan = WALK * Math.sin((2 * Math.PI * now) / WALK_MS);
    place(this.#poses[Math.floor(now / POINT_MS) % 2 === 0 ? 0 : 1], { pan, height: HEAD }, gaze, view);
  }
}

function drawPose(pixelsPerDegree: number, pointing: boolean): Figure {
  const width = Math.ceil((ACROSS * pixelsPerDegree) / 8) * 8;
  const height = Math.ceil((TALL * pixelsPerDegree) / 2) * 2;
  const canvas = createCanvas(width, height);
  const draw = canvas.getContext('2d');
  draw.scale(width / 9, height / 21); // drawn 9 wide and 21 tall
  const middle = 4.5;
  const fill = (colour: string, shape: () => void): void => {
    draw.fillStyle = colour;
    draw.beginPath();
    shape();
    draw.fill();
  };
  fill('#2c3550', () => draw.roundRect(middle - 1.9, 11, 1.7, 9.6, 0.6));
  fill('#2c3550', () => draw.roundRect(middle + 0.2, 11, 1.7, 9.6, 0.6));
  fill('#a23b4e', () => draw.roundRect(middle - 2.3, 4.4, 4.6, 7.6, 1.4));
  draw.lineCap = 'round';
  draw.lineWidth = 1.15;
  draw.strokeStyle = '#8f3044';
  const hands = [[middle - 2.6, 11], pointing ? [8.2, 1.6] : [middle + 2.6, 11]] as const;
  for (const [i, [x, y]] of hands.entries()) {
    draw.beginPath();
    draw.moveTo(middle + (i === 0 ? -1.8 : 1.8), 5.4);
    draw.lineTo(x, y);
    draw.stroke();
    fill('#c98d68', () => draw.arc(x, y, 0.65, 0, 2 * Math.PI));
  }
  fill('#c98d68', () => draw.ellipse(middle, 2.5, 1.45, 1.8, 0, 0, 2 * Math.PI));
  fill('#3b2a20', () => draw.ellipse(middle, 1.6, 1.6, 1.35, 0, 0, 2 * Math.PI));
  const rgba = draw.getImageData(0, 0, width, height).data;
  const solid = Uint8Array.from({ length: width * height }, (_, i) => ((rgba[i * 4 + 3] ?? 0) > 127 ? 1 : 0));
  return { picture: fromRgba(rgba, width, height), solid };
}
