/** Names of people and places as they are typed or loaded: one line, one form, nothing in them that cannot be seen. */

/** Controls, marks of direction, halves of characters, what is no character: whatever is not seen, or changes what is. The two joiners stay, since Persian and Urdu are written with them. */
const UNSEEN = /(?![\u200C\u200D])\p{C}|[\u2028\u2029\uFFFD]/u;
const JOINERS = /[\u200C\u200D]/gu;

/** @returns NFC, trimmed, with single spaces. */
export const tidyName = (name: string): string => name.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** The same for names that people would take for each other. */
export const likeness = (name: string): string => tidyName(name).replace(JOINERS, '').toLowerCase();

/** @param name as it came, not tidied. @param longest in UTF-16 units, which are never fewer than the characters that the state counts. @returns the rest of a sentence that begins with what it is, or null. */
export function whyNotName(name: string, longest: number): string | null {
  if (UNSEEN.test(name.trim())) return 'holds characters that cannot be seen, or that turn the direction of what follows';
  const { length } = tidyName(name);
  if (likeness(name) === '') return 'is empty';
  return length > longest ? `has ${length} characters; ${longest} are the most` : null;
}
