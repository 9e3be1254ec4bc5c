/** The test code: sealed by the device to a recipient, it comes back only from whoever has the key. Proves before the first start that a teacher will be able to open recordings. */
import { Decrypter, Encrypter } from 'age-encryption';
import { KeyError, needSecurePage } from './errors.js';
import { identityText } from './identity.js';
import { platformRandom, uniform, wipe, type RandomBytes } from './random.js';

/** At most one of those that are taken for each other (0 O, 1 I L, 5 S, 2 Z, 8 B, M N, U V), and no vowels, which make words. */
const LETTERS = 'CDFGHJKMPQRTVWXY2346789';
/** 23 ** 8 = 2 ** 36: nobody guesses one in the few tries that a caller allows. */
const LENGTH = 8;
/** Says what it is, to whoever opens it with `age -d`; and no other sealed thing opens as a test code. */
const LINE = new RegExp(`^Lamplight test code: ([${LETTERS}]{4}-[${LETTERS}]{4})\n$`);
/** The same for the code that opens an account from before a reset; longer, since it is typed once and tried at leisure by whoever has the disk. */
const UNLOCK_LINE = new RegExp(`^Lamplight unlock code: ([${LETTERS}]{4}(?:-[${LETTERS}]{4}){4})\n?$`);
/** Ours has 231 bytes; with a spare recipient about 330. */
const LARGEST = 2048;

export interface TestCode {
  /** An age file. */
  readonly sealed: Uint8Array;
  /** As people type it: `CDFG-2346`. For one use; the caller counts tries and forgets it. */
  readonly code: string;
}

/** @param recipients each from checkRecipient; any of them opens it. @throws Error where one is none. */
export async function makeTestCode(recipients: string | readonly string[], random: RandomBytes = platformRandom): Promise<TestCode> {
  const letters = Array.from({ length: LENGTH }, () => LETTERS.charAt(uniform(LETTERS.length, random))).join('');
  const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const encrypter = new Encrypter();
  for (const recipient of typeof recipients === 'string' ? [recipients] : recipients) encrypter.addRecipient(recipient);
  return { code, sealed: await encrypter.encrypt(`Lamplight test code: ${code}\n`) };
}

/**
 * The code in it, as `CDFG-2346`. Opens nothing else, so that nobody can have other things opened in its place.
 * @throws KeyError TEST_CODE_CLOSED, TEST_CODE_BROKEN, PAGE_INSECURE
 */
export const openTestCode = (sealed: Uint8Array, identity: Uint8Array): Promise<string> => openLine(sealed, identity, LINE, { isNot: 'This is not a test code.', holdsNone: 'This opens, but is not a test code.' });

/**
 * The code that opens an account from before a reset (P10.3), as five groups of four. The same otherwise.
 * @throws KeyError TEST_CODE_CLOSED, TEST_CODE_BROKEN, PAGE_INSECURE
 */
export const openUnlockCode = (sealed: Uint8Array, identity: Uint8Array): Promise<string> => openLine(sealed, identity, UNLOCK_LINE, { isNot: 'This is not an unlock code.', holdsNone: 'This opens, but is not an unlock code.' });

async function openLine(sealed: Uint8Array, identity: Uint8Array, line: RegExp, { isNot, holdsNone }: { readonly isNot: string; readonly holdsNone: string }): Promise<string> {
  if (sealed.length > LARGEST) throw new KeyError('TEST_CODE_BROKEN', isNot);
  needSecurePage();
  const decrypter = new Decrypter();
  let plain: Uint8Array;
  try {
    decrypter.addIdentity(identityText(identity)); // age-encryption's copies of it cannot be wiped
    plain = await decrypter.decrypt(sealed);
  } catch {
    throw new KeyError('TEST_CODE_CLOSED', 'This key does not open this code: it was made for another key, or is damaged.');
  }
  const code = line.exec(new TextDecoder().decode(plain))?.[1];
  wipe(plain);
  if (code === undefined) throw new KeyError('TEST_CODE_BROKEN', holdsNone);
  return code;
}
