/** Recipients as people bring them: whether a text is one, and what to compare it by. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Encrypter } from 'age-encryption';
import { needSecurePage } from './errors.js';
import { mistakeIn, type Mistake } from './mistakes.js';

export type RecipientCheck =
  /** In lower case, without spaces around it. */
  | { readonly is: 'recipient'; readonly recipient: string }
  | ({ readonly is: 'mistake' } & Mistake);

/** `age1`, 52 digits of 5 bits, and a checksum of 6 more. */
const LENGTH = 62;
const WRONG_DIGIT = /[^023456789acdefghjklmnpqrstuvwxyz]/;

/**
 * Whether this is an age X25519 recipient and nothing else, and where not, what it is, in a sentence.
 * The text may be a secret that was pasted by mistake: the caller empties the field, and neither keeps nor sends it.
 * @throws KeyError PAGE_INSECURE where it would be a recipient, and only sealing to it can tell.
 */
export async function checkRecipient(text: string): Promise<RecipientCheck> {
  const given = text.trim();
  const mistake = mistakeIn(given) ?? misspelt(given);
  if (mistake !== undefined) return { is: 'mistake', ...mistake };
  needSecurePage();
  const recipient = given.toLowerCase();
  try {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient); // reads the checksum
    await encrypter.encrypt(new Uint8Array()); // refuses the few points to which nothing can be sealed
    return { is: 'recipient', recipient };
  } catch {
    return { is: 'mistake', code: 'MISSPELT', sentence: 'A character of this key is wrong, or two are swapped: its checksum does not fit. Copy it again.' };
  }
}

function misspelt(given: string): Mistake | undefined {
  const wrong = (sentence: string, values?: Mistake['values']): Mistake => ({ code: 'MISSPELT', sentence, ...(values && { values }) });
  if (given !== given.toLowerCase() && given !== given.toUpperCase()) return wrong('Capital and small letters are mixed in this key. Copy it again.');
  const at = given.slice(4).toLowerCase().search(WRONG_DIGIT);
  if (at >= 0) return wrong('Character {at} of this key cannot be right: keys have no 1, b, i or o after age1, and no signs.', { at: at + 5 });
  if (given.length < LENGTH) return wrong('This key is cut off: {missing} of {length} characters are missing.', { missing: LENGTH - given.length, length: LENGTH });
  if (given.length > LENGTH) return wrong('This key is too long: {given} characters instead of {length}. Something was copied along with it.', { given: given.length, length: LENGTH });
  return undefined;
}

/**
 * What two people compare aloud: the first 80 bits of SHA-256 over the recipient's text, as five groups of four hex digits (`printf %s age1… | sha256sum` begins alike).
 * 80 bits, since whoever swaps a recipient may try many to find one that looks the same.
 * @param recipient from checkRecipient or a TeacherKey.
 */
export function fingerprintOf(recipient: string): string {
  const hex = bytesToHex(sha256(new TextEncoder().encode(recipient)).subarray(0, 10));
  return (hex.match(/.{4}/g) ?? []).join(' ');
}
