/**
 * The key that whatever is one teacher's alone is encrypted under: random, one
 * for each account, wrapped by Argon2id(PIN). A forgotten PIN does not lose it:
 * recovery.ts. Only a sign-in or the teacher's own key opens it (P10.3).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { argon2id, type SlowHash } from './hashed.js';
import type { Sealed } from './state.js';

export interface WrappedKey {
  readonly salt: string;
  readonly wrapped: Sealed;
}

/** @param pin its bytes; the caller wipes them. @returns the record key wrapped under the PIN. */
export async function wrapRecordKey(recordKey: Buffer, pin: Buffer, slow: SlowHash = argon2id): Promise<WrappedKey> {
  const salt = randomBytes(16);
  const kek = await slow(pin, salt);
  try {
    return { salt: salt.toString('base64'), wrapped: seal(kek, recordKey) };
  } finally {
    kek.fill(0);
  }
}

/** @returns the record key, or null where the PIN is wrong. Takes the same time either way. */
export async function unwrapRecordKey({ salt, wrapped }: WrappedKey, pin: Buffer, slow: SlowHash = argon2id): Promise<Buffer | null> {
  const kek = await slow(pin, Buffer.from(salt, 'base64'));
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

/** Spaces fill it up to a multiple of `block` bytes, so that its length tells nothing of what is in it. */
export function sealJson(key: Buffer, value: unknown, block: number): Sealed {
  const text = Buffer.from(JSON.stringify(value));
  const plain = Buffer.alloc(Math.ceil(text.length / block) * block, ' ');
  text.copy(plain);
  try {
    return seal(key, plain);
  } finally {
    for (const bytes of [text, plain]) bytes.fill(0);
  }
}

/** @returns null where the key does not fit or the box was changed. */
export function unsealJson(key: Buffer, sealed: Sealed): { readonly value: unknown } | null {
  const plain = unseal(key, sealed);
  if (plain === null) return null;
  try {
    return { value: JSON.parse(plain.toString()) };
  } finally {
    plain.fill(0);
  }
}
