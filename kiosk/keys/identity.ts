/** A teacher's key: an age X25519 identity, kept as the bytes of its text so that it can be wiped, and its recipient. */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { KeyError, needSecurePage } from './errors.js';
import { wipe } from './random.js';

export interface TeacherKey {
  /** The ASCII of `AGE-SECRET-KEY-1…`. Secret; whoever holds it wipes it (`wipe`). */
  readonly identity: Uint8Array;
  /** `age1…`: what is sealed to it, this key opens. Not secret. */
  readonly recipient: string;
}

/** BIP 173's digits, which age writes its keys in; upper case, as identities are. */
const DIGITS = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';
const PREFIX = 'AGE-SECRET-KEY-1';
/** 32 bytes in digits of 5 bits; a checksum of 6 more follows. */
const SCALAR_DIGITS = 52;
const IDENTITY_LENGTH = PREFIX.length + SCALAR_DIGITS + 6;

/** A new key. age-encryption hands it out as a string, which stays in memory until it is collected. @throws KeyError PAGE_INSECURE */
export async function makeKey(): Promise<TeacherKey> {
  return keyOf(await generateX25519Identity());
}

/**
 * The key in a file as `age-keygen` writes it: one identity; comments and empty lines are skipped.
 * @param file stays as it is; wiping it is the caller's.
 * @throws KeyError IDENTITY_BROKEN, PAGE_INSECURE
 */
export async function readKey(file: Uint8Array): Promise<TeacherKey> {
  const lines = new TextDecoder().decode(file).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const [identity] = lines;
  if (identity === undefined) throw new KeyError('IDENTITY_BROKEN', 'There is no key in it.');
  if (lines.length > 1) throw new KeyError('IDENTITY_BROKEN', 'There is more than one key in it, or something else.');
  if (!identity.startsWith(PREFIX) || identity.length !== IDENTITY_LENGTH) throw new KeyError('IDENTITY_BROKEN', 'This is not a key of this kind: it has 74 characters and starts with AGE-SECRET-KEY-1.');
  return keyOf(identity);
}

async function keyOf(text: string): Promise<TeacherKey> {
  needSecurePage();
  try {
    const recipient = await identityToRecipient(text);
    return { identity: new TextEncoder().encode(text), recipient };
  } catch {
    // The reason is not passed on: bech32's names what it was given.
    throw new KeyError('IDENTITY_BROKEN', 'A character of this key is wrong: its checksum does not fit.');
  }
}

/** As age-encryption takes it: a string again, for as long as the call lasts and until it is collected. */
export const identityText = (identity: Uint8Array): string => new TextDecoder().decode(identity);

/**
 * The 32 secret bytes that an identity writes; wipe them after use.
 * @param identity of a TeacherKey, so its checksum was read before. @throws KeyError IDENTITY_BROKEN, for a wiped one too.
 */
export function scalarOf(identity: Uint8Array): Uint8Array {
  const scalar = new Uint8Array(32);
  let [bits, held, at] = [0, 0, 0];
  for (const code of identity.subarray(PREFIX.length, PREFIX.length + SCALAR_DIGITS)) {
    const digit = DIGITS.indexOf(String.fromCharCode(code));
    if (digit < 0) break;
    bits = (bits << 5 | digit) & 0xfff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    scalar[at++] = bits >> held;
  }
  if (identity.length === IDENTITY_LENGTH && at === scalar.length) return scalar;
  wipe(scalar);
  throw new KeyError('IDENTITY_BROKEN', 'This is not a key, or it was wiped.');
}
