/**
 * The crypto port for browsers, without anything of Node's: WebCrypto for what it has natively,
 * the noble libraries for the rest. SHA-256 is theirs always, since WebCrypto's cannot be read on the way.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from './bytes.js';
import type { SealCrypto } from './crypto.js';

/** What we use of SubtleCrypto. Written down here since the types of platforms differ, and do not know all names yet. */
interface Subtle {
  importKey(format: 'raw' | 'raw-secret', key: Uint8Array, algorithm: object, extractable: false, usages: readonly string[]): Promise<object>;
  encrypt(algorithm: object, key: object, data: Uint8Array): Promise<ArrayBuffer>;
  decrypt(algorithm: object, key: object, data: Uint8Array): Promise<ArrayBuffer>;
  verify(algorithm: object, key: object, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
}

/** Modern Algorithms in the Web Cryptography API (wicg.github.io/webcrypto-modern-algos). */
const AEAD = { name: 'ChaCha20-Poly1305' };
const ED25519 = { name: 'Ed25519' };
const TAG = 16;

/** @param subtle undefined where a page has none: outside secure contexts. */
export function webCrypto(subtle: Subtle | undefined = platform()): SealCrypto {
  const can = { aead: once(async () => {
    await importAead(subtle as Subtle, new Uint8Array(32));
  }), ed25519: once(async () => {
    // The base point's own encoding: a valid key.
    await (subtle as Subtle).importKey('raw', ed25519.Point.BASE.toBytes(), ED25519, false, ['verify']);
  }) };
  let imported: { readonly bytes: Uint8Array; readonly key: Promise<object> } | undefined;
  const aeadKey = (native: Subtle, bytes: Uint8Array): Promise<object> => {
    if (imported?.bytes !== bytes) imported = { bytes, key: importAead(native, bytes) };
    return imported.key;
  };
  return {
    sha256: () => {
      const hash = sha256.create();
      return { update: (bytes) => void hash.update(bytes), soFar: () => hash.clone().digest() };
    },
    hkdf: (key, salt, info, length) => Promise.resolve(hkdf(sha256, key, salt, utf8(info), length)),
    async seal(key, nonce, plain) {
      if (subtle === undefined || !await can.aead()) return chacha20poly1305(key, nonce).encrypt(plain);
      return new Uint8Array(await subtle.encrypt({ ...AEAD, iv: nonce }, await aeadKey(subtle, key), plain));
    },
    async open(key, nonce, sealed) {
      if (sealed.length < TAG) return undefined;
      try {
        if (subtle === undefined || !await can.aead()) return chacha20poly1305(key, nonce).decrypt(sealed);
        return new Uint8Array(await subtle.decrypt({ ...AEAD, iv: nonce }, await aeadKey(subtle, key), sealed));
      } catch {
        return undefined;
      }
    },
    async verify(publicKey, message, signature) {
      if (publicKey.length !== 32 || signature.length !== 64) return false;
      try {
        // RFC 8032, not the laxer ZIP 215 that noble has by default.
        if (subtle === undefined || !await can.ed25519()) return ed25519.verify(signature, message, publicKey, { zip215: false });
        return await subtle.verify(ED25519, await subtle.importKey('raw', publicKey, ED25519, false, ['verify']), signature, message);
      } catch {
        return false;
      }
    },
  };
}

const platform = (): Subtle | undefined => (globalThis as { crypto?: { subtle?: unknown } }).crypto?.subtle as Subtle | undefined;

const importAead = (subtle: Subtle, key: Uint8Array): Promise<object> => subtle.importKey('raw-secret', key, AEAD, false, ['encrypt', 'decrypt']);

/** Whether this works here; tried once. */
function once(probe: () => Promise<void>): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  return () => (answer ??= probe().then(() => true, () => false));
}
