/** The device's signing key: it signs the start of each session and opens nothing. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { writeNew } from './durable.js';

export interface SigningKey {
  /** Raw Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Reads the key, PKCS #8 in PEM; makes it where there is none yet. @throws Error where the file is there but holds no Ed25519 key. */
export async function loadDeviceKey(file: string): Promise<SigningKey> {
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (pem === undefined) {
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeNew(file, Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    return signingKey(privateKey);
  }
  await chmod(file, 0o600);
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} holds no Ed25519 key; restore it from a backup, or remove it so that a new one is made`);
  return signingKey(key);
}

/** A key that lives in this process's memory only. */
export const freshSigningKey = (): SigningKey => signingKey(generateKeyPairSync('ed25519').privateKey);

function signingKey(privateKey: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { publicKey: Buffer.from(x, 'base64url'), sign: (message) => sign(null, message, privateKey) };
}
