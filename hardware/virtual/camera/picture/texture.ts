/**
 * A fixed pattern in the luma of every frame, below the clock: bytes that occur
 * nowhere by chance, so that a search of the disk finds any frame that was ever
 * written in clear.
 */
export const TEXTURE_ROWS = 8;

/** 64 luma values of a linear congruential sequence (Numerical Recipes' constants), in the mid greys. */
export const TEXTURE: Uint8Array = (() => {
  const row = new Uint8Array(64);
  let seed = 0x4c414d50; // "LAMP"
  for (let i = 0; i < row.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    row[i] = 96 + (seed >>> 26);
  }
  return row;
})();

/** @param luma the Y plane, rows of `width` bytes. @param top the first row that gets it. */
export function drawTexture(luma: Uint8Array, width: number, top: number): void {
  for (let y = top; y < top + TEXTURE_ROWS; y++) {
    for (let x = 0; x < width; x += TEXTURE.length) {
      luma.set(TEXTURE.subarray(0, Math.min(TEXTURE.length, width - x)), y * width + x);
    }
  }
}
