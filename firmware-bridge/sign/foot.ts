/** The lower part of a face: symbol, text and QR code side by side. */
import type { Version } from './faces.js';
import type { Layout, Sheet } from './sheet.js';
import { isRightToLeft, pitchOf, wrap } from './lines.js';
import { QUIET_MODULES, type QrCode } from './qr.js';
import { SYMBOL_UNITS } from './symbols.js';

/** One way to set the lower part. Lengths in pixels. */
export interface Foot {
  /** With what must stay free below it. */
  readonly height: number;
  /** Of the column beside the symbol. */
  readonly columnLeft: number;
  readonly columnWidth: number;
  place(top: number): PlacedFoot;
}

interface PlacedFoot {
  /** @param accompanied that something stands beside the symbol though the foot has no text. */
  symbol(accompanied: boolean): Omit<Layout['symbol'], 'shape'>;
  readonly qr?: NonNullable<Layout['qr']>;
  readonly lines: readonly TextLine[];
}

interface TextLine {
  readonly text: string;
  readonly rightToLeft: boolean;
  /** That it may take. */
  readonly width: number;
  readonly baseline: number;
}

interface Column {
  readonly lines: readonly TextLine[];
  readonly height: number;
}

/** Of a symbol that has the foot for itself. */
const ALONE = 1.6;
/** ISO/IEC 18004 sets none; half a millimetre is read by telephones from a hand's breadth or two. */
const MODULE_MM = 0.5;
/** Space between two languages, of the height of capitals. */
const LANGUAGE_GAP = 0.6;

/** Where the QR code is: right of the text, in its lower right corner with the upper lines going on above it, or under the symbol. */
type QrPlace = 'none' | 'right' | 'corner' | 'under';

/** The ways to set it, best first. None where a word is too wide. */
export function foot(version: Version, code: QrCode | undefined, withSymbol: boolean, sheet: Sheet): Foot[] {
  const places: readonly QrPlace[] = code === undefined ? ['none'] : withSymbol ? ['right', 'under', 'corner'] : ['right', 'corner'];
  return places.flatMap((qrPlace) => oneWay(version, code, qrPlace, withSymbol, sheet) ?? []);
}

function oneWay(version: Version, code: QrCode | undefined, qrPlace: QrPlace, withSymbol: boolean, sheet: Sheet): Foot | undefined {
  const { panel, margin, symbol, px } = sheet;
  const pixelsPerModule = px(MODULE_MM);
  const quiet = QUIET_MODULES * pixelsPerModule;
  const edge = Math.max(margin, quiet);
  const side = (code?.modules.length ?? 0) * pixelsPerModule;

  const leftWidth = Math.max(withSymbol ? symbol.width + Math.round(2.4 * margin) : margin, qrPlace === 'under' ? edge + side + quiet : 0);
  const atRight = qrPlace === 'right' || qrPlace === 'corner';
  const columnWidth = panel.width - leftWidth - (atRight ? edge + side + quiet : margin);
  const column = qrPlace === 'corner' ? roundCorner(version, panel.width - leftWidth - margin, { width: columnWidth, height: side + quiet }, sheet) : textColumn(version, () => columnWidth, sheet);
  if (column === undefined) return undefined;

  const leftHeight = (withSymbol ? symbol.height : 0) + (qrPlace === 'under' ? quiet + side : 0);
  const below = qrPlace === 'none' ? margin : edge;
  const inner = Math.max(leftHeight, column.height, atRight ? side + quiet : 0);
  return {
    height: inner + below,
    columnLeft: leftWidth,
    columnWidth,
    place: (top) => {
      const middle = (height: number): number => Math.round(top + (inner - height) / 2);
      const alone = Math.min(Math.floor(symbol.width * ALONE), Math.floor(((panel.height - margin - top) * SYMBOL_UNITS.width) / SYMBOL_UNITS.height));
      const centre = panel.height - top;
      const under = { x: Math.round((leftWidth + margin - quiet - side) / 2), y: middle(leftHeight) + (withSymbol ? symbol.height + quiet : 0) };
      return {
        symbol: (accompanied) => {
          if (column.lines.length > 0 || accompanied || qrPlace !== 'none') return { x: qrPlace === 'under' ? Math.max(margin, Math.round((leftWidth - symbol.width) / 2)) : margin, y: middle(leftHeight), width: symbol.width };
          return { x: Math.round((panel.width - alone) / 2), y: Math.round(top + (centre - margin - (alone * SYMBOL_UNITS.height) / SYMBOL_UNITS.width) / 2), width: alone };
        },
        ...(code !== undefined && { qr: { code, pixelsPerModule, ...(atRight ? { x: panel.width - edge - side, y: panel.height - edge - side } : { x: Math.max(edge, under.x), y: under.y }) } }),
        lines: column.lines.map((line) => ({ ...line, baseline: middle(column.height) + line.baseline })),
      };
    },
  };
}

/** Text of which the last lines, down to the given height from the bottom, have only the given width. */
function roundCorner(version: Version, width: number, beside: { width: number; height: number }, sheet: Sheet): Column | undefined {
  const tallest = textColumn(version, () => beside.width, sheet)?.height ?? 0;
  for (let height = beside.height; height <= tallest; height++) {
    const column = textColumn(version, (bottom) => (bottom <= height - beside.height ? width : beside.width), sheet);
    if (column !== undefined && column.height <= height) return { ...column, height };
  }
  return undefined;
}

/**
 * The room, then each language's text; undefined where a word is wider than its line may be.
 *
 * @param widthAt of the line whose lower end is there.
 */
function textColumn(version: Version, widthAt: (bottom: number) => number, { face, textCap: cap }: Sheet): Column | undefined {
  const lines: TextLine[] = [];
  let bottom = 0;
  for (const [i, { state, text }] of version.words.entries()) {
    const rightToLeft = isRightToLeft(state.join(' '));
    if (i > 0 && lines.length > 0) bottom += LANGUAGE_GAP * cap;
    for (const paragraph of withRoom(text, i === 0 ? version.room : undefined)) {
      const [start, pitch] = [bottom, pitchOf(paragraph) * cap];
      const widthOf = (n: number): number => widthAt(start + (n + 1) * pitch);
      const wrapped = wrap(paragraph, widthOf, cap, face);
      if (wrapped === undefined) return undefined;
      for (const [n, line] of wrapped.entries()) {
        lines.push({ text: line, rightToLeft, width: widthOf(n), baseline: bottom + (pitch + cap) / 2 });
        bottom += pitch;
      }
    }
  }
  return { lines, height: Math.ceil(bottom) };
}

/** A text of one paragraph is short because space is: the room then begins it. */
function withRoom(text: readonly string[], room: string | undefined): readonly string[] {
  if (room === undefined) return text;
  return text.length === 1 ? [`${room} · ${text.join(' ')}`] : [room, ...text];
}
