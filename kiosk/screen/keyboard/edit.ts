/** Writing with a caret: what each touch makes of a text. Pure; positions are those of a text field (UTF-16). */

/** A text and what is chosen in it; nothing is chosen where both ends are the same, and then they are the caret. */
export interface Writing {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What people take for one letter: with its marks, as one (UAX #29). */
const LETTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

export const caretAtEnd = (text: string): Writing => ({ text, from: text.length, to: text.length });

/** In place of what is chosen. @param most characters that may stand there in all. @returns the same writing where it does not fit: nothing is cut. */
export function insert(writing: Writing, piece: string, most: number): Writing {
  const { text, from, to } = writing;
  const longer = piece.length > to - from;
  if (longer && text.length - (to - from) + piece.length > most) return writing;
  return at(text.slice(0, from) + piece + text.slice(to), from + piece.length);
}

/** Takes out what is chosen, else the letter before the caret with all its marks. */
export function remove(writing: Writing): Writing {
  const { text, from, to } = writing;
  if (from !== to) return at(text.slice(0, from) + text.slice(to), from);
  if (from === 0) return writing;
  const { start, end } = letterAt(text, from - 1);
  return at(text.slice(0, start) + text.slice(end), start);
}

/** One letter on or back in the order of reading; to the end of what is chosen, where something is. */
export function move({ text, from, to }: Writing, by: 1 | -1): Writing {
  if (from !== to) return at(text, by === 1 ? to : from);
  if (by === -1) return at(text, from === 0 ? 0 : letterAt(text, from - 1).start);
  return at(text, from === text.length ? from : letterAt(text, from).end);
}

/** Does a sentence or a line begin here, so that a capital is wanted? */
export const beginsSentence = ({ text, from }: Writing): boolean => /^\s*$|\n\s*$|[.!?…]\s+$/u.test(text.slice(0, from));

/** Which way it runs: as its first letter does, else as the keyboard writes. */
export function directionOf(text: string, otherwise: 'ltr' | 'rtl'): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0];
  return first === undefined ? otherwise : RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr';
}

const at = (text: string, caret: number): Writing => ({ text, from: caret, to: caret });

function letterAt(text: string, index: number): { readonly start: number; readonly end: number } {
  const found = LETTERS.segment(text).containing(index);
  return found === undefined ? { start: index, end: index } : { start: found.index, end: found.index + found.segment.length };
}
