/** How long what is written may be, in characters: the rules' own limits, so that they are shown before anything is refused. */
import { msg, str } from '@lit/localize';

export interface Limits { readonly least: number; readonly most: number }
export const LIMITS = {
  name: { least: 3, most: 60 },
  words: { least: 3, most: 80 },
  enhances: { least: 20, most: 600 },
  trust: { least: 20, most: 600 },
  objection: { least: 10, most: 600 },
  answer: { least: 10, most: 600 },
  reasons: { least: 10, most: 600 },
} as const satisfies Record<string, Limits>;

/** As the protocol has it. */
export const CONTACT_LIMITS: Limits = { least: 1, most: 120 };

/** In one line, as it will be kept. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** What is missing before this can be kept, for the line below the field. @returns null where nothing is. */
export function whatIsMissing(text: string, { least, most }: Limits): string | null {
  const { length } = tidy(text);
  if (length === 0 && least === 1) return msg('Write something.');
  if (length < least) return msg(str`Characters still to write: ${least - length}.`);
  return length > most ? msg(str`Too long. Characters to take out: ${length - most}.`) : null;
}
