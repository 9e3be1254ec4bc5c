/**
 * Where each word of a face goes, and how large: computed from the words, so
 * that any purpose is either legible or refused. Pure: the font is a function.
 *
 * Sizes are heights of capitals in millimetres on the panel: 5 mm are read from
 * one metre (BS practice, 5 mm a metre), 18 mm from three and a half.
 */
import type { Sentences, Symbol } from './faces.js';

export interface Panel {
  /** Pixels; the width is a multiple of 8. */
  readonly width: number;
  readonly height: number;
  readonly mmPerPixel: number;
}

/** Panels by the number that BOARD tells. The 7.5" has 163.2 x 97.9 mm of glass (Waveshare, 7.5inch e-Paper V2, specification). */
export const PANELS: Readonly<Record<number, Panel>> = { 1: { width: 800, height: 480, mmPerPixel: 163.2 / 800 } };

/** A typeface, in ems (its own size). */
export interface Typeface {
  readonly capHeight: number;
  width(text: string): number;
  has(character: string): boolean;
}

export interface Line {
  readonly text: string;
  /** Left end of the baseline, pixels from the top left. */
  readonly x: number;
  readonly baseline: number;
  /** Font size in pixels. */
  readonly size: number;
}

export interface Layout {
  /** Height in pixels of the band behind the state words; they are white on black in it. 0: no band. */
  readonly band: number;
  readonly symbol: { readonly shape: Symbol; readonly x: number; readonly y: number; readonly size: number };
  readonly lines: readonly Line[];
}

/** Millimetres of capitals: the least that is legible, and the most that is useful. */
const STATE_MM = { least: 12, onOneLine: 18, most: 26 };
const PURPOSE_MM = { least: 8, most: 13, step: 0.25 };
/** A tenth over 5 mm, so that rounding to pixels leaves none below it. */
const TEXT_MM = 5.1;
const SYMBOL_MM = 28;
const STATE_LINES = 3;
const MARGIN_MM = 3;
/** Line to line, of the height of capitals: capitals alone, and with letters that hang below. */
const PITCH = { capitals: 1.35, letters: 1.58 };
/** Extra space above a phrase of the state, so that two phrases are not read as one. */
const PHRASE_GAP = 0.35;

/** A text that cannot be shown legibly. Its message is a sentence for the person who wrote the text. */
export class TextDoesNotFit extends Error {
  override readonly name = 'TextDoesNotFit';
}

/** @throws TextDoesNotFit where a character is missing in the face, a word is wider than the panel, or there is too much text. */
export function layOut(sentences: Sentences, panel: Panel, face: Typeface): Layout {
  for (const text of [...sentences.state, sentences.purpose ?? '', ...sentences.text]) refuseMissing(text, face);
  const px = (mm: number): number => mm / panel.mmPerPixel;
  const margin = px(MARGIN_MM);
  const inner = panel.width - 2 * margin;
  const centred = (text: string, cap: number, top: number): Line => {
    const size = cap / face.capHeight;
    return { text, size, x: (panel.width - face.width(text) * size) / 2, baseline: top + cap };
  };

  const state = stateLines(sentences.state, inner, px, face);
  const stateTop = margin;
  const below = (line: number): number => state.cap * (line * PITCH.capitals + (state.phrases[line] as number) * PHRASE_GAP);
  const stateHeight = 2 * margin + state.cap + below(state.lines.length - 1);

  const symbolSize = px(SYMBOL_MM);
  const textLeft = 2 * margin + symbolSize;
  const textCap = px(TEXT_MM);
  const text = sentences.text.flatMap((sentence) => wrap(sentence, (panel.width - margin - textLeft) / (textCap / face.capHeight), face));
  const footHeight = margin + Math.max(symbolSize, text.length * textCap * PITCH.letters);

  const room = panel.height - stateHeight - footHeight;
  if (room < 0) throw new TextDoesNotFit(`the text “${sentences.text.join(' ')}” is too long for the sign: shorten it`);
  const purpose = sentences.purpose === undefined ? { lines: [], cap: 0 } : purposeLines(sentences.purpose, inner, room, px, face);
  const purposeTop = stateHeight + (room - blockHeight(purpose.lines.length, purpose.cap)) / 2;
  // Without a purpose the space is shared between words and foot.
  const footTop = sentences.purpose === undefined ? stateHeight + room / 2 : panel.height - footHeight;
  const textTop = footTop + (footHeight - margin - text.length * textCap * PITCH.letters) / 2 + (textCap * (PITCH.letters - 1)) / 2;

  return {
    band: sentences.inverted ? Math.round(stateHeight) : 0,
    symbol: { shape: sentences.symbol, x: margin, y: footTop + (footHeight - margin - symbolSize) / 2, size: symbolSize },
    lines: [
      ...state.lines.map((line, i) => centred(line, state.cap, stateTop + below(i))),
      ...purpose.lines.map((line, i) => centred(line, purpose.cap, purposeTop + purpose.cap * ((PITCH.letters - 1) / 2 + i * PITCH.letters))),
      ...text.map((line, i) => ({ text: line, size: textCap / face.capHeight, x: textLeft, baseline: textTop + textCap * (1 + i * PITCH.letters) })),
    ],
  };
}

const blockHeight = (lines: number, cap: number): number => lines * cap * PITCH.letters;

/** The fewest lines at 18 mm or more; where none is, the fewest at 12 mm or more. `phrases`: of which phrase each line is, from 0. */
function stateLines(phrases: readonly string[], inner: number, px: (mm: number) => number, face: Typeface): { lines: string[]; phrases: number[]; cap: number } {
  const ways = phrases
    .map((phrase, which) => breaks(phrase).map((lines) => lines.map((text) => ({ text, which }))))
    .reduce((sofar, next) => sofar.flatMap((lines) => next.map((more) => [...lines, ...more])))
    .filter((lines) => lines.length <= STATE_LINES)
    .map((lines) => ({ lines, cap: Math.min(px(STATE_MM.most), (inner / Math.max(...lines.map(({ text }) => face.width(text)))) * face.capHeight) }))
    .sort((a, b) => a.lines.length - b.lines.length || b.cap - a.cap);
  const best = ways.find(({ cap }) => cap >= px(STATE_MM.onOneLine)) ?? ways.find(({ cap }) => cap >= px(STATE_MM.least));
  if (best === undefined) throw new TextDoesNotFit(`the words “${phrases.join(' ')}” are too wide for the sign: shorten them`);
  return { lines: best.lines.map(({ text }) => text), phrases: best.lines.map(({ which }) => which), cap: best.cap };
}

/** All the ways to break a phrase between its words. */
function breaks(phrase: string): string[][] {
  const space = phrase.indexOf(' ');
  if (space < 0) return [[phrase]];
  const [first, rest] = [phrase.slice(0, space), phrase.slice(space + 1)];
  return breaks(rest).flatMap((lines) => [[`${first} ${lines[0]}`, ...lines.slice(1)], [first, ...lines]]);
}

/** The largest size at which the purpose fits the room that is left. */
function purposeLines(purpose: string, inner: number, room: number, px: (mm: number) => number, face: Typeface): { lines: string[]; cap: number } {
  for (let mm = PURPOSE_MM.most; mm >= PURPOSE_MM.least; mm -= PURPOSE_MM.step) {
    const cap = px(mm);
    const widest = inner / (cap / face.capHeight);
    if (words(purpose).some((word) => face.width(word) > widest)) continue;
    const lines = wrap(purpose, widest, face);
    if (blockHeight(lines.length, cap) <= room) return { lines, cap };
  }
  throw new TextDoesNotFit(`the purpose “${purpose}” is too long to be read on the sign (capitals of ${PURPOSE_MM.least} mm): shorten it`);
}

/** Greedy lines of at most `widest` ems. @throws TextDoesNotFit for a word that is wider. */
function wrap(text: string, widest: number, face: Typeface): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words(text)) {
    if (face.width(word) > widest) throw new TextDoesNotFit(`the word “${word}” is too wide for the sign: use a shorter one`);
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && face.width(longer) > widest) lines.push(line);
    line = line !== '' && face.width(longer) > widest ? word : longer;
  }
  return line === '' ? lines : [...lines, line];
}

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

function refuseMissing(text: string, face: Typeface): void {
  const missing = Array.from(text).find((character) => !/\s/u.test(character) && !face.has(character));
  if (missing !== undefined) throw new TextDoesNotFit(`the sign has no letter “${missing}”: write “${text}” without it`);
}
