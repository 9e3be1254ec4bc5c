/**
 * A clock that survives the encoder: CLOCK_MONOTONIC milliseconds as black and
 * white blocks along the top of the picture, so that a test can tell from a
 * recorded frame when the virtual camera drew it.
 *
 *     white · 48 bits, highest first, white = 1 · black
 */
const BITS = 48;
/** One marker at each end: a picture without a bar has no white block here and black block there. */
const BLOCKS = BITS + 2;
/** Narrower blocks would blur into their neighbours in H.264. */
const LEAST_BLOCK = 12;
/** ITU-R BT.601 luma of black and white, as in video/x-raw I420. */
const BLACK = 16;
const WHITE = 235;
/** What is neither dark nor bright by this much was not drawn here (8-bit luma, full or video range). */
const DARK = 80;
const BRIGHT = 170;

interface ClockBar {
  /** Width of one block and height of the bar, pixels. */
  readonly block: number;
  readonly height: number;
}

/**
 * @param width of the picture, pixels.
 * @throws RangeError where it is too narrow for blocks of 12 pixels.
 */
export function clockBarOf(width: number): ClockBar {
  const block = Math.floor(width / BLOCKS / 4) * 4;
  if (block < LEAST_BLOCK) throw new RangeError(`a picture ${width} pixels wide is too narrow for the clock; use at least ${BLOCKS * LEAST_BLOCK}`);
  return { block, height: Math.max(16, block) };
}

/**
 * Draws the bar into the top rows.
 * @param luma the Y plane, rows of `width` bytes.
 * @param milliseconds CLOCK_MONOTONIC, cut to whole milliseconds.
 */
export function drawClockBar(luma: Uint8Array, width: number, milliseconds: number): void {
  const { block, height } = clockBarOf(width);
  const row = luma.subarray(0, width).fill(BLACK);
  const bits = `1${Math.trunc(milliseconds).toString(2).padStart(BITS, '0')}0`;
  for (const [i, bit] of Array.from(bits).entries()) {
    if (bit === '1') row.fill(WHITE, i * block, (i + 1) * block);
  }
  for (let y = 1; y < height; y++) luma.copyWithin(y * width, 0, width);
}

/**
 * Reads the bar of a decoded picture.
 * @param grey one byte a pixel, rows of `width` bytes (ffmpeg: -pix_fmt gray), the size that the camera drew.
 * @returns CLOCK_MONOTONIC milliseconds; undefined where there is no bar, or it cannot be read for certain.
 */
export function readClockBar(grey: Uint8Array, width: number): number | undefined {
  const { block, height } = clockBarOf(width);
  let milliseconds = 0;
  for (let i = 0; i < BLOCKS; i++) {
    const level = middleOf(grey, width, i * block, block, height);
    const bit = level >= BRIGHT ? 1 : level <= DARK ? 0 : undefined;
    if (bit === undefined || (i === 0 && bit === 0) || (i === BLOCKS - 1 && bit === 1)) return undefined;
    if (i > 0 && i <= BITS) milliseconds = milliseconds * 2 + bit;
  }
  return milliseconds;
}

/** Mean of the middle half of a block, where its neighbours do not reach. */
function middleOf(grey: Uint8Array, width: number, left: number, block: number, height: number): number {
  let sum = 0;
  let count = 0;
  for (let y = height >> 2; y < height - (height >> 2); y++) {
    for (let x = left + (block >> 2); x < left + block - (block >> 2); x++, count++) sum += grey[y * width + x] ?? 0;
  }
  return sum / count;
}
