/** Faces as pictures of one bit a pixel; the only file that meets the canvas and the typeface. */
import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Face } from '../../session/ports.js';
import { crc16 } from './crc16.js';
import { sentencesOf, type Symbol } from './faces.js';
import { layOut, type Panel, type Typeface } from './layout.js';

export interface Picture {
  /** Rows from the top, one bit a pixel, the leftmost highest; 1 is white. */
  readonly bits: Buffer;
  /** crc16 of the bits; never 0, which means "unknown" on the wire. */
  readonly crc: number;
}

const FONT = '@fontsource/atkinson-hyperlegible-next';
const FAMILY = 'Sign';
const MEASURED_AT = 1000;
/** Of 255: darker is black, so that letters get crisp edges instead of grey ones. */
const THRESHOLD = 128;
const CHANNELS = 4;

const resolve = createRequire(import.meta.url).resolve;
for (const subset of ['latin', 'latin-ext']) {
  GlobalFonts.registerFromPath(resolve(`${FONT}/files/atkinson-hyperlegible-next-${subset}-700-normal.woff2`), FAMILY);
}
const measuring = createCanvas(1, 1).getContext('2d');
measuring.font = `${MEASURED_AT}px ${FAMILY}`;
const covered = coverage(createRequire(import.meta.url)(`${FONT}/unicode.json`) as Record<string, string>);

/** Atkinson Hyperlegible Next, bold, Latin letters (Western and Central European, Welsh). */
export const TYPEFACE: Typeface = {
  capHeight: measuring.measureText('H').actualBoundingBoxAscent / MEASURED_AT,
  width: (text) => measuring.measureText(text).width / MEASURED_AT,
  has: (character) => covered(character.codePointAt(0) ?? 0) && !/\p{C}/u.test(character),
};

/** @throws TextDoesNotFit where the face's words cannot be shown legibly on that panel. */
export function draw(face: Face, panel: Panel): Picture {
  const layout = layOut(sentencesOf(face), panel, TYPEFACE);
  const context = createCanvas(panel.width, panel.height).getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, panel.width, panel.height);
  context.fillStyle = 'black';
  context.fillRect(0, 0, panel.width, layout.band);
  for (const { text, x, baseline, size } of layout.lines) {
    context.fillStyle = baseline <= layout.band ? 'white' : 'black';
    context.font = `${size}px ${FAMILY}`;
    context.fillText(text, x, baseline);
  }
  context.save();
  context.translate(layout.symbol.x, layout.symbol.y);
  context.scale(layout.symbol.size / GRID, layout.symbol.size / GRID);
  SYMBOLS[layout.symbol.shape](context);
  context.restore();
  return toPicture(context.getImageData(0, 0, panel.width, panel.height).data);
}

/** Symbols are drawn on a square of this many units. */
const GRID = 100;

const SYMBOLS: Record<Symbol, (context: SKRSContext2D) => void> = {
  'camera-recording': (context) => {
    camera(context, 'filled');
    disc(context, 'white', 19);
    disc(context, 'black', 12);
  },
  'camera-looking': (context) => {
    camera(context, 'outlined');
    disc(context, 'black', 12);
  },
  'camera-paused': (context) => {
    camera(context, 'outlined');
    context.fillRect(22, 36, 10, 28);
    context.fillRect(42, 36, 10, 28);
  },
  'camera-crossed-out': (context) => {
    camera(context, 'outlined');
    slash(context, 'white', 20);
    slash(context, 'black', 9);
  },
};

/** A camera seen from its side: body, and lens to the right. */
function camera(context: SKRSContext2D, style: 'filled' | 'outlined'): void {
  context.fillStyle = 'black';
  context.lineWidth = 7;
  context.lineJoin = 'round';
  const body = (): void => context.roundRect(5, 22, 64, 56, 8);
  const lens = (): void => {
    context.moveTo(69, 46);
    context.lineTo(95, 28);
    context.lineTo(95, 72);
    context.lineTo(69, 54);
    context.closePath();
  };
  for (const part of [body, lens]) {
    context.beginPath();
    part();
    context.stroke();
    if (style === 'filled') context.fill();
  }
}

function disc(context: SKRSContext2D, colour: 'white' | 'black', radius: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(37, 50, radius, 0, 2 * Math.PI);
  context.fill();
}

function slash(context: SKRSContext2D, colour: 'white' | 'black', width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(10, 92);
  context.lineTo(90, 8);
  context.stroke();
}

function toPicture(pixels: Uint8ClampedArray): Picture {
  const bits = Buffer.alloc(pixels.length / CHANNELS / 8);
  for (let pixel = 0; pixel * CHANNELS < pixels.length; pixel++) {
    const white = (pixels[pixel * CHANNELS] as number) >= THRESHOLD;
    if (white) bits[pixel >> 3] = (bits[pixel >> 3] as number) | (0x80 >> (pixel & 7));
  }
  // A picture whose CRC would read "unknown" gets another corner pixel.
  if (crc16(bits) === 0) bits.writeUInt8(bits.readUInt8(0) ^ 0x80, 0);
  return { bits, crc: crc16(bits) };
}

/** @param subsets CSS unicode-range lists, as the font package has them. */
function coverage(subsets: Record<string, string>): (codePoint: number) => boolean {
  const ranges = Object.values(subsets).flatMap((list) => list.split(',')).map((range) => range.slice(2).split('-').map((hex) => parseInt(hex, 16)));
  return (codePoint) => ranges.some(([first = 0, last = first]) => codePoint >= first && codePoint <= last);
}
