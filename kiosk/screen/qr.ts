/** A QR code as a picture for lit: one path of squares, no markup from strings. */
import { svg, type SVGTemplateResult } from 'lit';
import { encode } from 'uqr';

/** The quiet zone that the standard (ISO/IEC 18004) asks for, in modules. */
const QUIET = 4;

export interface QrPicture {
  /** Modules along a side, the quiet zone included. */
  readonly side: number;
  /** For an `<svg viewBox="0 0 side side">`. */
  readonly squares: SVGTemplateResult;
}

/** @param text at most 2331 bytes. @throws Error where it is longer. */
export function qrOf(text: string): QrPicture {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { side: size, squares: svg`<rect width=${size} height=${size} fill="#fff"></rect><path d=${path} fill="#000" shape-rendering="crispEdges"></path>` };
}
