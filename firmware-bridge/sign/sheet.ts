/** What a laid-out face is, and what every try at one has to go by. Lengths in pixels. */
import type { Symbol } from './faces.js';
import type { Typeface } from './lines.js';
import { sizesOf, type Panel, type Sizes } from './panels.js';
import type { QrCode } from './qr.js';
import { SYMBOL_UNITS } from './symbols.js';

export interface Line {
  readonly part: 'state' | 'purpose' | 'text';
  readonly text: string;
  /** Left end of the baseline, pixels from the top left. */
  readonly x: number;
  readonly baseline: number;
  /** Font size in pixels. */
  readonly size: number;
}

export interface Layout {
  /** Height in pixels of the band behind the state words; all is white on black in it. 0: no band. */
  readonly band: number;
  readonly symbol: { readonly shape: Symbol; readonly x: number; readonly y: number; readonly width: number };
  readonly qr?: { readonly code: QrCode; readonly x: number; readonly y: number; readonly pixelsPerModule: number };
  readonly lines: readonly Line[];
}

/** What all tries of one layout share. Lengths in pixels. */
export interface Sheet {
  readonly panel: Panel;
  readonly sizes: Sizes;
  readonly face: Typeface;
  readonly margin: number;
  readonly symbol: { readonly width: number; readonly height: number };
  readonly textCap: number;
  /** Pixels that are at least so many millimetres. */
  readonly px: (mm: number) => number;
}

export function sheetOf(panel: Panel, face: Typeface): Sheet {
  const sizes = sizesOf(panel);
  const px = (mm: number): number => Math.ceil(mm / panel.mmPerPixel);
  return { panel, sizes, face, margin: px(sizes.margin), px, symbol: symbolBox(px(sizes.symbol.least)), textCap: px(sizes.text.least) };
}

export const symbolBox = (width: number): Sheet['symbol'] => ({ width, height: Math.ceil((width * SYMBOL_UNITS.height) / SYMBOL_UNITS.width) });
