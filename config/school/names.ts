/** Names of people and places as they are typed or loaded: one line, one form, nothing in them that cannot be seen. */
import type { Said } from '../../session/said.js';

/** Controls, marks of direction, halves of characters, what is no character: whatever is not seen, or changes what is. The two joiners stay, since Persian and Urdu are written with them. */
const UNSEEN = /(?![\u200C\u200D])\p{C}|[\u2028\u2029\uFFFD]/u;
const JOINERS = /[\u200C\u200D]/gu;

/** What is wrong with a name, said of what it is the name of. `long` has the gaps {length} and {longest}. */
export type NameSentences = Readonly<Record<'unseen' | 'empty' | 'long', string>>;

/** @returns NFC, trimmed, with single spaces. */
export const tidyName = (name: string): string => name.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** The same for names that people would take for each other. */
export const likeness = (name: string): string => tidyName(name).replace(JOINERS, '').toLowerCase();

/** @param name as it came, not tidied. @param longest in UTF-16 units, which are never fewer than the characters that the state counts. @returns the sentence of the table that says why, or null. */
export function whyNotName(name: string, longest: number, sentences: NameSentences): Said | null {
  if (UNSEEN.test(name.trim())) return { sentence: sentences.unseen };
  const { length } = tidyName(name);
  if (likeness(name) === '') return { sentence: sentences.empty };
  return length > longest ? { sentence: sentences.long, values: { length, longest } } : null;
}
