/** Words into lines. Pure: the font is a function. */
import { TextDoesNotFit } from './text-does-not-fit.js';

/** A typeface, in ems (its own size). It may set each text in the script that the text is in. */
export interface Typeface {
  /** Height of Latin capitals, or of the letter alef. */
  capHeight(text: string): number;
  /** How far the ink of this very text reaches from the baseline. */
  ink(text: string): { readonly above: number; readonly below: number };
  width(text: string): number;
  has(character: string): boolean;
}

/** Line to line, of the height of capitals. Arabic letters reach higher and hang lower than Latin ones. */
const PITCH = { latin: 1.48, arabic: 1.62 };

export const isRightToLeft = (text: string): boolean => /\p{Script=Arabic}/u.test(text);
export const pitchOf = (text: string): number => (isRightToLeft(text) ? PITCH.arabic : PITCH.latin);
export const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/** All the ways to break a phrase between its words into at most `most` lines. */
export function breaks(phrase: string, most: number): string[][] {
  const space = phrase.indexOf(' ');
  if (space < 0) return most < 1 ? [] : [[phrase]];
  const [first, rest] = [phrase.slice(0, space), phrase.slice(space + 1)];
  return [
    ...breaks(rest, most).map((lines) => [`${first} ${lines[0]}`, ...lines.slice(1)]),
    ...breaks(rest, most - 1).map((lines) => [first, ...lines]),
  ];
}

/** Greedy lines at a cap height of `cap`, the nth at most as wide as `widest(n)`; undefined where one word is wider. */
export function wrap(text: string, widest: (line: number) => number, cap: number, face: Typeface): string[] | undefined {
  const lines: string[] = [];
  let line = '';
  for (const word of words(text)) {
    let ems = (widest(lines.length) * face.capHeight(text)) / cap;
    if (face.width(word) > ems) return undefined;
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && face.width(longer) > ems) {
      lines.push(line);
      line = word;
      ems = (widest(lines.length) * face.capHeight(text)) / cap;
      if (face.width(word) > ems) return undefined;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** @throws TextDoesNotFit where the typeface lacks a character of this text. */
export function refuseMissing(text: string, face: Typeface): void {
  const missing = Array.from(text).find((character) => !/\s/u.test(character) && !face.has(character));
  if (missing !== undefined) throw new TextDoesNotFit(`the sign has no letter “${missing}”: write “${text}” without it`);
}
