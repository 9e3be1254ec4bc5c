/**
 * How a teacher's own key opens what a forgotten PIN locks (P10.3): an unlock
 * code that the device has sealed to the teacher's recipients, and the record
 * key wrapped under that code. The device keeps neither code nor key in clear.
 */
import { hkdfSync } from 'node:crypto';
import { Encrypter } from 'age-encryption';
import { seal, unseal } from './record-key.js';
import type { Account } from './state.js';
import { makeTypedCode, typedCodeBytes } from './typed-code.js';

type Recovery = NonNullable<Account['recovery']>;

/** Five groups carry 90 bits: nobody tries them all, so no slow hash is needed. */
const GROUPS = 5;
const PURPOSE = 'lamplight/unlock/v1';

/** HKDF-SHA-256 (RFC 5869) without a salt: each code is random and for one account. */
const keyOf = (letters: Buffer): Buffer => Buffer.from(hkdfSync('sha256', letters, Buffer.alloc(0), PURPOSE, 32));

/** A new code for this record key. @throws Error where a recipient is none. */
export async function makeRecovery(recordKey: Buffer, recipients: readonly string[]): Promise<Recovery> {
  const code = makeTypedCode(GROUPS);
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(`Lamplight unlock code: ${code}\n`);
  const letters = typedCodeBytes(code);
  const key = keyOf(letters);
  try {
    return { sealed: Buffer.from(sealed).toString('base64'), wrapped: seal(key, recordKey) };
  } finally {
    for (const bytes of [letters, key]) bytes.fill(0);
  }
}

/** @param code as it was typed. @returns the record key, or null where the code is wrong. */
export function openRecovery({ wrapped }: Recovery, code: string): Buffer | null {
  const letters = typedCodeBytes(code);
  const key = keyOf(letters);
  try {
    return unseal(key, wrapped);
  } finally {
    for (const bytes of [letters, key]) bytes.fill(0);
  }
}
