/** Faces as pictures of one bit a pixel. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { crc16 } from './crc16.js';
import { sentencesOf, type AnyFace, type Place } from './faces.js';
import { layOut } from './layout.js';
import { isRightToLeft } from './lines.js';
import { sizesOf, type Panel } from './panels.js';
import { scan } from './scan.js';
import type { Layout } from './sheet.js';
import { drawSymbol, SYMBOL_UNITS } from './symbols.js';
import { fontOf, TYPEFACE } from './typeface.js';

export interface Picture {
  /** Rows from the top, one bit a pixel, the leftmost highest; 1 is white. */
  readonly bits: Buffer;
  /** crc16 of the bits in the order in which they travel (scan.ts); never 0, which means "unknown" on the wire. */
  readonly crc: number;
}

/** Of 255: darker is black, so that letters get crisp edges instead of grey ones. */
const THRESHOLD = 128;
const CHANNELS = 4;

/** @throws TextDoesNotFit where the face's words cannot be shown legibly on that panel. */
export function draw(face: AnyFace, panel: Panel, place: Place): Picture {
  const layout = layOut(sentencesOf(face, place, sizesOf(panel).stateOnly), panel, TYPEFACE);
  const context = createCanvas(panel.width, panel.height).getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, panel.width, panel.height);
  context.fillStyle = 'black';
  context.fillRect(0, 0, panel.width, layout.band);
  drawLines(context, layout);
  const { shape, x, y, width } = layout.symbol;
  context.save();
  context.translate(x, y);
  context.scale(width / SYMBOL_UNITS.width, width / SYMBOL_UNITS.width);
  const onBand = y < layout.band;
  drawSymbol(shape, context, onBand ? 'white' : 'black', onBand ? 'black' : 'white');
  context.restore();
  drawQr(context, layout);
  return toPicture(context.getImageData(0, 0, panel.width, panel.height).data, panel);
}

function drawLines(context: SKRSContext2D, { lines, band }: Layout): void {
  context.textAlign = 'left';
  for (const { text, x, baseline, size } of lines) {
    context.fillStyle = baseline <= band ? 'white' : 'black';
    context.font = fontOf(text, size);
    context.direction = isRightToLeft(text) ? 'rtl' : 'ltr';
    context.fillText(text, x, baseline);
  }
}

function drawQr(context: SKRSContext2D, { qr }: Layout): void {
  if (qr === undefined) return;
  const { code, x, y, pixelsPerModule } = qr;
  context.fillStyle = 'black';
  code.modules.forEach((row, j) => row.forEach((dark, i) => {
    if (dark) context.fillRect(x + i * pixelsPerModule, y + j * pixelsPerModule, pixelsPerModule, pixelsPerModule);
  }));
}

function toPicture(pixels: Uint8ClampedArray, panel: Panel): Picture {
  const bits = Buffer.alloc(pixels.length / CHANNELS / 8);
  for (let pixel = 0; pixel * CHANNELS < pixels.length; pixel++) {
    const white = (pixels[pixel * CHANNELS] as number) >= THRESHOLD;
    if (white) bits[pixel >> 3] = (bits[pixel >> 3] as number) | (0x80 >> (pixel & 7));
  }
  // A picture whose CRC would read "unknown" gets another corner pixel.
  if (crc16(scan(bits, panel)) === 0) bits.writeUInt8(bits.readUInt8(0) ^ 0x80, 0);
  return { bits, crc: crc16(scan(bits, panel)) };
}
