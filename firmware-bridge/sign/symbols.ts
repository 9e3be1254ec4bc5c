/** The sign's symbols: a camera seen from its side, in a shape of its own for each state. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Symbol } from './faces.js';

/** Symbols are drawn on a rectangle of these units, and their ink reaches from its left to its right side. */
export const SYMBOL_UNITS = { width: 100, height: 80 };

interface Pen {
  readonly on: SKRSContext2D;
  readonly ink: string;
  readonly paper: string;
}
const LINE = 7;

/** Draws at the origin of the context, in units. */
export function drawSymbol(shape: Symbol, on: SKRSContext2D, ink: string, paper: string): void {
  on.lineJoin = 'round';
  SHAPES[shape]({ on, ink, paper });
}

const SHAPES: Record<Symbol, (pen: Pen) => void> = {
  'camera-recording': (pen) => {
    camera(pen, true);
    recordingDot(pen);
  },
  'camera-looking': (pen) => {
    camera(pen, false);
    disc(pen, pen.ink, 35, 12);
  },
  'camera-paused': (pen) => {
    camera(pen, false);
    pen.on.fillStyle = pen.ink;
    pen.on.fillRect(20, 24, 11, 32);
    pen.on.fillRect(40, 24, 11, 32);
  },
  'camera-crossed-out': (pen) => {
    camera(pen, false);
    for (const [colour, width] of [[pen.paper, 22], [pen.ink, 10]] as const) stroke(pen, colour, width, [[14, 75], [86, 5]]);
  },
  'camera-dots': (pen) => {
    camera(pen, false);
    for (const x of [17, 35.5, 54]) disc(pen, pen.ink, x, 6);
  },
  'camera-recording-mark': (pen) => {
    pen.on.save();
    pen.on.translate(0, 8);
    pen.on.scale(0.8, 0.8);
    camera(pen, true);
    recordingDot(pen);
    pen.on.restore();
    pen.on.fillStyle = pen.ink;
    pen.on.fillRect(88, 6, 12, 46);
    pen.on.fillRect(88, 61, 12, 13);
  },
  'camera-unplugged': (pen) => {
    camera(pen, false, [9, 7]);
    stroke(pen, pen.ink, 9, [[23, 27], [49, 53]]);
    stroke(pen, pen.ink, 9, [[49, 27], [23, 53]]);
  },
};

function camera({ on, ink }: Pen, filled: boolean, dashes: number[] = []): void {
  const half = LINE / 2;
  on.strokeStyle = ink;
  on.fillStyle = ink;
  on.lineWidth = LINE;
  on.setLineDash(dashes);
  const body = (): void => on.roundRect(half, 8, 64, 64, 8);
  const lens = (): void => {
    on.moveTo(67.5, 35);
    on.lineTo(100 - half, 16);
    on.lineTo(100 - half, 64);
    on.lineTo(67.5, 45);
    on.closePath();
  };
  for (const part of [body, lens]) {
    on.beginPath();
    part();
    on.stroke();
    if (filled) on.fill();
  }
  on.setLineDash([]);
}

function recordingDot(pen: Pen): void {
  disc(pen, pen.paper, 35.5, 21);
  disc(pen, pen.ink, 35.5, 13);
}

function disc({ on }: Pen, colour: string, x: number, radius: number): void {
  on.fillStyle = colour;
  on.beginPath();
  on.arc(x, 40, radius, 0, 2 * Math.PI);
  on.fill();
}

function stroke({ on }: Pen, colour: string, width: number, [from, to]: readonly [readonly [number, number], readonly [number, number]]): void {
  on.strokeStyle = colour;
  on.lineWidth = width;
  on.lineCap = 'round';
  on.beginPath();
  on.moveTo(...from);
  on.lineTo(...to);
  on.stroke();
  on.lineCap = 'butt';
}
