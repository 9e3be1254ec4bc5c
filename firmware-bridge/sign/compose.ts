/** Puts the parts of a face in their places. */
import type { Sentences } from './faces.js';
import type { Foot } from './foot.js';
import { pitchOf, words, wrap } from './lines.js';
import type { Layout, Line, Sheet } from './sheet.js';
import type { StateBlock } from './state-block.js';

/** Of the height of capitals: kept free above and below the purpose, unless it is as small as may be. */
const PURPOSE_AIR = 0.25;
/** Of the height of capitals: letters hang lower than they rise above capitals. */
const DESCENT = 0.03;

export interface Purpose {
  readonly lines: readonly string[];
  readonly cap: number;
  readonly height: number;
}

/** The largest size at which the purpose fits the space that is left. */
export function purposeLines(purpose: string | undefined, width: number, space: number, { sizes, px, face }: Sheet): Purpose | undefined {
  if (purpose === undefined || words(purpose).length === 0) return { lines: [], cap: 0, height: 0 };
  for (let cap = px(sizes.purpose.most); cap >= px(sizes.purpose.least); cap--) {
    const lines = wrap(purpose, () => width, cap, face);
    const height = (lines?.length ?? 0) * pitchOf(purpose) * cap;
    const air = cap > px(sizes.purpose.least) ? 2 * PURPOSE_AIR * cap : 0;
    if (lines !== undefined && height + air <= space) return { lines, cap, height };
  }
  return undefined;
}

/** @param head the state, the height of its part with margins, and the left end of its words. */
export function compose(sentences: Sentences, head: { state: StateBlock; headHeight: number; left: number }, purpose: Purpose, bottom: Foot, sheet: Sheet): Layout {
  const { panel, margin, symbol, face, sizes } = sheet;
  const { state, headHeight, left } = head;
  const line = (part: Line['part'], text: string, cap: number, baseline: number, x: (width: number) => number): Line => {
    const size = cap / face.capHeight(text);
    return { part, text, size, x: Math.round(x(face.width(text) * size)), baseline: Math.round(baseline) };
  };
  const inHead = left > margin;
  const stateTop = Math.round((headHeight - state.height) / 2);
  const space = panel.height - headHeight - bottom.height;
  const beside = sizes.stateOnly && purpose.lines.length > 0;
  const top = beside || purpose.lines.length === 0 ? panel.height - bottom.height - Math.round(space / 2) : panel.height - bottom.height;
  const placed = bottom.place(top);
  const purposeTop = beside ? headHeight + (panel.height - margin - headHeight - purpose.height) / 2 : headHeight + (space - purpose.height) / 2;
  const purposeLine = (text: string, i: number): Line => {
    const pitch = pitchOf(text) * purpose.cap;
    const [from, width] = beside ? [bottom.columnLeft, bottom.columnWidth] : [margin, panel.width - 2 * margin];
    return line('purpose', text, purpose.cap, purposeTop + i * pitch + (pitch + purpose.cap) / 2 - DESCENT * purpose.cap, (w) => from + (width - w) / 2);
  };
  return {
    band: sentences.inverted ? headHeight : 0,
    symbol: { shape: sentences.symbol, ...(inHead ? { x: margin, y: Math.round((headHeight - symbol.height) / 2), width: symbol.width } : placed.symbol(purpose.lines.length > 0)) },
    ...(placed.qr && { qr: placed.qr }),
    lines: [
      ...state.lines.map(({ text, baseline }) => line('state', text, state.cap, stateTop + baseline, (w) => left + (panel.width - margin - left - w) / 2)),
      ...purpose.lines.map(purposeLine),
      ...placed.lines.map(({ text, rightToLeft, width, baseline }) => line('text', text, sheet.textCap, baseline, (w) => (rightToLeft ? bottom.columnLeft + width - w : bottom.columnLeft))),
    ],
  };
}
