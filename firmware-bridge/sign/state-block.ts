/** The state in large letters: which lines, how large, where. */
import { breaks, type Typeface } from './lines.js';

export interface StateBlock {
  readonly lines: readonly { readonly text: string; /** From the block's top. */ readonly baseline: number }[];
  /** Pixels, whole. */
  readonly cap: number;
  readonly height: number;
}

/** Pixels of capitals. */
export interface StateLimits {
  readonly least: number;
  readonly onOneLine: number;
  readonly most: number;
}

/** Round letters reach this much over line and capitals; the gap takes it up. */
const OVERSHOOT = 0.05;

interface Piece {
  readonly text: string;
  readonly phrase: string;
  readonly language: number;
}

/** Lines of one language, and of two. */
const MOST_LINES = { 1: 4, 2: 5 };
/** Between the ink of two lines, of the height of capitals; more between phrases and languages, so that they are not read as one. */
const GAP = { line: 0.3, phrase: 0.38, language: 0.45 };

/**
 * Ways to set the state, best first: as few lines as reach `onOneLine`, or
 * else `least`; for each, from as large as the width allows downwards.
 *
 * @param phrases of each language.
 */
export function* stateBlocks(phrases: readonly (readonly string[])[], width: number, limits: StateLimits, face: Typeface): Generator<StateBlock> {
  const alone = phrases.length === 1;
  const ways = waysToBreak(phrases, alone ? MOST_LINES[1] : MOST_LINES[2])
    .map((pieces) => ({ pieces, cap: Math.min(limits.most, ...pieces.map(({ text }) => Math.floor((width * face.capHeight(text)) / face.width(text)))) }))
    .filter(({ cap }) => cap >= limits.least)
    .sort((a, b) => a.pieces.length - b.pieces.length || b.cap - a.cap);
  const wide = alone ? ways.filter(({ cap }) => cap >= limits.onOneLine) : [];
  for (const { pieces, cap } of wide) yield* shrinking(pieces, cap, limits.onOneLine, face);
  for (const { pieces, cap } of ways) yield* shrinking(pieces, cap, limits.least, face);
}

function* shrinking(pieces: readonly Piece[], most: number, least: number, face: Typeface): Generator<StateBlock> {
  for (let cap = most; cap >= least; cap--) yield place(pieces, cap, face);
}

function waysToBreak(phrases: readonly (readonly string[])[], mostLines: number): Piece[][] {
  return phrases
    .flatMap((ofLanguage, language) => ofLanguage.map((phrase) => breaks(phrase, mostLines).map((lines) => lines.map((text): Piece => ({ text, phrase, language })))))
    .reduce((sofar, next) => sofar.flatMap((lines) => next.map((more) => [...lines, ...more])).filter((lines) => lines.length <= mostLines));
}

function place(pieces: readonly Piece[], cap: number, face: Typeface): StateBlock {
  const lines: { text: string; baseline: number }[] = [];
  let bottom = 0;
  pieces.forEach((piece, i) => {
    const size = cap / face.capHeight(piece.text);
    const { above, below } = face.ink(piece.text);
    const [higher, lower] = [above * size - cap, below * size].map((reach) => (reach > OVERSHOOT * cap ? reach : 0)) as [number, number];
    const baseline = Math.round(bottom + gapAbove(piece, pieces[i - 1]) * cap + cap + higher);
    lines.push({ text: piece.text, baseline });
    bottom = baseline + lower;
  });
  return { lines, cap, height: Math.ceil(bottom) };
}

function gapAbove(piece: Piece, previous: Piece | undefined): number {
  if (previous === undefined) return 0;
  if (previous.language !== piece.language) return GAP.language;
  return previous.phrase === piece.phrase ? GAP.line : GAP.phrase;
}
