/** Pictures as GStreamer's I420: a luma byte for each pixel, two chroma bytes for each square of four. */

export interface Planes {
  readonly width: number;
  readonly height: number;
  /** All three planes, one after the other: what video/x-raw,format=I420 carries for sizes that are multiples of 8. */
  readonly bytes: Uint8Array;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** ITU-R BT.601, 8 bit: black, and no colour. */
const BLACK = 16;
const NO_COLOUR = 128;

/** A black picture. @throws RangeError where GStreamer would pad rows, so that the bytes would not fit its caps. */
export function blackPicture(width: number, height: number): Planes {
  if (width % 8 !== 0 || height % 2 !== 0) throw new RangeError(`a picture of ${width} × ${height} cannot be made; use a width divisible by 8 and an even height`);
  const bytes = new Uint8Array((width * height * 3) / 2).fill(NO_COLOUR);
  const size = width * height;
  bytes.fill(BLACK, 0, size);
  return { width, height, bytes, y: bytes.subarray(0, size), u: bytes.subarray(size, size * 1.25), v: bytes.subarray(size * 1.25) };
}

/**
 * @param rgba four bytes a pixel, as a canvas gives them; alpha is ignored.
 * @returns the same picture by the matrix of BT.601, video range; chroma of each square's first pixel.
 */
export function fromRgba(rgba: Uint8ClampedArray, width: number, height: number): Planes {
  const picture = blackPicture(width, height);
  let chroma = 0;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const r = rgba[pixel * 4] ?? 0;
      const g = rgba[pixel * 4 + 1] ?? 0;
      const b = rgba[pixel * 4 + 2] ?? 0;
      picture.y[pixel] = 16 + ((66 * r + 129 * g + 25 * b + 128) >> 8);
      if (row % 2 === 1 || column % 2 === 1) continue;
      picture.u[chroma] = 128 + ((-38 * r - 74 * g + 112 * b + 128) >> 8);
      picture.v[chroma++] = 128 + ((112 * r - 94 * g - 18 * b + 128) >> 8);
    }
  }
  return picture;
}
