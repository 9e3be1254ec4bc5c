/**
 * Where each word of a face goes, and how large: computed from the words, so
 * that any purpose is either legible or refused. Pure: the font is a function.
 */
import { compose, purposeLines } from './compose.js';
import type { Sentences, Version } from './faces.js';
import { foot } from './foot.js';
import { isRightToLeft, refuseMissing, type Typeface } from './lines.js';
import type { Panel } from './panels.js';
import { qrCode } from './qr.js';
import { sheetOf, symbolBox, type Layout, type Line, type Sheet } from './sheet.js';
import { stateBlocks } from './state-block.js';
import { TextDoesNotFit } from './text-does-not-fit.js';

/** Where the symbol stands: beside the text below, or beside the state words, which then have less width. */
type SymbolPlace = 'foot' | 'head';

const GROWTH_STEPS = 6;

/** @throws TextDoesNotFit where a character is missing in the typeface, a word is wider than the panel, or there is too much text. */
export function layOut(sentences: Sentences, panel: Panel, face: Typeface): Layout {
  const sheet = sheetOf(panel, face);
  const { layout, again } = fit(sentences, sheet);
  return grown(layout, sheet, again);
}

/** @throws TextDoesNotFit as layOut does, sooner. */
export function refuseWhatDoesNotFit(sentences: Sentences, panel: Panel, face: Typeface): void {
  fit(sentences, sheetOf(panel, face));
}

/** A layout at the least sizes of text and symbol, and how to set the same at others. */
interface Fitting {
  readonly layout: Layout;
  readonly again: (sheet: Sheet) => Layout | undefined;
}

function fit(sentences: Sentences, sheet: Sheet): Fitting {
  for (const text of textsOf(sentences)) refuseMissing(text, sheet.face);
  const fitting = firstThatFits(sentences, sheet);
  if (fitting === undefined) throw new TextDoesNotFit(whyNot(sentences, sheet));
  return fitting;
}

const textsOf = ({ purpose, versions }: Sentences): string[] => [purpose ?? '', ...versions.flatMap(({ words: all, room }) => [room ?? '', ...all.flatMap(({ state, text }) => [...state, ...text])])];

function firstThatFits(sentences: Sentences, sheet: Sheet): Fitting | undefined {
  for (const version of sentences.versions) {
    // A single language has the whole width for its state, so that it is read from as far as can be.
    const places: readonly SymbolPlace[] = version.words.length === 1 ? ['foot'] : ['foot', 'head'];
    for (const place of places) {
      const again = (other: Sheet): Layout | undefined => arrange(sentences, version, place, other);
      const layout = again(sheet);
      if (layout !== undefined) return { layout, again };
    }
  }
  return undefined;
}

/** With the largest text, and then the largest symbol, for which state and purpose stay as they are. */
function grown(layout: Layout, sheet: Sheet, tryWith: (sheet: Sheet) => Layout | undefined): Layout {
  const { px, sizes } = sheet;
  let best = { layout, sheet };
  const grow = (most: number, least: number, parts: readonly Line['part'][], larger: (mm: number) => Partial<Sheet>): void => {
    const setting = ({ lines }: Layout): string => JSON.stringify(lines.filter(({ part }) => parts.includes(part)).map(({ text, size }) => [text, size]));
    for (let mm = most; mm > least; mm -= (most - least) / GROWTH_STEPS) {
      const tried = { ...best.sheet, ...larger(mm) };
      const found = tryWith(tried);
      if (found === undefined || setting(found) !== setting(best.layout)) continue;
      best = { layout: found, sheet: tried };
      return;
    }
  };
  grow(sizes.text.most, sizes.text.least, ['state', 'purpose'], (mm) => ({ textCap: px(mm) }));
  grow(sizes.symbol.most, sizes.symbol.least, ['state', 'purpose', 'text'], (mm) => ({ symbol: symbolBox(px(mm)) }));
  return best.layout;
}

function arrange(sentences: Sentences, version: Version, place: SymbolPlace, sheet: Sheet): Layout | undefined {
  const { panel, sizes, margin, symbol, px, face } = sheet;
  const code = version.address === undefined ? undefined : qrCode(version.address);
  const besides = sizes.stateOnly ? sentences.purpose : undefined;
  const bottoms = foot(version, code, place === 'foot', sheet);
  if (bottoms.length === 0) return undefined;
  const left = place === 'head' ? 2 * margin + symbol.width : margin;
  const limits = { least: px(sizes.state.least), onOneLine: px(sizes.state.onOneLine), most: px(sizes.state.most) };
  for (const state of stateBlocks(version.words.map((wording) => wording.state), panel.width - left - margin, limits, face)) {
    const headHeight = 2 * margin + Math.max(state.height, place === 'head' ? symbol.height : 0);
    for (const bottom of bottoms) {
      const space = panel.height - headHeight - bottom.height;
      if (space < 0) continue;
      const purpose = besides === undefined ? purposeLines(sentences.purpose, panel.width - 2 * margin, space, sheet) : purposeLines(besides, bottom.columnWidth, panel.height - headHeight - margin, sheet);
      if (purpose !== undefined) return compose(sentences, { state, headHeight, left }, purpose, bottom, sheet);
    }
  }
  return undefined;
}

/** A sentence for the author of what, if it were not there, would let the rest fit. */
function whyNot(sentences: Sentences, sheet: Sheet): string {
  const { purpose, versions, ...rest } = sentences;
  const withoutRoom = versions.map(({ words: said, address }) => ({ words: said, ...(address !== undefined && { address }) }));
  const withoutAddress = versions.map(({ words: said, room }) => ({ words: said, ...(room !== undefined && { room }) }));
  if (purpose !== undefined && firstThatFits({ ...rest, purpose: purpose.slice(0, 1), versions }, sheet) !== undefined) {
    return `the purpose “${purpose}” is too long to be read on the sign (${isRightToLeft(purpose) ? 'letters' : 'capitals'} of ${sheet.sizes.purpose.least} mm): shorten it`;
  }
  const kept = purpose === undefined ? rest : { ...rest, purpose };
  if (firstThatFits({ ...kept, versions: withoutAddress }, sheet) !== undefined) return `the address “${versions[0]?.address}” is too long for the sign: shorten it`;
  if (firstThatFits({ ...kept, versions: withoutRoom }, sheet) !== undefined) return `the room's name “${versions[0]?.room}” is too long for the sign: shorten it`;
  return `the words “${versions.at(-1)?.words.flatMap(({ state, text }) => [...state, ...text]).join(' ')}” are too long for the sign: shorten them, or the names of room and address`;
}
