/** The key that signs clips: derived from the teacher's key, so that there is nothing more to keep. Pure and the same everywhere. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { scalarOf } from './identity.js';
import { wipe } from './random.js';

/** Ed25519 seed = HKDF-SHA-256 over the identity's 32 bytes, no salt, this info. A change would orphan every enrolled public key. */
const INFO = new TextEncoder().encode('lamplight/sign/v1');

function withSeed<T>(identity: Uint8Array, use: (seed: Uint8Array) => T): T {
  const scalar = scalarOf(identity);
  const seed = hkdf(sha256, scalar, undefined, INFO, 32);
  try {
    return use(seed);
  } finally {
    wipe(scalar, seed);
  }
}

/** What is enrolled beside the recipient: 32 bytes. @throws KeyError IDENTITY_BROKEN */
export const signingPublicKey = (identity: Uint8Array): Uint8Array => withSeed(identity, (seed) => ed25519.getPublicKey(seed));

/** A signature of 64 bytes. The message says itself what it is, or else it could be passed off as something different. @throws KeyError IDENTITY_BROKEN */
export const signMessage = (identity: Uint8Array, message: Uint8Array): Uint8Array => withSeed(identity, (seed) => ed25519.sign(message, seed));

/** False for anything that is no signature of this key, whatever its form. */
export function verifyMessage(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    // RFC 8032, not the laxer ZIP 215 that noble has by default.
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
