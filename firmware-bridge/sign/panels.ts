/** The panels that a sign may have, and how large words must be on each. */

export interface Panel {
  /** Pixels; the width is a multiple of 8. */
  readonly width: number;
  readonly height: number;
  readonly mmPerPixel: number;
}

/** The 7.5" one: the door's default. */
export const LARGEST: Panel = { width: 800, height: 480, mmPerPixel: 163.2 / 800 };

/** By the number that BOARD tells. Widths of the glass: Waveshare's specifications of the 7.5" V2, the 4.2" V2 and the 2.9" V2. */
export const PANELS: Readonly<Record<number, Panel>> = {
  1: LARGEST,
  2: { width: 400, height: 300, mmPerPixel: 84.8 / 400 },
  3: { width: 296, height: 128, mmPerPixel: 66.9 / 296 },
};

/** Millimetres: of capitals (or of the letter alef), but for symbol (its width) and margin. */
export interface Sizes {
  /** `onOneLine`: a word that reaches this is not broken and goes no lower. */
  readonly state: { readonly least: number; readonly onOneLine: number; readonly most: number };
  readonly purpose: { readonly least: number; readonly most: number };
  readonly text: { readonly least: number; readonly most: number };
  readonly symbol: { readonly least: number; readonly most: number };
  readonly margin: number;
  /** Room for state, purpose and symbol alone, in one language. */
  readonly stateOnly: boolean;
}

/** 5 mm are read from one metre, 18 mm from three and a half (5 mm a metre). */
const LARGE: Sizes = { state: { least: 12, onOneLine: 18, most: 26 }, purpose: { least: 8, most: 13 }, text: { least: 5, most: 7.5 }, symbol: { least: 28, most: 44 }, margin: 2.2, stateOnly: false };
const MIDDLE: Sizes = { state: { least: 6, onOneLine: 9, most: 14 }, purpose: { least: 4.5, most: 7 }, text: { least: 2.7, most: 4 }, symbol: { least: 15, most: 24 }, margin: 2, stateOnly: false };
const SMALL: Sizes = { state: { least: 4.5, onOneLine: 7, most: 10 }, purpose: { least: 4, most: 6 }, text: { least: 3, most: 4 }, symbol: { least: 8, most: 16 }, margin: 1.4, stateOnly: true };

export function sizesOf(panel: Panel): Sizes {
  const width = panel.width * panel.mmPerPixel;
  if (width >= 150) return LARGE;
  return width >= 80 ? MIDDLE : SMALL;
}
