/**
 * The key that a teacher's owner records are encrypted under: random, one per
 * teacher, wrapped by Argon2id(PIN), and sealed once to the teacher's own key so
 * that a forgotten PIN does not lose it. Only a sign-in opens it (P10.3).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { Encrypter } from 'age-encryption';
import type { Sealed } from './store.js';

/** Argon2id, 64 MiB, 3 passes, 1 lane: the second recommended setting of RFC 9106, section 4. */
const ARGON2ID = { algorithm: 2, memoryCost: 64 * 1024, timeCost: 3, parallelism: 1, outputLen: 32 } as const;

export interface WrappedKey {
  readonly salt: string;
  readonly wrapped: Sealed;
}

/** @param pin its bytes; the caller wipes them. @returns the record key wrapped under the PIN. */
export async function wrapRecordKey(recordKey: Buffer, pin: Buffer): Promise<WrappedKey> {
  const salt = randomBytes(16);
  const kek = await hashRaw(pin, { ...ARGON2ID, salt });
  try {
    return { salt: salt.toString('base64'), wrapped: seal(kek, recordKey) };
  } finally {
    kek.fill(0);
  }
}

/** @returns the record key, or null where the PIN is wrong. Takes the same time either way. */
export async function unwrapRecordKey({ salt, wrapped }: WrappedKey, pin: Buffer): Promise<Buffer | null> {
  const kek = await hashRaw(pin, { ...ARGON2ID, salt: Buffer.from(salt, 'base64') });
  try {
    return unseal(kek, wrapped);
  } finally {
    kek.fill(0);
  }
}

/** What an unknown name is checked against, so that it takes as long as a wrong PIN (P3.3). */
export const NOBODY: WrappedKey = {
  salt: randomBytes(16).toString('base64'),
  wrapped: { nonce: randomBytes(12).toString('base64'), box: randomBytes(48).toString('base64') },
};

/** @param recipients age recipients. @returns an age file as base64, which only the teacher's own key opens. */
export async function sealRecordKey(recordKey: Buffer, recipients: readonly string[]): Promise<string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(new Uint8Array(recordKey))).toString('base64');
}

/** AES-256-GCM under a fresh nonce (NIST SP 800-38D: 12 bytes, 16-byte tag). */
export function seal(key: Buffer, plain: Buffer): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const box = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64'), box: box.toString('base64') };
}

/** @returns null where the key does not fit or the box was changed. */
export function unseal(key: Buffer, { nonce, box }: Sealed): Buffer | null {
  const bytes = Buffer.from(box, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  } catch {
    return null;
  }
}
