/** The order in which a picture's bytes travel to the board: that in which the panel's controller takes them. */
import type { Panel } from './panels.js';

/**
 * The SSD1680 of the 2.9" panel holds 128 columns by 296 rows, upright, eight pixels of a row in a byte. In no data entry
 * mode does a byte cover pixels of a column, so that a picture for the sign on its side must be turned before it is sent.
 */
const ON_ITS_SIDE = { width: 296, height: 128 } as const;

type Size = Pick<Panel, 'width' | 'height'>;
const isTurned = ({ width, height }: Size): boolean => width === ON_ITS_SIDE.width && height === ON_ITS_SIDE.height;

/** The controller's rows: how many, and bytes in each. */
export function rowsOf({ width, height }: Size): { readonly count: number; readonly bytes: number } {
  return isTurned({ width, height }) ? { count: width, bytes: height / 8 } : { count: height, bytes: width / 8 };
}

/**
 * @param bits rows from the top, one bit a pixel, the leftmost highest.
 * @returns the same for panels whose rows are the controller's; for the 2.9" panel the picture's columns from the left,
 * each from its bottom to its top, the lowest pixel highest in its byte.
 */
export function scan(bits: Uint8Array, panel: Size): Buffer {
  if (!isTurned(panel)) return Buffer.from(bits);
  const { width, height } = panel;
  const turned = Buffer.alloc(bits.length);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const white = ((bits[(y * width + x) >> 3] as number) >> (7 - (x & 7))) & 1;
      const at = x * height + (height - 1 - y);
      turned[at >> 3] = (turned[at >> 3] as number) | (white << (7 - (at & 7)));
    }
  }
  return turned;
}
