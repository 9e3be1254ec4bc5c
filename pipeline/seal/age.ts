/** age headers and small age files by age-encryption, the same in Node and in browsers: the only file that meets it for the format. */
import { Decrypter, Encrypter, Stanza as AgeStanza } from 'age-encryption';
import { FormatError } from './errors.js';
import { HEADER_LIMIT, readHeader, sessionStanza, STANZA_LIMIT, type SessionStanza } from './header.js';

export interface SealedHeader {
  readonly header: Uint8Array;
  /** 16 bytes; wipe it after the payload key is made. */
  readonly fileKey: Uint8Array;
}

/**
 * A fresh file key, wrapped to the recipients, under a header whose MAC covers the session stanza.
 * @param recipients age recipients (`age1…`). @throws Error where one is none. @throws FormatError HEADER_BROKEN beyond the limits.
 */
export async function sealHeader(recipients: readonly string[], stanza: SessionStanza): Promise<SealedHeader> {
  let fileKey = new Uint8Array();
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  // age-encryption gives all recipients of one file the same key, so this one learns it, and adds our stanza instead of wrapping.
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = Uint8Array.from(key);
      const { args, body } = sessionStanza(stanza);
      return [new AgeStanza([...args], body)];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array());
  if (recipients.length === 0 || recipients.length >= STANZA_LIMIT) throw new FormatError('HEADER_BROKEN', `a file has 1 to ${STANZA_LIMIT - 1} recipients, not ${recipients.length}`);
  const { length } = readHeader(empty.subarray(0, HEADER_LIMIT));
  return { header: empty.slice(0, length), fileKey };
}

/** What age-encryption says where the file key was unwrapped and the MAC over the header does not fit. */
const CHANGED = 'invalid header HMAC';

/** The file key of a header. @param identities `AGE-SECRET-KEY-1…` @throws Error where none of them opens it. @throws FormatError HEADER_BROKEN where one does, and the header was changed. */
export async function openHeader(header: Uint8Array, ...identities: readonly string[]): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decryptHeader(header);
  } catch (error) {
    if (error instanceof Error && error.message === CHANGED) throw new FormatError('HEADER_BROKEN', 'the header was changed since it was written');
    throw error;
  }
}

/** A whole small age file. @throws Error where a recipient is none. */
export async function sealSmall(recipients: readonly string[], plain: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}
