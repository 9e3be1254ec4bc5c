/** What may be written into a proposal, an objection, an answer or a reason: one line, neither too short to say anything nor too long to be read at a kiosk. */
import type { Refusal } from './proposal-refusals.js';
import { refused } from './proposal-refusals.js';
import type { PurposeText } from './purposes.js';

/** In UTF-16 units, which are never fewer than the characters that a schema may count. */
export const TEXT_LIMITS = {
  name: { least: 3, most: 60 },
  /** The sign refuses earlier what it cannot show; this is the backstop. */
  words: { least: 3, most: 80 },
  enhances: { least: 20, most: 600 },
  trust: { least: 20, most: 600 },
  objection: { least: 10, most: 600 },
  answer: { least: 10, most: 600 },
  reasons: { least: 10, most: 600 },
} as const;
export type TextField = keyof typeof TEXT_LIMITS;

/** What is known elsewhere about words. */
export interface Readers {
  /** Whether it holds the name of somebody on the staff list (P6.3: no names). */
  readonly namesSomebody: (text: string) => boolean;
  /** A sentence where a sign cannot show these words, else null. */
  readonly whyNotOnSign: (words: string) => string | null;
}

/** Controls, halves of characters, and marks that turn the direction of what follows them. */
export const UNREADABLE = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202A-\u202E\u2066-\u2069]/u;

/** In one line and one form, so that what looks alike is alike. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
export const alike = (one: string, other: string): boolean => tidy(one).toLowerCase() === tidy(other).toLowerCase();

/** @returns the refusal, or null where the (tidied) text may stand. */
export function whyNotWritten(field: TextField, text: string, { namesSomebody, whyNotOnSign }: Readers): Refusal | null {
  const { least, most } = TEXT_LIMITS[field];
  if (text.length < least || text.length > most) return refused('TEXT_LENGTH', { sentence: LENGTHS[field], values: { least, most } });
  if (UNREADABLE.test(text)) return refused('TEXT_UNREADABLE');
  if (namesSomebody(text)) return refused('TEXT_HAS_NAME');
  const unfit = field === 'words' ? whyNotOnSign(text) : null;
  return unfit === null ? null : refused('WORDS_DO_NOT_FIT', { sentence: 'These words do not fit on the sign ({why}).', values: { why: unfit } });
}

/** @returns the first reason why this text cannot be proposed, or null. */
export function whyNotProposed(text: PurposeText, readers: Readers): Refusal | null {
  for (const field of ['name', 'words', 'enhances', 'trust'] as const) {
    const why = whyNotWritten(field, text[field], readers);
    if (why !== null) return why;
  }
  return null;
}

export const tidied = ({ name, words, audience, enhances, trust }: PurposeText): PurposeText => ({ name: tidy(name), words: tidy(words), audience, enhances: tidy(enhances), trust: tidy(trust) });

const LENGTHS: Readonly<Record<TextField, string>> = {
  name: 'The name: write between {least} and {most} characters.',
  words: 'The words on the sign: write between {least} and {most} characters.',
  enhances: 'How it enhances teaching and learning: write between {least} and {most} characters.',
  trust: 'How it fits trust-based collaboration: write between {least} and {most} characters.',
  objection: 'The objection: write between {least} and {most} characters.',
  answer: 'The answer: write between {least} and {most} characters.',
  reasons: 'The reasons: write between {least} and {most} characters.',
};
