/** The crypto port by node:crypto: the only file that meets it for the format. */
import { createCipheriv, createDecipheriv, createHash, createPublicKey, hkdf, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { RunningHash, SealCrypto } from './crypto.js';
import { TAG } from './payload.js';

export { openHeader, sealHeader, sealSmall } from './age.js';

const AEAD = 'chacha20-poly1305';
const hkdfBytes = promisify(hkdf);

const sha256 = (): RunningHash => {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), soFar: () => hash.copy().digest() };
};

export const nodeCrypto: SealCrypto = {
  sha256,
  async hkdf(key, salt, info, length) {
    return new Uint8Array(await hkdfBytes('sha256', key, salt, info, length));
  },
  seal(key, nonce, plain) {
    const cipher = createCipheriv(AEAD, key, nonce, { authTagLength: TAG });
    return Promise.resolve(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
  },
  open(key, nonce, sealed) {
    if (sealed.length < TAG) return Promise.resolve(undefined);
    const decipher = createDecipheriv(AEAD, key, nonce, { authTagLength: TAG });
    decipher.setAuthTag(sealed.subarray(-TAG));
    const plain = decipher.update(sealed.subarray(0, -TAG));
    try {
      return Promise.resolve(Buffer.concat([plain, decipher.final()]));
    } catch {
      return Promise.resolve(undefined);
    }
  },
  verify(publicKey, message, signature) {
    if (publicKey.length !== 32) return Promise.resolve(false);
    const x = Buffer.from(publicKey).toString('base64url');
    return Promise.resolve(verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature));
  },
};
