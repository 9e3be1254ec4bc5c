/** A teacher's key locked by its six words: an ordinary age passphrase file around an ordinary identity file, so that age(1) alone opens both. */
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { KeyError } from './errors.js';
import { readKey, type TeacherKey } from './identity.js';
import { wipe } from './random.js';
import { passphraseOf, readWords } from './words.js';

/** log2 of scrypt's N. Low for a passphrase that people make up; six drawn words carry 77 bits by themselves, and each try took 0.3 s on a small PC. */
const WORK = 16;
/** What `age -p` takes, for a key that its owner locked again on a computer: 256 MiB. Beyond that a file could stall the page. */
const MOST_WORK = 18;
/** Ours has 257 bytes; with the comments of age-keygen it is about 370. */
const LARGEST = 4096;
const NEWLINE = 10;

/**
 * The locked key, as bytes of an age file. age(1) opens it with the words in lower case, joined by hyphens. Blocks the page as unwrapIdentity does.
 * @param words six of the list. @throws RangeError where they are not: nothing weaker ever locks a key.
 */
export async function wrapIdentity(identity: Uint8Array, words: readonly string[]): Promise<Uint8Array> {
  if (readWords(passphraseOf(words)).is !== 'words') throw new RangeError('a key is locked by six words of the list');
  const file = new Uint8Array(identity.length + 1).fill(NEWLINE);
  file.set(identity);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphraseOf(words));
  encrypter.setScryptWorkFactor(WORK);
  try {
    return await encrypter.encrypt(file);
  } finally {
    wipe(file);
  }
}

/**
 * The key that these words lock. Blocks the page meanwhile (0.3 s on a small PC): this scrypt does not yield, so paint "one moment" first.
 * @param wrapped an age file, or its armor as bytes. @param words from readWords.
 * @throws KeyError LOCKED_KEY_BROKEN where it is none or was damaged, WORDS_WRONG, IDENTITY_BROKEN where something else is locked in it, PAGE_INSECURE
 */
export async function unwrapIdentity(wrapped: Uint8Array, words: readonly string[]): Promise<TeacherKey> {
  const file = checkLocked(wrapped);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphraseOf(words));
  let plain: Uint8Array;
  try {
    plain = await decrypter.decrypt(file);
  } catch (error) {
    // The only error of age-encryption that says that the words did not fit; any other means a damaged file.
    if (error instanceof Error && error.message.startsWith('no identity matched')) throw new KeyError('WORDS_WRONG',
      'These words do not open this key: another word, another order, the key of somebody else, or a damaged copy.');
    throw damaged();
  }
  try {
    return await readKey(plain);
  } finally {
    wipe(plain);
  }
}

const ARMOR_START = '-----BEGIN AGE ENCRYPTED FILE-----';
const ARMOR_END = '-----END AGE ENCRYPTED FILE-----';

/** As text, for a QR code or a mail to oneself: age's armor, which `age -d` reads too. */
export const armorOf = (wrapped: Uint8Array): string => armor.encode(wrapped);

/**
 * The bytes of an armor, also where a scanner that types, or a mail program, broke the lines elsewhere.
 * @throws KeyError LOCKED_KEY_BROKEN
 */
export function readArmor(text: string): Uint8Array {
  const [start, end] = [text.indexOf(ARMOR_START), text.indexOf(ARMOR_END)];
  if (start < 0 || end < start || text.length > 2 * LARGEST) throw new KeyError('LOCKED_KEY_BROKEN', 'This is not a locked key, or a part of it is missing.');
  const lines = text.slice(start + ARMOR_START.length, end).replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  try {
    return armor.decode([ARMOR_START, ...lines, ARMOR_END, ''].join('\n'));
  } catch {
    throw damaged();
  }
}

/** The bytes of a locked key, from its file or its armor. Nothing is opened. @throws KeyError LOCKED_KEY_BROKEN where it is none. */
export function checkLocked(wrapped: Uint8Array): Uint8Array {
  const file = wrapped[0] === ARMOR_START.charCodeAt(0) ? readArmor(new TextDecoder().decode(wrapped)) : wrapped;
  checkWork(file);
  return file;
}

/** Only files that a passphrase locks, at a price that a page can pay: read before any of it is computed. */
function checkWork(file: Uint8Array): void {
  const [version, stanza] = new TextDecoder().decode(file.subarray(0, 200)).split('\n');
  const work = /^-> scrypt [A-Za-z0-9+/]{22} ([1-9]\d?)$/.exec(stanza ?? '')?.[1];
  if (version !== 'age-encryption.org/v1' || work === undefined || file.length > LARGEST) throw new KeyError('LOCKED_KEY_BROKEN', 'This is not a key that words lock.');
  if (Number(work) > MOST_WORK) throw new KeyError('LOCKED_KEY_BROKEN', 'This key was locked at a cost that this page cannot pay. Open it with age on a computer.');
}

const damaged = (): KeyError => new KeyError('LOCKED_KEY_BROKEN', 'This locked key is damaged. Take another copy of it, or the recovery sheet.');
