/** The glass as a PNG file. The only importer of pngjs. */
import { PNG } from 'pngjs';

/** @param bits rows from the top, MSB left, 1 = white; `width` a multiple of 8. */
export function pngOf(bits: Uint8Array, width: number, height: number): Uint8Array {
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel++) {
    const white = ((bits[pixel >> 3] ?? 0) >> (7 - (pixel & 7))) & 1;
    png.data.fill(white === 1 ? 255 : 0, pixel * 4, pixel * 4 + 3);
    png.data[pixel * 4 + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: 0 });
}
